"""The account: its rules one by one, and what holds whatever happens."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from collegium.conduct.account import Cause, Event, Ledger, What
from collegium.conduct.ledger import PATIENCE, TROUBLE_COSTS, write_up
from collegium.conduct.levels import KNOWN, LEVELS, NEW, TRUSTED
from collegium.conduct.tests.scene import DAY, LONG_AGO, NOW, asked, key, people, then
from collegium.lib import ids

EARNS = {Cause.BEGAN, Cause.REFILLED, Cause.ACCEPTED, Cause.ANSWERED}
COSTS = {Cause.INVITED, Cause.TROUBLED, Cause.FELL}
HOUR = timedelta(hours=1)


def causes(account: Ledger) -> list[Cause]:
    return [line.cause for line in account.lines]


def test_it_begins_small_and_comes_back_overnight() -> None:
    joined = NOW - DAY
    sent = [asked(NOW - 2 * HOUR, person) for person in people(8)]
    account = write_up(joined, sent, NOW)
    assert (account.balance, account.level) == (2, NEW)
    assert account.refill_at == NOW.replace(hour=0) + DAY
    later = write_up(joined, sent, NOW + DAY)
    assert later.balance == 2 + NEW.daily
    assert write_up(joined, sent, NOW + 2 * DAY).balance == NEW.cap


def test_a_yes_gives_back_and_earns_once() -> None:
    joined = NOW - 2 * HOUR
    friend, newcomer = people(1)[0], people(1, NOW - DAY)[0]
    first, second = asked(NOW - HOUR, friend), asked(NOW - HOUR, newcomer)
    spent = [asked(NOW - HOUR, person) for person in people(4)]
    begun = [first, second, *spent]
    assert write_up(joined, begun, NOW).balance == 4
    assert write_up(joined, [*begun, then(What.ACCEPTED, first, NOW)], NOW).balance == 6
    # Somebody who joined yesterday earns nobody anything; what it cost comes back.
    assert write_up(joined, [*begun, then(What.ACCEPTED, second, NOW)], NOW).balance == 5
    again = asked(NOW + HOUR, friend)
    twice = [*begun, then(What.ACCEPTED, first, NOW), again, then(What.ACCEPTED, again, NOW + 2 * HOUR)]
    assert write_up(joined, twice, NOW + 3 * HOUR).balance == 6


def test_a_no_in_words_gives_back_and_silence_costs_nothing_more() -> None:
    joined = NOW - HOUR
    row = asked(NOW, people(1)[0])
    assert write_up(joined, [row, then(What.ANSWERED, row, NOW + HOUR)], NOW + HOUR).balance == NEW.cap
    account = write_up(joined, [row], NOW + PATIENCE + DAY)
    assert causes(account)[-1] == Cause.IGNORED
    assert account.lines[-1].change == 0
    withdrawn = write_up(joined, [row, then(What.WITHDRAWN, row, NOW + HOUR)], NOW + PATIENCE + DAY)
    assert Cause.IGNORED not in causes(withdrawn)
    assert withdrawn.tally.no == account.tally.no == 1


def test_levels_come_with_time_and_people() -> None:
    joined = NOW - 8 * DAY
    rows = [asked(NOW - 7 * DAY + n * HOUR, person) for n, person in enumerate(people(3))]
    yes = [then(What.ACCEPTED, row, row.at + HOUR) for row in rows]
    assert write_up(joined, [*rows, *yes], NOW).level == KNOWN
    assert write_up(joined, [*rows, *yes[:2]], NOW).level == NEW
    assert write_up(NOW - 61 * DAY, [], NOW).level == KNOWN
    rows = [asked(NOW - 40 * DAY + n * HOUR, person) for n, person in enumerate(people(15))]
    yes = [then(What.ACCEPTED, row, row.at + HOUR) for row in rows]
    assert write_up(NOW - 41 * DAY, [*rows, *yes], NOW).level == TRUSTED
    ignored = [asked(NOW - 35 * DAY + n * HOUR, person) for n, person in enumerate(people(25))]
    assert write_up(NOW - 41 * DAY, [*rows, *yes, *ignored], NOW).level == KNOWN


def unknown(asked_in_all: int, say_so: int) -> list[Event]:
    """So many were asked five weeks ago, and some of them said not to know who asks."""
    rows = [asked(NOW - 35 * DAY + n * HOUR, person) for n, person in enumerate(people(asked_in_all))]
    return rows + [then(What.DISCLAIMED, row, row.at + 2 * HOUR) for row in rows[:say_so]]


def test_several_who_do_not_know_her_cost_and_fewer_do_not() -> None:
    joined = LONG_AGO
    for few in (0, 1, 2):
        assert Cause.TROUBLED not in causes(write_up(joined, unknown(20, few), NOW))
    account = write_up(joined, unknown(20, 5), NOW)
    (line,) = [line for line in account.lines if line.cause == Cause.TROUBLED]
    assert line.change == -TROUBLE_COSTS
    assert line.person == 0
    assert line.at.weekday() == 0
    assert line.at.hour == 0
    assert account.troubles[0].voices == 5
    assert Cause.FELL in causes(account)
    # However many there were, the line is the same.
    many = write_up(joined, unknown(20, 9), NOW)
    (other,) = [line for line in many.lines if line.cause == Cause.TROUBLED]
    assert other.change == line.change


def test_they_are_counted_only_in_a_crowd_and_never_for_more_than_half_of_it() -> None:
    assert not write_up(LONG_AGO, unknown(9, 9), NOW).troubles
    (counted,) = write_up(LONG_AGO, unknown(12, 12), NOW).troubles
    assert counted.voices == 6


def test_what_was_taken_back_or_led_to_a_connection_does_not_count() -> None:
    events = unknown(20, 5)
    said = [event for event in events if event.what == What.DISCLAIMED]
    for what in (What.RETRACTED, What.ACCEPTED, What.JOINED_HANDS):
        back = [then(what, event, event.at + HOUR) for event in said[:3]]
        assert not write_up(LONG_AGO, [*events, *back], NOW).troubles


def test_the_week_it_was_said_in_says_nothing() -> None:
    """Five days after they said so, whatever the day, the account is as if they had not."""
    rows = [asked(NOW - 60 * DAY + n * HOUR, person) for n, person in enumerate(people(20))]
    for days in range(7):
        said = NOW - (days + 6) * DAY
        voices = [then(What.DISCLAIMED, row, said) for row in rows[:8]]
        for later in range(6):
            at = said + later * DAY
            assert write_up(LONG_AGO, [*rows, *voices], at).lines == write_up(LONG_AGO, rows, at).lines


def test_years_of_quiet_change_nothing_but_the_level() -> None:
    account = write_up(NOW - 7000 * DAY, [], NOW)
    assert causes(account) == [Cause.BEGAN, Cause.ROSE, Cause.REFILLED]
    assert account.balance == KNOWN.cap


def slow(joined, events, now) -> Ledger:
    """The same account without skipping a single midnight."""
    from unittest.mock import patch

    from collegium.conduct import ledger

    with patch.object(ledger._Book, "sleeps_until", lambda self, at, until: at):
        return write_up(joined, events, now)


CROWD = people(24) + people(6, NOW - 20 * DAY)
step = some.tuples(
    some.integers(0, 120 * 24),
    some.sampled_from(["ask", "ask", "ask", "yes", "words", "withdraw", "unknown", "unknown", "back", "hands"]),
    some.integers(0, len(CROWD) - 1),
)


def happenings(steps: list[tuple[int, str, int]]) -> list[Event]:
    """Whatever was drawn, as the journal could have it: answers only to what was asked."""
    events: list[Event] = []
    open_ones: dict[int, Event] = {}
    for hours, what, place in sorted(steps):
        at, person = NOW - 120 * DAY + hours * HOUR, CROWD[place]
        if what == "ask" and person not in open_ones:
            open_ones[person] = asked(at, person)
            events.append(open_ones[person])
        elif what == "hands":
            events.append(Event(key(at), What.JOINED_HANDS, person))
        elif person in open_ones:
            kinds = {
                "yes": What.ACCEPTED,
                "words": What.ANSWERED,
                "withdraw": What.WITHDRAWN,
                "unknown": What.DISCLAIMED,
                "back": What.RETRACTED,
            }
            if what in kinds:
                events.append(then(kinds[what], open_ones[person], at))
            if what in ("yes", "words", "withdraw"):
                del open_ones[person]
    return events


@settings(max_examples=150, deadline=None)
@given(some.lists(step, max_size=150), some.integers(0, 150))
def test_never_negative_never_above_and_never_up_without_a_cause(steps: list[tuple[int, str, int]], age: int) -> None:
    joined = NOW - (121 + age) * DAY
    events = happenings(steps)
    account = write_up(joined, events, NOW)
    balance, most = 0, {str(level.rung): level.cap for level in LEVELS}
    cap = NEW.cap
    for line in account.lines:
        cap = most[line.rung] if line.rung else cap
        assert line.balance == balance + line.change
        assert 0 <= line.balance <= cap
        assert line.change <= 0 or line.cause in EARNS
        assert line.change >= 0 or line.cause in COSTS
        balance = line.balance
    assert account.balance == balance
    assert [line.at for line in account.lines] == sorted(line.at for line in account.lines)
    # Written up again, in any order, and without skipping quiet nights, it is the same.
    assert write_up(joined, reversed(events), NOW) == account
    assert slow(joined, events, NOW) == account
    # What was written before a moment never changes afterwards.
    before = write_up(joined, events, NOW - 40 * DAY)
    assert account.lines[: len(before.lines)] == before.lines
    assert sum(line.cause == Cause.INVITED for line in account.lines) == sum(e.what == What.INVITED for e in events)


@settings(max_examples=60, deadline=None)
@given(some.lists(step, max_size=120), some.data())
def test_one_voice_changes_nothing_by_itself(steps: list[tuple[int, str, int]], data: some.DataObject) -> None:
    """Without the voices of others, what one person says is nowhere to be seen, ever."""
    events = [event for event in happenings(steps) if event.what not in (What.DISCLAIMED, What.RETRACTED)]
    sent = [event for event in events if event.what == What.INVITED]
    quiet = write_up(LONG_AGO, events, NOW)
    if sent:
        row = data.draw(some.sampled_from(sent))
        heard = write_up(LONG_AGO, [*events, then(What.DISCLAIMED, row, row.at + HOUR)], NOW)
        assert (heard.lines, heard.balance, heard.level) == (quiet.lines, quiet.balance, quiet.level)


def test_the_key_that_decides_is_not_the_invitation() -> None:
    """How many voices it takes differs, and by the entry of the first of them alone."""
    needed = set()
    for low in range(3):
        rows = [asked(NOW - 35 * DAY + n * HOUR, person) for n, person in enumerate(people(20))]
        for voices in range(3, 6):
            said = [
                Event(ids.floor_at(NOW - 34 * DAY + n * HOUR) | (low if n == 0 else 7), What.DISCLAIMED, row.person)
                for n, row in enumerate(rows[:voices])
            ]
            if write_up(LONG_AGO, [*rows, *said], NOW).troubles:
                needed.add(voices)
                break
    assert needed == {3, 4, 5}
