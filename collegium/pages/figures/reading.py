"""The figures of a page: who follows, how often it was opened, what its posts brought. Nothing of one person.

Of followers only groups are told, of at least `LEAST` people, and only as they show themselves to any member; numbers
of groups are rounded down to fives, so that one person who comes or goes does not show in them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from collegium.audience.level import Level
from collegium.career.models import DEFAULT_LEVEL
from collegium.lib import clock, ids
from collegium.organizations import industries
from collegium.organizations.models import Organization
from collegium.pages.models import Opened

RANGES = (30, 90, 365)
LEAST = 5
GROUPS, POSTS = 12, 50
FOLLOWED, UNFOLLOWED = "pages.followed", "pages.unfollowed"
MOVED = """
SELECT (to_timestamp((id >> %(low)s) / 1000.0) AT TIME ZONE 'UTC')::date, kind, count(*)
FROM journal_entry WHERE subject = %(page)s AND id >= %(since)s AND kind IN (%(came)s, %(went)s) GROUP BY 1, 2
"""
# Followers as any member may know them: in good standing, with a profile that opens to members.
SHOWN = """
WITH shown AS MATERIALIZED (
    SELECT m.id, m.place FROM pages_follow f JOIN members_member m ON m.id = f.member_id
    WHERE f.organization_id = %(page)s AND m.standing = 'active' AND m.visibility <= %(members)s
)
"""
OPEN = """i.removed_at IS NULL AND i.section = 'positions' AND coalesce((SELECT pa.audience FROM career_partaudience pa
    WHERE pa.member_id = i.member_id AND pa.part = 'positions'), %(level)s) <= %(members)s"""
PLACES = SHOWN + "SELECT min(place), count(*) FROM shown WHERE place <> '' GROUP BY fold(place)"  # noqa: S608 - constants
INDUSTRIES = (
    SHOWN  # noqa: S608 - constants
    + f"""SELECT o.industry, count(DISTINCT i.member_id) FROM shown JOIN career_item i ON i.member_id = shown.id
JOIN organizations_organization o ON o.id = i.organization_id
WHERE {OPEN} AND i.ended = '' AND o.industry <> '' GROUP BY 1"""  # noqa: S608 - constants
)
YEARS = (
    SHOWN  # noqa: S608 - constants
    + f"""SELECT CASE WHEN years < 3 THEN '0' WHEN years < 6 THEN '3' WHEN years < 11 THEN '6' WHEN years < 21 THEN '11'
    ELSE '21' END, count(*)
FROM (SELECT i.member_id, %(year)s - min(left(i.started, 4))::int AS years FROM shown
      JOIN career_item i ON i.member_id = shown.id WHERE {OPEN} AND i.started <> '' GROUP BY 1) AS each GROUP BY 1"""  # noqa: S608 - constants
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many began to follow, how many stopped, how often the page was opened."""

    day: date
    came: int
    went: int
    opened: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group of followers, and how many it has: rounded down to fives."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Posted:
    """A post of the page, and what it brought, by the name of the column."""

    title: str
    path: str
    at: datetime
    brought: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.brought.values())


@dataclass(frozen=True)
class Column:
    """Something that posts bring, counted by a room above.

    Attributes:
        name: a word for it.
        label: for people.
        counts: how many, for each of these posts.
    """

    name: str
    label: str | Promise
    counts: Callable[[Collection[int]], Mapping[int, int]]


@dataclass(frozen=True)
class Telling:
    """What rooms above know of posts: the posts of a page since a moment, and the columns; laid by the roof."""

    posts: Callable[[Organization, datetime, int], Sequence[tuple[int, str, str, datetime]]]
    columns: Sequence[Column]


class Tellings(list[Telling]):
    """At most one."""

    def lay(self, telling: Telling) -> None:
        """Take it; once, when every room stands."""
        self[:] = [telling]


tellings = Tellings()


def days(organization: Organization, length: int) -> list[Day]:
    """Every day of a stretch that ends today, whether or not anything happened. Two statements."""
    today = clock.now().date()
    first = today - timedelta(days=length - 1)
    since = ids.floor_at(datetime(first.year, first.month, first.day, tzinfo=clock.now().tzinfo))
    moved: dict[tuple[date, str], int] = {}
    values: dict[str, Any] = {
        "low": ids.LOW_BITS,
        "page": organization.pk,
        "since": since,
        "came": FOLLOWED,
        "went": UNFOLLOWED,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVED, values)
        for day, kind, count in cursor.fetchall():
            moved[day, kind] = count
    seen = Opened.objects.filter(organization=organization, day__gte=first)
    opened = dict(seen.values_list("day", "times"))
    every = [first + timedelta(days=number) for number in range(length)]
    return [
        Day(day, moved.get((day, FOLLOWED), 0), moved.get((day, UNFOLLOWED), 0), opened.get(day, 0)) for day in every
    ]


def groups(organization: Organization) -> dict[str, list[Group]]:
    """Where followers live, in what they work and for how long, in groups of at least `LEAST`. Three statements."""
    values = {
        "page": organization.pk,
        "members": int(Level.MEMBERS),
        "level": int(DEFAULT_LEVEL),
        "year": clock.now().year,
    }
    found: dict[str, list[tuple[str, int]]] = {}
    with connection.cursor() as cursor:
        for name, statement in (("place", PLACES), ("industry", INDUSTRIES), ("years", YEARS)):
            cursor.execute(statement, values)
            found[name] = [(str(word), count) for word, count in cursor.fetchall() if count >= LEAST]
    named = {"place": lambda word: word, "industry": industries.label, "years": _experience}
    return {
        name: [
            Group(str(named[name](word)), count // LEAST * LEAST)
            for word, count in sorted(rows, key=lambda each: (-each[1], each[0]))[:GROUPS]
        ]
        for name, rows in found.items()
    }


def _experience(least: str) -> str:
    """How long somebody has worked, in words."""
    words = {
        "0": _("up to 2 years"),
        "3": _("3 to 5 years"),
        "6": _("6 to 10 years"),
        "11": _("11 to 20 years"),
        "21": _("more than 20 years"),
    }
    return words[least]


def posts(organization: Organization, length: int) -> list[Posted]:
    """What the posts of a stretch brought, newest first; a constant number of statements."""
    if not tellings:
        return []
    since = clock.now() - timedelta(days=length)
    rows = tellings[0].posts(organization, since, POSTS)
    keys = [key for key, *_rest in rows]
    counted = {column.name: column.counts(keys) if keys else {} for column in tellings[0].columns}
    return [
        Posted(title, path, at, {name: counts.get(key, 0) for name, counts in counted.items()})
        for key, title, path, at in rows
    ]


def columns() -> Sequence[Column]:
    """What posts are counted by."""
    return tellings[0].columns if tellings else ()
