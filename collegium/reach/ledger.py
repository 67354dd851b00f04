"""The account of somebody's cold messages: events go in, lines with a balance come out. Pure: no clock, no database.

**The rules.** A cold message goes to somebody one is not connected with, has no contact key of, and does not write to
as a co-member of a group (`comembers`: fifteen a month, which cost and earn nothing here). Everybody holds a few: 4, 8
or 20, by the level of her standing (`conduct.levels`). Sending one costs one. Every Monday at midnight (UTC) a quarter
comes back, up to the most she holds. A reply or an acceptance gives back what the message cost, and earns one more the
first time this person says yes, if that person had been here for a week; in one week no more can be earned than comes
back by itself, so that accounts that help each other at most double what they have. No answer costs nothing more, and a
silent decline is no event here at all. With a key it costs nothing.

**What the others say of it.** Verdicts cost extra, and must not tell who gave them. They are counted on Mondays only,
those of the last three days later, and only several together, out of a crowd (`conduct.crowd`): three or four voices,
of at least six people who were written to in the last half year and, as far as she can tell, said nothing, and never
more than half of these.

- "A pitch", "not what it says it is for" and "spam": everything that is left is gone, and nothing comes back for four
  weeks. So whoever four people said it of, in a crowd of eight, has no cold message from the Monday after next at the
  latest. It costs the same whatever their number and whichever of the three they said, and whether it was said of
  messages to strangers or to co-members: these are no longer sent in those four weeks either.
- "Not for me": two fewer. It is counted for itself, and not on a Monday that counted the others.

**The trade.** `conduct.ledger` keeps back seven days, asks for ten people and for up to five voices; a cold message
can be a nuisance to more people than an invitation, so here fewer are enough and sooner. The crowd of six is what even
a new account reaches in its third week: before, it can have troubled five people at most. What a sender can tell is
that of those who did not answer several complained, never which: the account is the same, byte for byte, whichever of
them it was, and the same whether one or two did or none. What remains: somebody whose crowd consists of his own
accounts but for one, each here for a week, learns of that one. It costs him five cold messages each time, and every
line that tells him takes all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from collegium.conduct.account import Book, midnight_after
from collegium.conduct.crowd import Crowd
from collegium.conduct.levels import AGED, DAY, Rung
from collegium.lib import ids
from collegium.reach.account import ALLOWANCES, Allowance, Cause, Cold, Event, What

WEEK = 7 * DAY
KEPT_BACK = 3 * DAY
MEMORY = 183 * DAY
CROWD = Crowd(voices=3, varies=2, people=6)
UNWANTED_COSTS = 2
PAUSE = 4 * WEEK


@dataclass(slots=True)
class _Sent:
    """A cold message of hers, as far as she herself can tell what became of it."""

    at: datetime
    person: int
    paid: int
    answered: bool = False
    met: bool = False


@dataclass
class _Book(Book[Cause]):
    """The account while it is written."""

    rung: Rung = Rung.NEW
    sent: dict[int, _Sent] = field(default_factory=dict)
    voices: dict[int, Event] = field(default_factory=dict)
    counted: set[int] = field(default_factory=set)
    yes: set[int] = field(default_factory=set)
    earned: int = 0
    paused_until: datetime | None = None

    @property
    def allowance(self) -> Allowance:
        """What her level holds now."""
        return ALLOWANCES[self.rung]

    def approached(self, event: Event) -> None:
        """One goes; a message sent with nothing left cost what was there."""
        paid = -self.write(event.at, Cause.APPROACHED, -1, event.person)
        self.sent[event.request] = _Sent(event.at, event.person, paid)

    def met(self, event: Event) -> None:
        """A co-member of a group is written to: it costs nothing, and what is said of it counts as of any other."""
        self.write(event.at, Cause.MET, 0, event.person)
        self.sent[event.request] = _Sent(event.at, event.person, 0, met=True)

    def accepted(self, event: Event) -> None:
        """What it cost comes back, once; and one more for the first yes of somebody who has been here for a week."""
        row = self.sent.get(event.request)
        if row is None or row.answered:
            return
        row.answered = True
        # What cost nothing earns nothing: or a ring of accounts in one group would earn itself messages to strangers.
        earns = not row.met and event.at - ids.instant(event.person) >= AGED and event.person not in self.yes
        earned = int(earns and self.earned < self.allowance.weekly)
        came = 0 if self.paused_until else row.paid + earned
        fitted = self.write(event.at, Cause.ACCEPTED, came, event.person)
        self.earned += max(0, fitted - row.paid)
        if earns:
            self.yes.add(event.person)
        self.voices.pop(event.person, None)

    def said(self, event: Event) -> None:
        """A verdict, kept back: nothing shows. Said anew, it counts from when it was first said."""
        row = self.sent.get(event.request)
        if row is None or event.person in self.counted:
            return
        first = self.voices.get(event.person, event)
        self.voices[event.person] = Event(first.key, event.what, event.person, event.request)

    def cleared(self, event: Event) -> None:
        """Taken back before it was counted."""
        self.voices.pop(event.person, None)

    def monday(self, at: datetime) -> None:
        """What a Monday brings, in this order."""
        self.earned = 0
        if self.paused_until and self.paused_until <= at:
            self.paused_until = None
            self.write(at, Cause.RESUMED)
        if self._count(at, What.CONDEMNED):
            self.write(at, Cause.CONDEMNED, -self.balance)
            self.paused_until = at + PAUSE
        elif self._count(at, What.UNWANTED):
            self.write(at, Cause.UNWANTED, -UNWANTED_COSTS)
        if not self.paused_until and self.balance < self.cap:
            self.write(at, Cause.REFILLED, self.allowance.weekly)

    def _count(self, at: datetime, what: What) -> bool:
        """Whether enough said this; those who count now never count again."""
        ripe = [each for each in self.voices.values() if each.what == what and each.at < at - KEPT_BACK]
        heard = CROWD.heard(ripe, self._silent(at), self.counted) if ripe else []
        for each in heard:
            self.counted.add(each.person)
            del self.voices[each.person]
        return bool(heard)

    def _silent(self, at: datetime) -> set[int]:
        """Whom she wrote to and who, as far as she can tell, said nothing; only those who have been here for a week."""
        rows = [row for row in self.sent.values() if at - KEPT_BACK - MEMORY <= row.at < at - KEPT_BACK]
        youngest = ids.floor_at(at - AGED)
        spoke = {row.person for row in rows if row.answered} | self.yes
        return {row.person for row in rows if row.person < youngest} - spoke

    def moved(self, at: datetime, rung: Rung) -> None:
        """Her level is another one, so she holds more or fewer."""
        rose, self.rung = ALLOWANCES[rung].cap > self.cap, rung
        self.cap = self.allowance.cap
        over = max(0, self.balance - self.cap)
        self.write(at, Cause.ROSE if rose else Cause.FELL, -over, rung=rung)


ENTER = {
    What.APPROACHED: _Book.approached,
    What.MET: _Book.met,
    What.ACCEPTED: _Book.accepted,
    What.UNWANTED: _Book.said,
    What.CONDEMNED: _Book.said,
    What.CLEARED: _Book.cleared,
}


def monday_after(moment: datetime) -> datetime:
    """The first Monday's midnight (UTC) later than the moment."""
    midnight = midnight_after(moment)
    return midnight + timedelta(days=-midnight.weekday() % 7)


def write_up(joined: datetime, rungs: Sequence[tuple[datetime, Rung]], events: Iterable[Event], now: datetime) -> Cold:
    """The whole account, from the first day to this moment.

    Args:
        joined: when the member came; the account opens then.
        rungs: when her level changed, and to which, oldest first.
        events: what happened, in any order.
        now: the moment it is written for; nothing later is entered.
    """
    book = _Book(joined, ALLOWANCES[Rung.NEW].cap)
    book.write(joined, Cause.BEGAN, book.cap)
    # A level is found at midnight, before what that midnight counts; what happens then is entered after both.
    turns: list[tuple[datetime, int, int, Rung | Event]] = [
        (at, 0, place, rung) for place, (at, rung) in enumerate(rungs)
    ]
    turns += [(event.at, 1, event.key, event) for event in events]
    monday = monday_after(joined)
    for at, _order, _key, turn in sorted(turns, key=lambda each: each[:3]):
        if at > now:
            break
        if isinstance(turn, Event):
            monday = _mondays(book, monday, at)
            ENTER[turn.what](book, turn)
        else:
            monday = _mondays(book, monday, at - timedelta(microseconds=1))
            book.moved(at, turn)
    _mondays(book, monday, now)
    refill = max(monday_after(now), book.paused_until or now) if book.balance < book.cap else None
    return Cold(now, book.balance, book.rung, book.lines, refill, book.paused_until)


def _mondays(book: _Book, monday: datetime, until: datetime) -> datetime:
    """Let the Mondays up to this moment pass; returns the next one."""
    while monday <= until:
        book.monday(monday)
        monday += WEEK
    return monday
