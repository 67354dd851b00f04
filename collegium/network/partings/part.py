"""Ending connections, one or five hundred at once, and taking that back within thirty days.

What goes is taken out whole (`lib.rows`) and kept beside the parting, so that an undo puts back the very rows. Nobody
but the member is told of either. A number of statements that does not grow with the number of people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from collegium.journal.models import Entry
from collegium.journal.record import record
from collegium.lib import clock, rows
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.network import rules
from collegium.network.models import UNDONE_FOR, Parting
from collegium.ties.models import Invitation, blocks_among
from collegium.ties.pairs import hold_many
from collegium.vouching import parting as words

TIES, FOLLOWS = "ties_connection", "ties_follow"
BETWEEN = """(member_id = %(me)s AND other_id = ANY(%(others)s))
    OR (other_id = %(me)s AND member_id = ANY(%(others)s))"""
MINE = "follower_id = %(me)s AND followee_id = ANY(%(others)s)"
THEIRS = "followee_id = %(me)s AND follower_id = ANY(%(others)s)"
# Counters are moved by the rows that went or came; the member herself is moved by all of them at once.
COUNT = """
UPDATE members_member m SET {counter} = m.{counter} + %(step)s * moved.n
FROM (SELECT key, count(*) AS n FROM unnest(%(keys)s::bigint[]) AS row (key) GROUP BY key) AS moved
WHERE m.id = moved.key
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What an undo came to: how many are connected again, and who is not, each with the reason."""

    count: int
    skipped: list[tuple[int, str]]


@transaction.atomic
def part(
    member: Member,
    others: Sequence[Member],
    *,
    withdraw_words: bool = False,
    unfollow: bool = False,
    drop_followers: bool = False,
) -> Parting | None:
    """End the connections with these people. Nobody is told.

    Args:
        member: who ends them.
        others: with whom; those she is not connected with are left alone.
        withdraw_words: take back her endorsements and recommendations of them, too; else they go on counting.
        unfollow: she follows them no more.
        drop_followers: they follow her no more.

    Returns:
        What can be undone; None when she was connected with none of them.
    """
    held = hold_many([member, *others])
    require(rules.may_part_from(member, others))
    me = member.pk
    keys = [key for key in held if key != me]
    ties = rows.take(TIES, BETWEEN, me=me, others=keys)
    gone = sorted(row["other_id"] for row in ties if row["member_id"] == me)
    if not gone:
        return None
    follows = rows.take(FOLLOWS, MINE, me=me, others=gone) if unfollow else []
    follows += rows.take(FOLLOWS, THEIRS, me=me, others=gone) if drop_followers else []
    _count(ties, follows, -1)
    data = {
        "people": gone,
        "ties": ties,
        "follows": follows,
        "words": words.set_down(me, gone, withdraw=withdraw_words),
    }
    made = Parting.objects.create(member=member, until=clock.now() + UNDONE_FOR, count=len(gone), data=data)
    record("network.parted", actor=member, subject=made, others=gone)
    return made


@transaction.atomic
def restore(parting: Parting, *, by: Member) -> Restored:
    """Undo a parting: what went is there again, as if nothing had been. Done twice it is done once.

    Who meanwhile blocked the other, asked, or was asked, has said something newer, and that holds. Only somebody who
    asked her and still waits is connected with her again by this: that is what both want.

    Args:
        parting: what is undone.
        by: whose it is.

    Raises:
        Conflict: more than thirty days have passed.
    """
    people = Member.objects.filter(pk__in=parting.people)
    held = hold_many([by, *people])
    require(rules.may_restore(by, parting))
    row = Parting.objects.select_for_update(no_key=True).get(pk=parting.pk)
    if row.restored_at is not None:
        return Restored(0, [])
    if not row.can_be_undone:
        raise Conflict(_("The thirty days in which this could be undone are over."))
    skipped = _hindered(row, by, held)
    back = [key for key in row.people if key not in skipped]
    asked = Invitation.objects.to(by).filter(sender__in=back)
    answered = list(asked.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=answered).delete()
    ties = rows.put(TIES, _with(row.data["ties"], "member_id", "other_id", by.pk, back))
    follows = rows.put(FOLLOWS, _with(row.data["follows"], "follower_id", "followee_id", by.pk, back))
    _count(ties, follows, 1)
    words.put_back(row.data["words"], by.pk, back)
    row.restored_at = clock.now()
    row.save(update_fields=["restored_at"])
    record("network.rejoined", actor=by, subject=row, others=back, invitations=answered)
    return Restored(len(back), [(key, skipped[key]) for key in row.people if key in skipped])


def _hindered(parting: Parting, by: Member, held: dict[int, Member]) -> dict[int, str]:
    """Who stays apart, and why. Blocked, blocking, gone and asked are one sentence, which tells nobody which it was."""
    keys, me = parting.people, by.pk
    since = Entry.objects.filter(kind="network.blocked", pk__gt=parting.pk)
    blocked = {key or 0 for key in since.filter(actor=me, subject__in=keys).values_list("subject", flat=True)}
    blocked |= {key or 0 for key in since.filter(subject=me, actor__in=keys).values_list("actor", flat=True)}
    blocked |= {key for pair in blocks_among(me, keys).values_list("blocker", "blocked") for key in pair}
    apart = blocked - {me} | (set(keys) - held.keys()) | _met_since(parting, keys)
    mine = Invitation.objects.filter(pk__gt=parting.pk, sender=me, recipient__in=keys)
    theirs = Invitation.objects.filter(pk__gt=parting.pk, recipient=me, sender__in=keys)
    waiting = Invitation.objects.to(by).filter(sender__in=keys).values("pk")
    asked = set(mine.values_list("recipient", flat=True))
    asked |= set(theirs.exclude(pk__in=waiting).values_list("sender", flat=True))
    tied = set(by.connections.filter(other__in=keys).values_list("other", flat=True))
    newer = dict.fromkeys(apart | asked, _("is not connected with you again: something newer holds between you."))
    return newer | dict.fromkeys(tied, _("is connected with you again already."))


def _met_since(parting: Parting, keys: list[int]) -> set[int]:
    """With whom she connected anew after this parting: whatever ended that since holds, whoever ended it."""
    me = parting.member_id
    again = Entry.objects.filter(kind="network.connected", pk__gt=parting.pk)
    met = set(again.filter(actor=me, subject__in=keys).values_list("subject", flat=True))
    met |= set(again.filter(subject=me, actor__in=keys).values_list("actor", flat=True))
    return {key for key in met if key is not None}


def _with(kept: list[rows.Row], one: str, other: str, me: int, back: list[int]) -> list[rows.Row]:
    """Those of the rows between her and these people."""
    wanted = set(back)
    return [row for row in kept if (row[other] if row[one] == me else row[one]) in wanted]


def _count(ties: list[rows.Row], follows: list[rows.Row], step: int) -> None:
    """Keep the counters equal to the rows."""
    moved = (
        ("connection_count", [row["member_id"] for row in ties]),
        ("follower_count", [row["followee_id"] for row in follows]),
    )
    with connection.cursor() as cursor:
        for counter, keys in moved:
            if keys:
                cursor.execute(COUNT.format(counter=counter), {"step": step, "keys": keys})
