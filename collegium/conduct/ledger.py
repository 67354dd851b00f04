"""The account of somebody's invitations: events go in, lines with a balance come out. Pure: no clock, no database.

**The rules.** Everybody holds a few invitations. Sending one costs one, whoever it goes to. At midnight (UTC) some come
back, up to the most that her level holds (`levels`). An acceptance gives back what the invitation cost, and earns one
more the first time this person says yes, if that person had been here for a week. A no in words gives the cost back:
somebody took the trouble. No answer in thirty days costs nothing more. Withdrawing gives nothing back, or asking and
withdrawing would be free.

**"I don't know this person"** costs extra, and must not tell who said so. A silent decline is no event here at all.
What people said is kept back and counted on Mondays only:

- those of the last seven days wait for a later Monday, so that the day says nothing;
- fewer than three to five wait on, so that one or two voices never show. How many is decided by the key of the first
  entry, which she never sees, so that nobody can add voices of her own to find out about one more;
- they count only where at least ten people were asked and have not answered, and at most for half of these, so that
  each of them remains more likely than not to have said nothing;
- whatever their number, the line says "several people" and costs the same.

So the account is the same, byte for byte, whether one person declined, disclaimed or has not looked yet
(`tests/test_silence.py`). What remains: somebody who makes many accounts that have been here for a week, and lets them
speak, can raise a suspicion; he cannot raise a certainty, because the threshold varies.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from collegium.conduct.account import Book, Cause, Event, Ledger, Trouble, What, midnight_after
from collegium.conduct.crowd import Crowd
from collegium.conduct.levels import AGED, CALMS, DAY, NEW, TURNS, Level, Tally, level_for
from collegium.lib import ids

PATIENCE = 30 * DAY
KEPT_BACK = 7 * DAY
MEMORY = 183 * DAY
CROWD = Crowd(voices=3, varies=3, people=10)
TROUBLE_COSTS = 6
WEEK = 7 * DAY


@dataclass(slots=True)
class _Asked:
    """An invitation of hers, as far as she herself can tell what became of it."""

    at: datetime
    person: int
    paid: int
    over: bool = False
    withdrawn: bool = False
    counts_as_no: bool = False


def _when(row: _Asked) -> datetime:
    return row.at


@dataclass
class _Book(Book[Cause]):
    """The account while it is written."""

    level: Level = NEW
    troubles: list[Trouble] = field(default_factory=list)
    asked: dict[int, _Asked] = field(default_factory=dict)
    sent: list[_Asked] = field(default_factory=list)
    given_up: int = 0
    voices: dict[int, Event] = field(default_factory=dict)
    hands: set[int] = field(default_factory=set)
    yes: set[int] = field(default_factory=set)
    counted: set[int] = field(default_factory=set)
    no: int = 0

    def invited(self, event: Event) -> None:
        """One goes; those sent before there was an account cost what was there."""
        paid = -self.write(event.at, Cause.INVITED, -1, event.person)
        row = _Asked(event.at, event.person, paid)
        self.asked[event.invitation] = row
        self.sent.append(row)

    def accepted(self, event: Event) -> None:
        """What it cost comes back; one more for the first yes of somebody who has been here for a week."""
        row = self.asked.get(event.invitation)
        earned = int(self._aged(event) and event.person not in self.hands)
        self.write(event.at, Cause.ACCEPTED, (row.paid if row else 0) + earned, event.person)
        if row is not None:
            row.over = True
            self.no -= row.counts_as_no
            row.counts_as_no = False
        self.yes.add(event.person)
        self.joined_hands(event)

    def joined_hands(self, event: Event) -> None:
        """Whoever is connected with her knows her, whatever was said before."""
        if self._aged(event):
            self.hands.add(event.person)
        self.voices.pop(event.person, None)

    def answered(self, event: Event) -> None:
        """A no in words gives back what the question cost."""
        row = self.asked.get(event.invitation)
        self.write(event.at, Cause.ANSWERED, row.paid if row else 0, event.person)
        if row is not None:
            row.over = True
            self._was_no(row)

    def withdrawn(self, event: Event) -> None:
        """Nothing comes back, and no answer is waited for."""
        if (row := self.asked.get(event.invitation)) is not None:
            row.withdrawn = True

    def disclaimed(self, event: Event) -> None:
        """Kept back; nothing shows."""
        if event.person not in self.counted:
            self.voices.setdefault(event.person, event)

    def retracted(self, event: Event) -> None:
        """Taken back before it was counted."""
        self.voices.pop(event.person, None)

    def _aged(self, event: Event) -> bool:
        return event.at - ids.instant(event.person) >= AGED

    def _was_no(self, row: _Asked) -> None:
        self.no += not row.counts_as_no
        row.counts_as_no = True

    def midnight(self, at: datetime) -> None:
        """What the turn of a day brings, in this order."""
        self._give_up_waiting(at)
        if at.weekday() == 0:
            self._count_voices(at)
        self._find_level(at)
        if self.balance < self.level.cap:
            self.write(at, Cause.REFILLED, self.level.daily)

    def _give_up_waiting(self, at: datetime) -> None:
        while self.given_up < len(self.sent) and self.sent[self.given_up].at + PATIENCE <= at:
            row = self.sent[self.given_up]
            self.given_up += 1
            if row.over:
                continue
            self._was_no(row)
            if not row.withdrawn:
                self.write(at, Cause.IGNORED, person=row.person)

    def _count_voices(self, at: datetime) -> None:
        ripe = [each for each in self.voices.values() if each.at < at - KEPT_BACK]
        heard = CROWD.heard(ripe, self._silent(at), self.counted) if ripe else []
        if not heard:
            return
        self.counted |= {each.person for each in heard}
        self.voices = {person: each for person, each in self.voices.items() if person not in self.counted}
        self.troubles.append(Trouble(at, len(heard)))
        self.write(at, Cause.TROUBLED, -TROUBLE_COSTS)

    def _silent(self, at: datetime) -> set[int]:
        """Whom she asked and who, as far as she can tell, said nothing; only those who have been here for a week."""
        since, until = at - KEPT_BACK - MEMORY, at - KEPT_BACK
        rows = self.sent[bisect_left(self.sent, since, key=_when) : bisect_left(self.sent, until, key=_when)]
        spoke = {row.person for row in rows if row.over} | self.yes
        youngest = ids.floor_at(at - AGED)
        return {row.person for row in rows if row.person < youngest} - spoke

    def tally(self, at: datetime) -> Tally:
        """What the level is granted by."""
        calm = at - self.troubles[-1].at if self.troubles else None
        return Tally(at - self.joined, len(self.hands), len(self.yes), self.no, calm)

    def _find_level(self, at: datetime) -> None:
        found = level_for(self.tally(at))
        if found is self.level:
            return
        rose, self.level, self.cap = found.cap > self.cap, found, found.cap
        over = max(0, self.balance - found.cap)
        self.write(at, Cause.ROSE if rose else Cause.FELL, -over, rung=found.rung)

    def sleeps_until(self, at: datetime, until: datetime) -> datetime:
        """The midnight at or after `at` before which no midnight would write anything; not later than `until`.

        So that many quiet years cost nothing.
        """
        if self.balance < self.level.cap or self.given_up < len(self.sent) or self.voices:
            return at
        turns = [self.joined + age for age in TURNS]
        turns += [self.troubles[-1].at + calm for calm in CALMS] if self.troubles else []
        # A level may change at the first midnight after something happened, and when a time is over.
        awake = [turn for turn in turns if turn > at - DAY]
        wanted = level_for(self.tally(at))
        return at if wanted is not self.level else max(at, min([until, *(_midnight_at(turn) for turn in awake)]))


def _midnight_at(moment: datetime) -> datetime:
    """The first midnight not earlier than the moment."""
    return midnight_after(moment - timedelta(microseconds=1))


ENTER = {
    What.INVITED: _Book.invited,
    What.ACCEPTED: _Book.accepted,
    What.JOINED_HANDS: _Book.joined_hands,
    What.ANSWERED: _Book.answered,
    What.WITHDRAWN: _Book.withdrawn,
    What.DISCLAIMED: _Book.disclaimed,
    What.RETRACTED: _Book.retracted,
}


def write_up(joined: datetime, events: Iterable[Event], now: datetime) -> Ledger:
    """The whole account, from the first day to this moment.

    Args:
        joined: when the member came; the account opens then.
        events: what happened, in any order.
        now: the moment it is written for; nothing later is entered.
    """
    book = _Book(joined, NEW.cap)
    book.write(joined, Cause.BEGAN, NEW.cap)
    night = midnight_after(joined)
    for event in sorted(events, key=lambda each: each.key):
        if event.at > now:
            break
        night = _nights(book, night, event.at)
        ENTER[event.what](book, event)
    night = _nights(book, night, now)
    return Ledger(
        at=now,
        balance=book.balance,
        level=book.level,
        tally=book.tally(now),
        lines=book.lines,
        troubles=book.troubles,
        sent=[row.at for row in book.sent[bisect_left(book.sent, now - WEEK, key=_when) :]],
        refill_at=midnight_after(now) if book.balance < book.level.cap else None,
    )


def _nights(book: _Book, night: datetime, until: datetime) -> datetime:
    """Let the midnights up to this moment pass; returns the next one."""
    while night <= until:
        night = book.sleeps_until(night, midnight_after(until))
        if night > until:
            break
        book.midnight(night)
        night += DAY
    return night
