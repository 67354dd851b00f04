"""Other ways to tell than News and mail, such as push: each is laid by the roof.

News that is to go out is queued in the transaction that tells it (`tell.notify`) and judged again when it is sent: what
was read meanwhile, or may not be seen any more, does not go out. What is due is marked and committed before `send` is
called, so nothing goes out twice when a worker is killed.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from collegium.members.models import Member
from collegium.notifications.models import Notification


@dataclass(frozen=True, slots=True)
class State:
    """What the settings say of a channel.

    Attributes:
        words: how it stands for this member: "2 devices", "Not set up yet".
        href: where she sets it up; empty where there is nothing to set up.
    """

    words: str
    href: str = ""


@dataclass(frozen=True)
class Channel:
    """One way to tell.

    Args:
        name: at most ten letters; "push" is the one that members choose in the settings.
        words: its name, translated.
        send: tells this member these things, all of which she may see now and has not read; their `about` is there, and
            her language and time zone are active. What it raises is written to the log, and not tried again.
        reaches: which of these members can be reached at all, in one query; asked when news is queued.
        state: what the settings say of it, for one member.
        grace: for how long it waits, so that what is read meanwhile on an open page does not go out.
    """

    name: str
    words: Callable[[], str]
    send: Callable[[Member, Sequence[Notification]], None]
    reaches: Callable[[Collection[int]], Collection[int]]
    state: Callable[[Member], State]
    grace: timedelta = timedelta(seconds=5)


_laid: dict[str, Channel] = {}


def lay(known: Iterable[Channel]) -> None:
    """Replace all channels with these; called once by the roof."""
    _laid.clear()
    _laid.update({channel.name: channel for channel in known})


def every() -> list[Channel]:
    """Those that were laid."""
    return list(_laid.values())


def of(name: str) -> Channel | None:
    """The channel with this name; None when nobody laid it."""
    return _laid.get(name)
