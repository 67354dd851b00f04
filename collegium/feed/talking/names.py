"""Taking one's own name off what somebody else wrote: the name stays a word and leads nowhere any more."""

import re

from django.db import transaction
from markupsafe import escape

from collegium.feed import rules
from collegium.feed.locking import again, fresh
from collegium.feed.models import COMMENT_LIMIT, POST_LIMIT, Comment, Mention, Post, Version
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.lib.text.tokens import tokens
from collegium.members.models import Member


def is_named(member: Member | None, thing: Post | Comment) -> bool:
    """Whether the words of somebody else lead to this member; read off the page, so that it costs nothing."""
    return member is not None and thing.author_id != member.pk and f'class="mention" href="{member.path}"' in thing.html


@transaction.atomic
def take_off(thing: Post | Comment, *, by: Member) -> None:
    """Take her name off: in the words, in how they are shown, and in how they once read.

    Nobody is told. What she was told about it stays with her, so that naming her again does not tell her again.

    Raises:
        Conflict: she is not named there.
    """
    row = fresh(thing if isinstance(thing, Post) else thing.post)
    said = None if isinstance(thing, Post) else again(thing)
    now: Post | Comment = said or row
    require(by.is_active and rules.sees(by, row) and now.author_id != by.pk)
    gone, _kinds = Mention.objects.filter(member=by, post=row, comment=said).delete()
    if not gone:
        raise Conflict("You are not named there any more.")
    now.body = without(now.body, by, POST_LIMIT if said is None else COMMENT_LIMIT)
    now.html = _unlinked(now.html, by)
    now.save(update_fields=["body", "html"])
    if said is None:
        for version in Version.objects.filter(post=row, html__contains=by.path):
            version.body, version.html = without(version.body, by, POST_LIMIT), _unlinked(version.html, by)
            version.save(update_fields=["body", "html"])
    record("feed.name_taken_off", actor=by, subject=now, post=row.pk)


def without(body: str, member: Member, limit: int) -> str:
    """The words with her name where they called her; with her handle, where the name would make them too long."""
    for name in (member.name, member.handle):
        parts: list[str] = []
        last = 0
        for token in tokens(body):
            if token.handle == member.handle:
                parts += (body[last : token.start], name)
                last = token.end
        made = "".join((*parts, body[last:]))
        if len(made) <= limit:
            return made
    raise RuntimeError("a handle is shorter than the call it stands in")


def _unlinked(html: str, member: Member) -> str:
    link = rf'<a class="mention" href="{re.escape(str(escape(member.path)))}">(<bdi>[^<]*</bdi>)</a>'
    return re.sub(link, r"\1", html)
