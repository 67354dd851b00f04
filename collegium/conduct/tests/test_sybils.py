"""A hundred new accounts of one person, helping each other as they can: how many strangers they reach in a day."""

from datetime import datetime

from collegium.conduct.account import Event, What
from collegium.conduct.ledger import write_up
from collegium.conduct.levels import AGED, NEW
from collegium.conduct.reading import WEEKLY
from collegium.conduct.tests.scene import DAY, NOW, asked, key, people, then

ACCOUNTS = 100
DAYS = 6
# What the rules promise: on the first day what each begins with, on every other what comes back in one night.
FIRST_DAY, LATER = ACCOUNTS * NEW.cap, ACCOUNTS * NEW.daily


class Puppet:
    """One of the accounts, with its own account of invitations."""

    def __init__(self, joined: datetime) -> None:
        self.key, self.joined = key(joined), joined
        self.events: list[Event] = []

    def left(self, at: datetime) -> int:
        account = write_up(self.joined, self.events, at)
        return max(0, min(account.balance, WEEKLY - len(account.sent)))

    def ask(self, person: int, at: datetime) -> Event:
        self.events.append(asked(at, person))
        return self.events[-1]


def help_each_other(ring: list[Puppet], day: int, at: datetime) -> None:
    """Each asks another one and is accepted at once."""
    for place, one in enumerate(ring):
        other = ring[(place + 1 + day) % len(ring)]
        if one.left(at):
            row = one.ask(other.key, at)
            one.events.append(then(What.ACCEPTED, row, at + DAY / 48))
            other.events.append(Event(key(at + DAY / 48), What.JOINED_HANDS, one.key))


def reached_a_day(*, helping: bool) -> list[int]:
    morning = NOW.replace(hour=1)
    ring = [Puppet(morning) for _each in range(ACCOUNTS)]
    reached = []
    for day in range(DAYS):
        now = morning + day * DAY
        if helping:
            help_each_other(ring, day, now)
        strangers = 0
        for puppet in ring:
            for person in people(puppet.left(now + DAY / 2)):
                puppet.ask(person, now + DAY / 2)
                strangers += 1
        reached.append(strangers)
    return reached


def test_a_hundred_new_accounts_reach_a_thousand_strangers_once_and_five_hundred_a_day_then() -> None:
    assert reached_a_day(helping=False) == [FIRST_DAY] + [LATER] * (DAYS - 1)


def test_helping_each_other_does_not_help() -> None:
    """Accounts younger than a week earn each other nothing."""
    assert DAYS * DAY < AGED
    assert all(
        helped <= alone for helped, alone in zip(reached_a_day(helping=True), reached_a_day(helping=False), strict=True)
    )
