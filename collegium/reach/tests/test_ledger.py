"""The account of cold messages: its rules one by one, and what holds whatever happens."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as some

from collegium.conduct.levels import Rung
from collegium.lib import ids
from collegium.reach.account import ALLOWANCES, Cause, Cold, Event, What
from collegium.reach.ledger import CROWD, PAUSE, UNWANTED_COSTS, WEEK, monday_after, write_up
from collegium.reach.tests.scene import DAY, HOUR, LONG_AGO, NOW, crowd, key, people, sent, then

NEW, KNOWN, TRUSTED = (ALLOWANCES[rung] for rung in Rung)
EARNS = {Cause.BEGAN, Cause.REFILLED, Cause.ACCEPTED}
COSTS = {Cause.APPROACHED, Cause.UNWANTED, Cause.CONDEMNED, Cause.FELL}
ROSE = [(LONG_AGO + 60 * DAY, Rung.KNOWN), (LONG_AGO + 61 * DAY, Rung.TRUSTED)]
# So many voices always suffice, whatever the first key says.
ALWAYS = CROWD.voices + CROWD.varies - 1


def causes(account: Cold) -> list[Cause]:
    return [line.cause for line in account.lines]


def test_it_begins_small_and_a_quarter_comes_back_on_mondays() -> None:
    spent = [sent(NOW - 2 * HOUR, person) for person in people(NEW.cap)]
    account = write_up(NOW - DAY, [], spent, NOW)
    assert (account.balance, account.allowance) == (0, NEW)
    assert account.refill_at == monday_after(NOW) == datetime.fromisoformat("2026-11-23T00:00+00:00")
    for weeks in range(1, 6):
        assert write_up(NOW - DAY, [], spent, NOW + weeks * WEEK).balance == min(NEW.cap, weeks * NEW.weekly)
    assert all(each.cap == 4 * each.weekly for each in ALLOWANCES.values())


def test_a_yes_gives_back_and_earns_once_a_week_and_once_a_person() -> None:
    first, second, third = (sent(NOW - HOUR, person) for person in people(3))
    begun = [first, second, third]
    assert write_up(NOW - DAY, [], begun, NOW).balance == 1
    yes = [then(What.ACCEPTED, first, NOW)]
    assert write_up(NOW - DAY, [], [*begun, *yes], NOW + HOUR).balance == 3
    # Telling her twice that it was accepted changes nothing.
    assert write_up(NOW - DAY, [], [*begun, *yes, then(What.ACCEPTED, first, NOW)], NOW + HOUR).balance == 3
    # What is earned in a week is at most what comes back in one; the cost comes back always.
    yes.append(then(What.ACCEPTED, second, NOW))
    assert write_up(NOW - DAY, [], [*begun, *yes], NOW + HOUR).balance == 4
    account = write_up(NOW - DAY, [], [*begun, *yes, then(What.ACCEPTED, third, NOW)], NOW + HOUR)
    assert account.balance == NEW.cap


def test_somebody_who_came_yesterday_earns_nobody_anything() -> None:
    rows = [sent(NOW - HOUR, person) for person in people(3, NOW - DAY)]
    assert write_up(NOW - DAY, [], [*rows, then(What.ACCEPTED, rows[0], NOW)], NOW).balance == 2


def test_no_answer_costs_nothing_more() -> None:
    row = sent(NOW, people(1)[0])
    assert causes(write_up(NOW - HOUR, [], [row], NOW + 40 * DAY)) == [
        Cause.BEGAN,
        Cause.APPROACHED,
        Cause.REFILLED,
    ]


def test_the_level_is_that_of_her_standing() -> None:
    account = write_up(LONG_AGO, ROSE, [], NOW)
    assert (account.balance, account.allowance) == (TRUSTED.cap, TRUSTED)
    fell = [*ROSE, (NOW.replace(hour=0), Rung.NEW)]
    assert write_up(LONG_AGO, fell, [], NOW).balance == NEW.cap


def test_whoever_enough_people_condemn_has_none_left() -> None:
    """K verdicts, and a sender of any level has no cold message, for four weeks."""
    for voices in range(ALWAYS, ALWAYS + 3):
        account = write_up(LONG_AGO, ROSE, crowd(2 * voices, What.CONDEMNED, voices), NOW)
        (line,) = [line for line in account.lines if line.cause == Cause.CONDEMNED]
        assert line.balance == 0
        assert (line.at.weekday(), line.at.hour, line.person) == (0, 0, 0)
        assert line.at - (NOW - 20 * DAY) < 2 * WEEK
        assert account.balance == 0
        assert account.paused_until == line.at + PAUSE == account.refill_at
        after = write_up(LONG_AGO, ROSE, crowd(2 * voices, What.CONDEMNED, voices, ago=60 * DAY), NOW)
        assert Cause.RESUMED in causes(after)
        assert after.balance > 0


def test_while_it_is_paused_nothing_comes_back() -> None:
    events = crowd(12, What.CONDEMNED, 5)
    events.append(then(What.ACCEPTED, events[11], NOW - HOUR))
    account = write_up(LONG_AGO, ROSE, events, NOW)
    assert account.lines[-1].cause == Cause.ACCEPTED
    assert account.balance == 0


def test_not_for_me_costs_two() -> None:
    account = write_up(LONG_AGO, ROSE, crowd(12, What.UNWANTED, ALWAYS), NOW)
    (line,) = [line for line in account.lines if line.cause == Cause.UNWANTED]
    assert line.change == -UNWANTED_COSTS
    assert account.paused_until is None


def test_few_voices_a_small_crowd_and_voices_of_both_kinds_change_nothing() -> None:
    for what in (What.CONDEMNED, What.UNWANTED):
        quiet = write_up(LONG_AGO, ROSE, crowd(12), NOW)
        for number, voices in ((12, 1), (12, 2), (5, 5)):
            loud = write_up(LONG_AGO, ROSE, crowd(number, what, voices), NOW)
            assert {Cause.CONDEMNED, Cause.UNWANTED}.isdisjoint(causes(loud))
        assert {Cause.CONDEMNED, Cause.UNWANTED}.isdisjoint(causes(quiet))
    rows = crowd(12)
    mixed = [then(What.CONDEMNED, row, row.at + HOUR) for row in rows[:2]]
    mixed += [then(What.UNWANTED, row, row.at + HOUR) for row in rows[2:4]]
    assert write_up(LONG_AGO, ROSE, [*rows, *mixed], NOW).balance == write_up(LONG_AGO, ROSE, rows, NOW).balance


def test_what_was_taken_back_or_led_to_talk_does_not_count() -> None:
    events = crowd(20, What.CONDEMNED, 5)
    for what in (What.CLEARED, What.ACCEPTED):
        back = [then(what, event, event.at + 3 * HOUR) for event in events[:5]]
        assert Cause.CONDEMNED not in causes(write_up(LONG_AGO, ROSE, [*events, *back], NOW))


def test_it_is_the_same_whoever_of_the_crowd_spoke() -> None:
    """Byte for byte: the same entries, said by any others of those who have not answered."""
    rows = crowd(12)
    keys = [key(rows[-1].at + (1 + n) * HOUR) for n in range(ALWAYS)]
    for what in (What.CONDEMNED, What.UNWANTED):
        told = set()
        for first in range(len(rows)):
            spoke = [rows[(first + n) % len(rows)] for n in range(ALWAYS)]
            said = [Event(each, what, row.person, row.request) for each, row in zip(keys, spoke, strict=True)]
            for now in (NOW - 12 * DAY, NOW, NOW + 60 * DAY):
                account = write_up(LONG_AGO, ROSE, [*rows, *said], now)
                told.add((now, repr(account)))
        assert len(told) == 3


def test_one_or_two_voices_are_nowhere_to_be_seen() -> None:
    rows = crowd(12)
    quiet = [write_up(LONG_AGO, ROSE, rows, NOW + days * DAY) for days in range(0, 90, 5)]
    for what in (What.CONDEMNED, What.UNWANTED, What.CLEARED):
        for voices in (1, 2):
            said = [then(what, row, row.at + HOUR) for row in rows[:voices]]
            assert [write_up(LONG_AGO, ROSE, [*rows, *said], NOW + days * DAY) for days in range(0, 90, 5)] == quiet


def test_the_days_after_it_was_said_say_nothing() -> None:
    rows = crowd(12, ago=40 * DAY)
    for days in range(7):
        said = NOW - days * DAY
        voices = [then(What.CONDEMNED, row, said) for row in rows[:6]]
        for later in range(3):
            at = said + later * DAY
            assert write_up(LONG_AGO, ROSE, [*rows, *voices], at) == write_up(LONG_AGO, ROSE, rows, at)


CROWD_OF = people(14) + people(4, NOW - 20 * DAY)
SAYS = {"yes": What.ACCEPTED, "not": What.UNWANTED, "pitch": What.CONDEMNED, "back": What.CLEARED}
step = some.tuples(
    some.integers(0, 120 * 24),
    some.sampled_from(["write", "write", "yes", "not", "pitch", "pitch", "back"]),
    some.integers(0, len(CROWD_OF) - 1),
)
moves = some.lists(some.tuples(some.integers(0, 119), some.sampled_from(list(Rung))), max_size=4)


def happenings(steps: list[tuple[int, str, int]]) -> list[Event]:
    """Whatever was drawn, as the journal could have it."""
    events: list[Event] = []
    open_ones: dict[int, Event] = {}
    for hours, what, place in sorted(steps):
        at, person = NOW - 120 * DAY + hours * HOUR, CROWD_OF[place]
        if what == "write":
            open_ones[person] = sent(at, person)
            events.append(open_ones[person])
        elif person in open_ones:
            events.append(then(SAYS[what], open_ones[person], at))
    return events


@settings(max_examples=150, deadline=None)
@given(some.lists(step, max_size=150), moves)
def test_never_negative_never_above_and_never_up_without_a_cause(
    steps: list[tuple[int, str, int]], moved: list[tuple[int, Rung]]
) -> None:
    joined = NOW - 121 * DAY
    rungs = [(NOW.replace(hour=0) - (119 - days) * DAY, rung) for days, rung in sorted(moved)]
    events = happenings(steps)
    account = write_up(joined, rungs, events, NOW)
    balance, cap = 0, NEW.cap
    for line in account.lines:
        cap = ALLOWANCES[Rung(line.rung)].cap if line.rung else cap
        assert line.balance == balance + line.change
        assert 0 <= line.balance <= cap
        assert line.change <= 0 or line.cause in EARNS
        assert line.change >= 0 or line.cause in COSTS
        balance = line.balance
    assert account.balance == balance
    assert [line.at for line in account.lines] == sorted(line.at for line in account.lines)
    assert write_up(joined, rungs, reversed(events), NOW) == account
    before = write_up(joined, rungs, events, NOW - 40 * DAY)
    assert list(account.lines[: len(before.lines)]) == list(before.lines)
    assert sum(line.cause == Cause.APPROACHED for line in account.lines) == sum(
        event.what == What.APPROACHED for event in events
    )


@settings(max_examples=60, deadline=None)
@given(some.lists(step, max_size=120), some.data())
def test_one_voice_changes_nothing_by_itself(steps: list[tuple[int, str, int]], data: some.DataObject) -> None:
    verdicts = (What.UNWANTED, What.CONDEMNED, What.CLEARED)
    events = [event for event in happenings(steps) if event.what not in verdicts]
    written = [event for event in events if event.what == What.APPROACHED]
    if written:
        row, what = data.draw(some.sampled_from(written)), data.draw(some.sampled_from(verdicts))
        heard = write_up(LONG_AGO, ROSE, [*events, then(what, row, row.at + HOUR)], NOW)
        assert heard == write_up(LONG_AGO, ROSE, events, NOW)


def test_how_many_it_takes_is_decided_by_a_key_she_never_sees() -> None:
    needed = set()
    rows = crowd(12)
    for low in range(CROWD.varies):
        for voices in range(CROWD.voices, ALWAYS + 1):
            said = [
                Event(
                    ids.floor_at(rows[-1].at + (1 + n) * HOUR) | (low if n == 0 else 7),
                    What.CONDEMNED,
                    row.person,
                    row.request,
                )
                for n, row in enumerate(rows[:voices])
            ]
            if Cause.CONDEMNED in causes(write_up(LONG_AGO, ROSE, [*rows, *said], NOW)):
                needed.add(voices)
                break
    assert needed == {CROWD.voices, ALWAYS}
