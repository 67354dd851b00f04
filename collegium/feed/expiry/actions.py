"""The verbs of the rule: set it, end it, keep one post whatever it says, and delete one post by it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed import actions as feed
from collegium.feed import rules
from collegium.feed.expiry import due
from collegium.feed.locking import fresh
from collegium.feed.models import Expiry, Post
from collegium.feed.reading.rules import may_choose
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def set_rule(by: Member, **values: Any) -> Expiry:
    """Let old posts delete themselves, from a day after now.

    Args:
        by: whose posts.
        values: the columns of `Expiry`.
    """
    require(may_choose(by))
    rule, _new = Expiry.objects.update_or_create(member=by, defaults=values | {"since": clock.now()})
    record("feed.expiry_set", actor=by, days=rule.days)
    return rule


@transaction.atomic
def end_rule(by: Member) -> None:
    """Nothing deletes itself any more."""
    require(may_choose(by))
    gone, _rows = Expiry.objects.filter(member=by).delete()
    if gone:
        record("feed.expiry_ended", actor=by)


@transaction.atomic
def restore(by: Member, before: Mapping[str, Any], *, instead_of: datetime | None) -> Expiry:
    """Put back the rule that was there before a change, as it was: what had begun goes on without another day.

    Args:
        by: whose rule.
        before: the columns of the rule, `since` among them.
        instead_of: `since` of the rule that is taken back; None where the rule was ended.

    Raises:
        Conflict: the rule was changed again since.
    """
    require(may_choose(by))
    now = Expiry.objects.select_for_update().filter(member=by).first()
    if (now.since if now is not None else None) != instead_of:
        raise Conflict(_("The rule was changed again since. Nothing was taken back."))
    rule, _new = Expiry.objects.update_or_create(member=by, defaults=dict(before))
    record("feed.expiry_set", actor=by, days=rule.days)
    return rule


@transaction.atomic
def keep(post: Post, *, by: Member, stays: bool = True) -> Post:
    """Leave one post alone whatever the rule says, or no longer; twice is once."""
    post = fresh(post)
    require(rules.may_edit(by, post))
    if post.stays != stays:
        post.stays = stays
        post.save(update_fields=["stays"])
        record("feed.post_kept" if stays else "feed.post_not_kept", actor=by, subject=post)
    return post


@transaction.atomic
def expire(key: int, owner: int) -> bool:
    """Delete one post as its author's rule says now; what changed since the post was found counts.

    The rule is locked, so that whoever ends it is sure of that; the post too, so that a faster reaction counts.

    Returns:
        Whether it was deleted.
    """
    rule = Expiry.objects.select_for_update(no_key=True).filter(member=owner).first()
    if rule is None or not due.has_begun(rule) or not rule.member.is_active:
        return False
    if not list(Post.objects.select_for_update(no_key=True).filter(pk=key, author=owner)):
        return False
    row = due.of(rule).filter(pk=key).first()
    if row is None:
        return False
    feed.delete_post(row, by=rule.member)
    return True
