"""Whom a member knows at an organisation, and through whom she could reach the others there, as far as she may know.

Also asked by whatever shows something of an organisation: an opening, an event.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from collegium.audience.viewer import Viewer
from collegium.career.history import years
from collegium.career.models import Item, ItemQuerySet
from collegium.career.sections import Section
from collegium.graph import degrees, index, near
from collegium.graph.view import Keys
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.organizations.models import Organization

WHENS = ("present", "former", "studied")
PAGE = 20
NAMED = 3
SECTIONS = (Section.POSITIONS, Section.EDUCATION)


@dataclass(frozen=True, slots=True)
class Reach:
    """Keys of people at an organisation, each with how many of the viewer's connections know her.

    Attributes:
        first: those the viewer is connected with.
        second: those a connection of hers knows, the best known first.
    """

    first: Sequence[tuple[int, int]] = ()
    second: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody there.

    Attributes:
        person: who.
        degree: 1 or 2.
        line: what she does or did there.
        when: in years.
        through: some of those by whom she could be reached.
        mutual: how many there are.
    """

    person: Member
    degree: int
    line: str
    when: str
    through: Sequence[Member]
    mutual: int


def reach(viewer: Viewer, organization: Organization, when: str) -> Reach:
    """Who of the first two degrees is, was, or studied there, by positions the viewer may read.

    Args:
        viewer: who looks.
        organization: where.
        when: one of `WHENS`.
    """
    return reaches(viewer, organization, (when,))[when]


def reaches(viewer: Viewer, organization: Organization, whens: Sequence[str] = WHENS) -> dict[str, Reach]:
    """The same for several of `WHENS`, in one go."""
    if viewer.member is None:
        return dict.fromkeys(whens, Reach())
    view = index.view()
    first, there = near.first(viewer, view), _there(organization)
    around = np.concatenate([np.array(first, np.int64), near.second(viewer, view)])
    close = there[np.isin(there, around)].tolist()
    known = degrees.standings(viewer.member, close, view)
    mine = set(first).intersection(close)
    return {when: _reach(_at(viewer, organization, when, close), known, mine) for when in whens}


def _reach(there: Iterable[int], known: Mapping[int, degrees.Standing], first: set[int]) -> Reach:
    """These people in their two lists, the best known first."""
    found = sorted(((key, known[key].mutual) for key in there if key in known), key=lambda each: (-each[1], each[0]))
    return Reach([each for each in found if each[0] in first], [each for each in found if each[0] not in first])


def _there(organization: Organization) -> Keys:
    """Whoever has anything to do with the place; what of it may be told, `_at` asks under the rule.

    As an array, like the second degree: of a large place and of somebody well connected these are hundreds of
    thousands, of which the few that are both alone are looked at one by one.
    """
    rows = Item.objects.filter(organization=organization, removed_at=None, section__in=SECTIONS)
    owners = rows.order_by().values_list("member_id", flat=True).distinct()
    return np.fromiter(owners, np.int64)


def _at(viewer: Viewer, organization: Organization, when: str, keys: Collection[int]) -> set[int]:
    """Which of these people are there in this way, as far as the viewer may read it."""
    found = _owners(items(viewer, organization, when), keys)
    return found - _owners(items(viewer, organization, "present"), found) if when == "former" else found


def _owners(rows: ItemQuerySet, keys: Collection[int]) -> set[int]:
    return set(rows.filter(member__in=keys).order_by().values_list("member_id", flat=True)) if keys else set()


def items(viewer: Viewer, organization: Organization, when: str) -> ItemQuerySet:
    """What the viewer may read of careers at an organisation."""
    rows = Item.objects.visible_to(viewer).filter(organization=organization)
    if when == "studied":
        return rows.filter(section=Section.EDUCATION)
    rows = rows.filter(section=Section.POSITIONS)
    return rows.filter(ended="") if when == "present" else rows.exclude(ended="")


def contacts(
    viewer: Viewer, organization: Organization, when: str, found: Iterable[tuple[int, int]], degree: int
) -> list[Contact]:
    """These people with what they do there and by whom they could be reached; a constant number of statements."""
    keys = [key for key, _mutual in found]
    totals = dict(found)
    roles: dict[int, Item] = {}
    for item in items(viewer, organization, when).filter(member__in=keys).order_by("rank", "-id"):
        roles.setdefault(item.member_id, item)
    shared = degrees.mutual(viewer, keys, NAMED) if degree > 1 else {}
    people = Member.objects.in_bulk({*keys, *(key for each in shared.values() for key in each.keys)})
    return [
        Contact(
            people[key],
            degree,
            _line(roles.get(key), people[key]),
            years(roles[key].started, roles[key].ended) if key in roles and roles[key].started else "",
            [people[one] for one in shared[key].keys if one in people] if key in shared else (),
            totals[key],
        )
        for key in keys
        if key in people
    ]


def stretch(found: Sequence[tuple[int, int]], after: str) -> tuple[list[tuple[int, int]], str]:
    """A page of `Reach.second`, and the cursor of the next one or ''."""
    if after:
        mutual, key = cursor.unpack(after, 2)
        found = [each for each in found if (-each[1], each[0]) > (-mutual, key)]
    shown = list(found[:PAGE])
    return shown, cursor.pack(shown[-1][1], shown[-1][0]) if len(found) > PAGE else ""


def _line(item: Item | None, person: Member) -> str:
    """The title and field of what she does there, or her headline."""
    parts: list[Any] = [part for part in (item.title, item.detail) if part] if item else []
    return ", ".join(parts) or person.headline
