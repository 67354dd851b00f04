"""The page of visitors: named ones as people, the others as how many of which sort, week by week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, Standing, standings
from collegium.lib import clock
from collegium.members.models import Member
from collegium.visits.actions import mode_of
from collegium.visits.models import Mode, Visit

KEPT = timedelta(days=90)
WEEKS = 13
PEOPLE = 100
# The newest so many are counted; nobody reads the difference between more of them.
MOST_VISITS = 20_000
# `shown` and `known` are annotated by `visible_to`.
SEEN = ("visitor_id", "day", "shown", "known")


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of visits: how many people that were, and from how far; `begins` is a Monday."""

    begins: date
    total: int
    named: int
    near: int
    network: int
    other: int


@dataclass(frozen=True, slots=True)
class Visitors:
    """What one member may know of her visitors of the last 90 days."""

    named: Sequence[tuple[Member, Standing, date]]
    weeks: Sequence[Week]
    total: int
    most: int


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def visitors(viewer: Viewer) -> Visitors:
    """Who looked at the viewer's profile, newest first: named ones once each, with the day of the last visit.

    People who show themselves without a name are told by the week and by how far they are (connected, second degree,
    further), never by the day: the hour of a visit beside a conversation would name them.
    """
    since = clock.now().date() - KEPT
    seen = Visit.objects.visible_to(viewer).filter(day__gte=since).order_by("-day", "-at")
    rows: list[Any] = list(seen.values_list(*SEEN)[:MOST_VISITS])
    stands = standings(viewer.member, {visitor for visitor, *_rest in rows})
    last: dict[int, date] = {}
    for visitor, day, shown, known in rows:
        if shown == Mode.NAMED and known:
            last.setdefault(visitor, day)
    people = Member.objects.in_bulk(list(last)[:PEOPLE])
    named = [(people[key], stands.get(key, FAR), day) for key, day in list(last.items())[:PEOPLE]]
    weeks = _weeks(rows, {key: standing.degree for key, standing in stands.items()})
    return Visitors(named, weeks, len({visitor for visitor, *_rest in rows}), max((w.total for w in weeks), default=0))


def _weeks(rows: list[tuple[int, date, int, bool]], degrees: dict[int, int | None]) -> list[Week]:
    """The last weeks, the newest first; a person counts once a week."""
    seen: dict[date, dict[int, bool]] = {}
    for visitor, day, shown, known in rows:
        week = seen.setdefault(monday(day), {})
        week[visitor] = week.get(visitor, False) or (shown == Mode.NAMED and known)
    this = monday(clock.now().date())
    return [
        _week(begins, seen.get(begins, {}), degrees) for begins in (this - timedelta(weeks=n) for n in range(WEEKS))
    ]


def _week(begins: date, people: dict[int, bool], degrees: dict[int, int | None]) -> Week:
    unnamed = Counter(degrees.get(key) for key, named in people.items() if not named)
    total, named = len(people), sum(people.values())
    near, network = unnamed[1], unnamed[2]
    return Week(begins, total, named, near, network, total - named - near - network)


def sweep() -> int:
    """Forget visits of more than 90 days ago. Returns how many that were."""
    return Visit.objects.filter(day__lt=clock.now().date() - KEPT).delete()[0]


@dataclass(frozen=True, slots=True)
class Effect:
    """What the setting means at this moment, for the page of all settings of sight."""

    words: str
    href: str = "/visitors/"


def effect(owner: Member) -> Effect:
    """How the owner appears to those whose profile she opens, in a sentence."""
    said = {
        Mode.NAMED: _("People whose profile you open see your name, if they show theirs too."),
        Mode.SEMI: _(
            "People whose profile you open see that somebody was there, and how far from them, without a name."
        ),
        Mode.PRIVATE: _("When you open a profile, nobody learns of it, and you do not learn who opens yours."),
    }
    return Effect(said[mode_of(owner)])
