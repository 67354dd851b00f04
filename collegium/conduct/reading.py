"""The account of a member, read from the journal, and what else bounds her asking."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from collegium.conduct.account import Event, Ledger, What
from collegium.conduct.ledger import WEEK, write_up
from collegium.conduct.models import Restriction
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member
from collegium.ties.models import Invitation

# Beside the account, whatever the level: what anybody may send in seven days, and what may wait for an answer.
WEEKLY = 100
MOST_PENDING = 500

MINE = ("network.invited", "network.withdrawn", "network.connected")
THEIRS = {
    "network.answered": What.ANSWERED,
    "network.disclaimed": What.DISCLAIMED,
    "network.reopened": What.RETRACTED,
}


@dataclass(frozen=True)
class Standing:
    """All that decides whether a member may invite now.

    Attributes:
        pending: how many invitations of hers wait for an answer, as far as she can tell.
        restriction: the one that holds, if any.
    """

    member: Member
    ledger: Ledger
    pending: int
    restriction: Restriction | None

    @property
    def week_left(self) -> int:
        """How many fit into the seven days that end now."""
        return max(0, WEEKLY - len(self.ledger.sent))

    @property
    def week_free_at(self) -> datetime | None:
        """When the oldest of too many is a week old."""
        return self.ledger.sent[-WEEKLY] + WEEK if not self.week_left else None


def standing(member: Member) -> Standing:
    """Where a member stands at this moment."""
    waiting = Invitation.objects.standing().filter(sender=member)[:MOST_PENDING].count()
    restriction = Restriction.objects.of(member).living().order_by("-until").first()
    return Standing(member, ledger(member), waiting, restriction)


def ledger(member: Member) -> Ledger:
    """The account of a member at this moment, written up anew."""
    return write_up(member.joined_at, events(member.pk), clock.now())


def events(member: int) -> list[Event]:
    """What the journal knows of somebody's asking. Two statements."""
    own = list(Entry.objects.filter(actor=member, kind__in=MINE).order_by("id"))
    asked = [entry.subject for entry in own if entry.kind == "network.invited" and entry.subject]
    accepted = Q(kind="network.connected", subject=member)
    others = Entry.objects.filter(accepted | Q(kind__in=[*THEIRS], subject__in=asked)).order_by("id")
    return [*_own(own), *_others(others)]


def _own(entries: list[Entry]) -> Iterator[Event]:
    for entry in entries:
        subject = entry.subject or 0
        if entry.kind == "network.invited":
            yield Event(entry.pk, What.INVITED, entry.data["recipient"], subject)
        elif entry.kind == "network.withdrawn":
            yield Event(entry.pk, What.WITHDRAWN, entry.data.get("recipient", 0), subject)
        else:
            yield Event(entry.pk, What.JOINED_HANDS, subject)


def _others(entries: Iterable[Entry]) -> Iterator[Event]:
    for entry in entries:
        if entry.kind == "network.connected":
            yield Event(entry.pk, What.ACCEPTED, entry.actor or 0, entry.data.get("invitation") or 0)
        else:
            yield Event(entry.pk, THEIRS[entry.kind], entry.actor or 0, entry.subject or 0)
