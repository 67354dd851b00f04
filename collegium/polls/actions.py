"""The verbs of polls."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed.locking import fresh
from collegium.feed.models import Post
from collegium.feed.rules import may_edit
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.polls import rules
from collegium.polls.models import Poll, Vote


@transaction.atomic
def ask(post: Post, answers: Sequence[str], days: int, *, by: Member) -> Poll:
    """Hang a poll on a post that is being made.

    Args:
        post: its words are the question.
        answers: two to four, cleaned and distinct.
        days: how long it is open.
        by: the author.

    Raises:
        Conflict: the post has no words.
    """
    require(may_edit(by, post))
    if not post.body:
        raise Conflict(_("A poll needs a question: the words of the post."))
    poll = Poll.objects.create(post=post, answers=list(answers), ends_at=clock.now() + timedelta(days=days))
    record("polls.asked", actor=by, subject=poll)
    return poll


@transaction.atomic
def vote(post: Post, place: int, *, by: Member) -> None:
    """Vote, once and for good; the same vote again changes nothing.

    The journal says that she voted, never what.

    Args:
        post: what the poll hangs on.
        place: of the answer, counted from 0.
        by: who votes.

    Raises:
        Conflict: the poll is gone or over, she has voted otherwise, or it has no such answer.
    """
    row = fresh(post)
    require(rules.may_vote(by, row))
    poll = Poll.objects.filter(pk=row.pk).first()
    if poll is None:
        raise Conflict(_("This poll is no longer here."))
    before = Vote.objects.filter(poll=poll, member=by).first()
    if before is not None and before.place == place:
        return
    if hindrance := _hindrance(poll, place, before):
        raise Conflict(hindrance)
    Vote.objects.create(poll=poll, member=by, place=place)
    if poll.first_vote_at is None:
        Poll.objects.filter(pk=poll.pk).update(first_vote_at=clock.now())
    record("polls.voted", actor=by, subject=poll)


def _hindrance(poll: Poll, place: int, before: Vote | None) -> str:
    """Why this vote cannot be cast now, in a sentence; nothing when it can."""
    if before is not None:
        return _("You have voted in this poll already. A vote is final.")
    if poll.is_over:
        return _("This poll is over.")
    return "" if 0 <= place < len(poll.answers) else _("That is none of the answers.")
