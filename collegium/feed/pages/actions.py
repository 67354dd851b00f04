"""The verbs of those who post for a page, beside those of everybody who posts."""

from django.db import transaction

from collegium.feed import rules
from collegium.feed.locking import fresh
from collegium.feed.models import FirstOnPage, Post
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member


@transaction.atomic
def put_first(row: Post, *, by: Member) -> None:
    """Let a post stand first on the page that said it, in the place of the one that did."""
    row = fresh(row)
    require(row.page_id is not None and rules.may_edit(by, row))
    FirstOnPage.objects.update_or_create(page=row.page, defaults={"post": row})
    record("feed.page_post_put_first", actor=by, subject=row.page_id, post=row.pk)


@transaction.atomic
def put_back(row: Post, *, by: Member) -> None:
    """Let it stand in its place again; nothing happens where it does."""
    row = fresh(row)
    require(row.page_id is not None and rules.may_edit(by, row))
    gone, _kinds = FirstOnPage.objects.filter(page=row.page_id, post=row).delete()
    if gone:
        record("feed.page_post_put_back", actor=by, subject=row.page_id, post=row.pk)
