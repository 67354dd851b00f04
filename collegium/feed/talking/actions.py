"""The verbs of whoever keeps a conversation: how it goes, what is let in, hidden and pinned, who helps."""

from datetime import datetime

from django.db import transaction

from collegium.feed import rules
from collegium.feed.locking import again, fresh
from collegium.feed.models import Cohost, Comment, HeldComment, Post, State
from collegium.feed.talking.standing import settle
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

# So many people keep one conversation with its author.
MOST_HOSTS = 10


@transaction.atomic
def arrange(row: Post, *, by: Member, commenting: str, approving: bool, slow_seconds: int) -> None:
    """Say who may comment, whether comments wait to be let in, and how slowly the conversation goes.

    What waits already goes on waiting: only new comments follow the new rule.
    """
    row = fresh(row)
    require(rules.may_edit(by, row))
    row.commenting, row.approving, row.slow_seconds = commenting, approving, slow_seconds
    row.save(update_fields=["commenting", "approving", "slow_seconds"])
    record("feed.conversation_arranged", actor=by, subject=row)


@transaction.atomic
def close(row: Post, *, by: Member, at: datetime | None) -> None:
    """Let nobody comment from then on; with no time, open it again."""
    row = fresh(row)
    require(rules.may_keep(by, row))
    row.closes_at = at
    row.save(update_fields=["closes_at"])
    record("feed.conversation_closed", actor=by, subject=row)


@transaction.atomic
def let_in(said: Comment, *, by: Member) -> None:
    """Show a comment that waited; a refused one too, where the keeper thinks better of it."""
    require(rules.may_keep(by, said.post))
    if _move(said, by, (State.WAITING, State.REFUSED), State.SHOWN):
        record("feed.comment_let_in", actor=by, subject=said, post=said.post_id)


@transaction.atomic
def refuse(said: Comment, *, by: Member) -> None:
    """Do not show a comment that waited."""
    require(rules.may_keep(by, said.post))
    if _move(said, by, (State.WAITING,), State.REFUSED):
        record("feed.comment_refused", actor=by, subject=said, post=said.post_id)


@transaction.atomic
def hide(said: Comment, *, by: Member) -> None:
    """Take a comment out of sight, and the replies under it; its writer goes on seeing it."""
    require(rules.may_keep(by, said.post))
    if _move(said, by, (State.SHOWN,), State.HIDDEN):
        record("feed.comment_hidden", actor=by, subject=said, post=said.post_id)


@transaction.atomic
def show(said: Comment, *, by: Member) -> None:
    """Show a hidden comment again, and the replies that were hidden with it."""
    require(rules.may_keep(by, said.post) and rules.may_show(by, said))
    if _move(said, by, (State.HIDDEN,), State.SHOWN):
        HeldComment.objects.filter(comment=said).delete()
        record("feed.comment_shown", actor=by, subject=said, post=said.post_id)


def _move(said: Comment, by: Member, before: tuple[State, ...], after: State) -> bool:
    """Take a comment from one state to another; False where it is there already, and nothing happens.

    Raises:
        Conflict: somebody else decided otherwise meanwhile.
    """
    row = fresh(said.post)
    said = again(said)
    require(rules.may_keep(by, row))
    if said.state == after:
        return False
    if said.state not in before:
        raise Conflict("Somebody has decided about this comment meanwhile.")
    said.state = after
    said.save(update_fields=["state"])
    settle(row)
    return True


@transaction.atomic
def pin(said: Comment, *, by: Member) -> None:
    """Put a comment first, in the place of the one that stood there."""
    row = fresh(said.post)
    said = again(said)
    require(rules.may_pin(by, said))
    row.pinned = said
    row.save(update_fields=["pinned"])
    record("feed.comment_pinned", actor=by, subject=said, post=row.pk)


@transaction.atomic
def unpin(row: Post, *, by: Member) -> None:
    """Let all comments stand in their order again."""
    row = fresh(row)
    require(rules.may_keep(by, row))
    if row.pinned_id is None:
        return
    unpinned, row.pinned = row.pinned_id, None
    row.save(update_fields=["pinned"])
    record("feed.comment_unpinned", actor=by, subject=unpinned, post=row.pk)


@transaction.atomic
def ask_host(row: Post, member: Member, *, by: Member) -> None:
    """Ask a connection who sees the post to keep its conversation too; she is told, and may step down."""
    row = fresh(row)
    require(rules.may_host(by, member, row))
    hosts = set(Cohost.objects.filter(post=row).values_list("member_id", flat=True))
    if member.pk in hosts:
        return
    if len(hosts) >= MOST_HOSTS:
        raise Conflict(f"At most {MOST_HOSTS} people can keep a conversation with you.")
    Cohost.objects.create(post=row, member=member)
    record("feed.host_asked", actor=by, subject=row, member=member.pk)


@transaction.atomic
def drop_host(row: Post, member: int, *, by: Member) -> None:
    """End somebody's help, by the author or by herself."""
    row = fresh(row)
    require(rules.may_edit(by, row) or (by.is_active and by.pk == member))
    gone, _kinds = Cohost.objects.filter(post=row, member=member).delete()
    if gone:
        record("feed.host_dropped", actor=by, subject=row, member=member)
