"""The terms of the formula: what each counts, in words, and what it makes of the number it counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# What closeness is counted in.
OWN, CLOSE, FOLLOWED, SECOND, FURTHER = 4, 3, 2, 1, 0
CLOSENESS = {OWN: 100, CLOSE: 100, FOLLOWED: 60, SECOND: 30, FURTHER: 0}
HALF_LIFE = 24  # hours
FADED = 7  # Half-lives after which nothing is left.
MOST = 100


@dataclass(frozen=True)
class Term:
    """One term.

    Attributes:
        name: in weights, addresses and JSON.
        label: what people call it.
        about: how its value comes about, for the page that publishes the formula.
        weight: until somebody chooses her own.
        value: makes 0 to 100 of the number that was counted.
        said: the number in words, for the line beside a post.
    """

    name: str
    label: "StrPromise"
    about: "StrPromise"
    weight: int
    value: Callable[[int], int]
    said: Callable[[int], str]


def _recency(hours: int) -> int:
    """Half after every 24 hours, and straight between: whole numbers alone, the same on every machine."""
    halves, rest = divmod(hours, HALF_LIFE)
    return MOST * (2 * HALF_LIFE - rest) // (2 * HALF_LIFE << halves) if halves < FADED else 0


def _closeness(rung: int) -> int:
    return CLOSENESS[rung]


def _answered(times: int) -> int:
    """20 for the first time, and 20 more whenever the number doubles."""
    return min(20 * times.bit_length(), MOST)


def _conversation(people: int) -> int:
    return min(25 * people, MOST)


def _reactions(people: int) -> int:
    return min(20 * people, MOST)


def _topic(there: int) -> int:
    return MOST if there else 0


def _hours(hours: int) -> str:
    if hours < 1:
        return _("Posted within the hour")
    if hours < 2 * HALF_LIFE:
        return ngettext("Posted %(n)s hour ago", "Posted %(n)s hours ago", hours) % {"n": hours}
    days = hours // HALF_LIFE
    return ngettext("Posted %(n)s day ago", "Posted %(n)s days ago", days) % {"n": days}


def _rung(rung: int) -> str:
    match rung:
        case 4:
            return _("It is your own")
        case 3:
            return _("You are connected")
        case 2:
            return _("You follow the author")
        case 1:
            return _("A connection of a connection")
        case _:
            return _("Neither connected nor followed")


def _times(times: int) -> str:
    if not times:
        return _("No answer of yours to the author in the last 90 days")
    words = ngettext(
        "You answered the author once in the last 90 days",
        "You answered the author %(n)s times in the last 90 days",
        times,
    )
    return words % {"n": times}


def _talking(people: int) -> str:
    if not people:
        return _("Nobody you are connected with commented")
    words = ngettext("%(n)s connection of yours commented", "%(n)s connections of yours commented", people)
    return words % {"n": people}


def _feeling(people: int) -> str:
    if not people:
        return _("Nobody you are connected with reacted")
    words = ngettext("%(n)s connection of yours reacted", "%(n)s connections of yours reacted", people)
    return words % {"n": people}


def _about(there: int) -> str:
    return _("About a topic you follow") if there else _("About no topic you follow")


TERMS = (
    Term(
        "recency",
        gettext_lazy("How new it is"),
        gettext_lazy(
            "100 in its first hour, half of that after a day, half again after every further day; 0 from a week on."
        ),
        5,
        _recency,
        _hours,
    ),
    Term(
        "closeness",
        gettext_lazy("How close the author is"),
        gettext_lazy(
            "100 for your connections and yourself, 60 for people you follow, 30 for connections of connections."
        ),
        3,
        _closeness,
        _rung,
    ),
    Term(
        "answered",
        gettext_lazy("How often you answer the author"),
        gettext_lazy(
            "Your comments and reactions to this person in the last 90 days: 20 for the first, and 20 more whenever "
            "their number doubles, up to 100."
        ),
        2,
        _answered,
        _times,
    ),
    Term(
        "conversation",
        gettext_lazy("People you know talk there"),
        gettext_lazy("25 for each connection of yours who commented, up to 100."),
        2,
        _conversation,
        _talking,
    ),
    Term(
        "reactions",
        gettext_lazy("People you know react"),
        gettext_lazy("20 for each connection of yours who reacted, up to 100."),
        1,
        _reactions,
        _feeling,
    ),
    Term(
        "topic",
        gettext_lazy("A topic you follow"),
        gettext_lazy("100 when the post is about a topic you follow."),
        2,
        _topic,
        _about,
    ),
)
BY_NAME = {term.name: term for term in TERMS}
