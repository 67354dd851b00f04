"""A hundred new accounts of one person, helping each other as they can: how many strangers they reach."""

from datetime import datetime

from collegium.conduct.levels import Rung
from collegium.reach.account import ALLOWANCES, Event, What
from collegium.reach.ledger import WEEK, write_up
from collegium.reach.rules import FIRST_AFTER
from collegium.reach.tests.scene import DAY, HOUR, NOW, key, people, sent, then

ACCOUNTS = 100
NEW = ALLOWANCES[Rung.NEW]
WEEKS = 8


class Puppet:
    """One of the accounts, with its own account of cold messages."""

    def __init__(self, joined: datetime) -> None:
        self.key, self.joined = key(joined), joined
        self.events: list[Event] = []

    def left(self, at: datetime) -> int:
        """How many strangers it may write to; none on its first day."""
        return write_up(self.joined, [], self.events, at).balance if at - self.joined >= FIRST_AFTER else 0

    def write(self, person: int, at: datetime) -> Event:
        self.events.append(sent(at, person))
        return self.events[-1]


def help_each_other(ring: list[Puppet], day: int, at: datetime) -> None:
    """Each writes to another one and is answered at once."""
    for place, one in enumerate(ring):
        if one.left(at):
            row = one.write(ring[(place + 1 + day) % len(ring)].key, at)
            one.events.append(then(What.ACCEPTED, row, at + HOUR / 4))


def reached_a_day(days: int, accounts: int, *, helping: bool) -> list[int]:
    morning = NOW.replace(hour=1)
    ring = [Puppet(morning) for _each in range(accounts)]
    reached = []
    for day in range(days):
        now = morning + day * DAY
        strangers = 0
        for _round in range(3 if helping else 1):
            if helping:
                help_each_other(ring, day, now)
            now += HOUR
            for puppet in ring:
                for person in people(puppet.left(now)):
                    puppet.write(person, now)
                    strangers += 1
        reached.append(strangers)
    return reached


def test_a_hundred_new_accounts_reach_nobody_then_four_hundred_and_then_a_hundred_a_week() -> None:
    reached = reached_a_day(8, ACCOUNTS, helping=False)
    assert reached[:2] == [0, ACCOUNTS * NEW.cap]
    assert sum(reached[2:8]) == ACCOUNTS * NEW.weekly
    assert max(reached) == ACCOUNTS * NEW.cap


def test_helping_each_other_at_most_doubles_what_comes_back() -> None:
    """Ten of them for eight weeks: as many as there can be of one level, whatever they do for each other."""
    accounts = 10
    reached = reached_a_day(WEEKS * 7, accounts, helping=True)
    assert max(reached) <= accounts * NEW.cap
    for week in range(1, WEEKS):
        assert sum(reached[week * 7 : week * 7 + 7]) <= accounts * 2 * NEW.weekly + accounts
    assert sum(reached) <= accounts * (NEW.cap + WEEKS * 2 * NEW.weekly)
    assert sum(reached[: WEEK.days]) <= sum(reached_a_day(WEEK.days, accounts, helping=False))
