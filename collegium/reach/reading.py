"""What somebody welcomes, which keys she has given out, and the account of her cold messages, read from the journal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Window
from django.db.models.functions import RowNumber

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.conduct.levels import Rung
from collegium.conduct.models import Restriction
from collegium.conduct.reading import ledger as invitations
from collegium.journal.models import Entry
from collegium.lib import clock
from collegium.members.models import Member
from collegium.reach.account import Cause, Cold, Event, What
from collegium.reach.comembers import Comembers, left
from collegium.reach.ledger import MEMORY, write_up
from collegium.reach.models import Key, KeyUse, Welcome
from collegium.reach.purposes import Purpose

NAMES = 5
SENT = "messaging.approached"
SAID = ("messaging.declined", "messaging.judged", "messaging.undeclined")
THEIRS = ("messaging.accepted", *SAID)
VERDICTS = {
    "not_for_me": What.UNWANTED,
    "pitch": What.CONDEMNED,
    "misdeclared": What.CONDEMNED,
    "spam": What.CONDEMNED,
}


def welcome(member: Member) -> Welcome:
    """What she welcomes; the defaults before she has chosen."""
    return Welcome.objects.filter(member=member).first() or Welcome(member=member)


def takes(row: Welcome, purpose: str) -> bool:
    """Whether a message for this purpose may come without a key. What is no purpose is none she takes."""
    return purpose in Purpose.values and getattr(row, purpose) == Welcome.Door.ASK


def not_to_be_added(members: Iterable[int]) -> set[int]:
    """Those of them whom nobody may bring into a group. One statement."""
    rows = Welcome.objects.filter(member__in=members, groups=Welcome.Groups.NOBODY)
    return set(rows.values_list("member", flat=True))


@dataclass(frozen=True)
class Given:
    """A key and who wrote with it: those she sees by name, the others as a number."""

    key: Key
    people: list[Member]

    @property
    def others(self) -> int:
        """How many more there are than are named."""
        return max(0, self.key.uses - len(self.people))


def keys(viewer: Viewer) -> list[Given]:
    """The keys of the viewer that are not revoked, newest first, with the first few who used each. Two statements."""
    rows = list(Key.objects.filter(owner=viewer.me, revoked_at=None).select_related("owner").order_by("-id"))
    place = Window(RowNumber(), partition_by="key", order_by=("since", "member"))
    seen = KeyUse.objects.filter(key__in=rows, member__in=people.visible_to(viewer))
    first = seen.annotate(place=place).filter(place__lte=NAMES).select_related("member").order_by("place")
    used: dict[int, list[Member]] = {row.pk: [] for row in rows}
    for use in first:
        used[use.key_id].append(use.member)
    return [Given(row, used[row.pk]) for row in rows]


@dataclass(frozen=True)
class Standing:
    """All that decides whether a member may write to strangers now.

    Attributes:
        restriction: the one that holds, if any (`conduct`).
        comembers: what she may still write to people she shares a group with.
    """

    member: Member
    cold: Cold
    restriction: Restriction | None
    comembers: Comembers


def standing(member: Member) -> Standing:
    """Where a member stands at this moment."""
    restriction = Restriction.objects.of(member).living().order_by("-until").first()
    happened = events(member.pk)
    account = _account(member, happened)
    return Standing(member, account, restriction, left(happened, account))


def cold(member: Member) -> Cold:
    """The account of a member at this moment, written up anew."""
    return _account(member, events(member.pk))


def _account(member: Member, happened: Iterable[Event]) -> Cold:
    steps = [(line.at, Rung(line.rung)) for line in invitations(member).lines if line.rung]
    return write_up(member.joined_at, steps, happened, clock.now())


def condemned(member: Member) -> int:
    """On how many Mondays lately it was counted that several people called messages of hers pitches or worse.

    What others are told or spared because of verdicts is made of this, never of single verdicts: the sender could have
    a message put before an account of her own, and would learn from it what her own account keeps back.
    """
    account = cold(member)
    return sum(line.cause == Cause.CONDEMNED and account.at - line.at < MEMORY for line in account.lines)


def events(member: int) -> list[Event]:
    """What the journal knows of somebody's cold messages. Two statements."""
    own = [
        entry
        for entry in Entry.objects.filter(actor=member, kind=SENT).order_by("id")
        if entry.subject and not entry.data.get("keyed")
    ]
    asked = [entry.subject for entry in own if entry.subject]
    others = Entry.objects.filter(kind__in=THEIRS, subject__in=asked).exclude(actor=member).order_by("id")
    return [*map(_sent, own), *_others(others)]


def _sent(entry: Entry) -> Event:
    what = What.MET if entry.data.get("group") else What.APPROACHED
    return Event(entry.pk, what, entry.data["recipient"], entry.subject or 0)


def _others(entries: Iterable[Entry]) -> Iterator[Event]:
    for entry in entries:
        what = What.ACCEPTED if entry.kind == "messaging.accepted" else VERDICTS.get(_verdict(entry), What.CLEARED)
        yield Event(entry.pk, what, entry.actor or 0, entry.subject or 0)


def _verdict(entry: Entry) -> str:
    """What was said with it; declining without a word says nothing, and taking it back takes that back too."""
    return "" if entry.kind == "messaging.undeclined" else str(entry.data.get("verdict") or "")
