"""Whom one knows where, for many organisations at once; and what was said for those who applied."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from collegium.audience.viewer import Viewer
from collegium.career.models import Item, ItemQuerySet
from collegium.career.sections import Section
from collegium.graph import index, near
from collegium.members.models import Member
from collegium.openings import cards
from collegium.openings.models import Opening
from collegium.organizations.models import Organization
from collegium.referrals.models import Knows, Referral, State

NAMED = 3


@dataclass(frozen=True, slots=True)
class Known(cards.Known):
    """Whom a viewer knows of those who work somewhere now, by positions they let her read.

    Attributes:
        people: the first few of her connections, by name.
    """

    people: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody said for an applicant."""

    referrer: Member
    knows: str
    words: str
    at: datetime | None


def known(viewer: Viewer, organizations: Iterable[Organization | int]) -> dict[int, Known]:
    """Whom the viewer knows at each of these; where she knows nobody, there is no entry. Four statements.

    Args:
        viewer: who looks.
        organizations: records, or their keys.
    """
    keys = list({each if isinstance(each, int) else each.pk for each in organizations})
    if viewer.member is None or not keys:
        return {}
    view = index.view()
    first = np.array(near.first(viewer, view), np.int64)
    close = _there(keys)
    close = close[np.isin(close, np.concatenate([first, near.second(viewer, view)]))].tolist()
    rows = _present(viewer).filter(organization__in=keys, member__in=close).order_by()
    mine = set(first.tolist())
    counts: dict[int, list[set[int]]] = defaultdict(lambda: [set(), set()])
    for there, member in rows.values_list("organization_id", "member_id"):
        counts[there or 0][member not in mine].add(member)
    faces = _faces(connections for connections, _second in counts.values())
    return {
        there: Known(len(connections), len(second), _named(connections, faces))
        for there, (connections, second) in counts.items()
    }


def where(viewer: Viewer) -> set[int]:
    """The keys of organisations where a connection of the viewer works now, as far as she may read it."""
    if viewer.member is None:
        return set()
    rows = _present(viewer).filter(member__in=near.first(viewer), organization__isnull=False).order_by()
    return {key for key in rows.values_list("organization_id", flat=True) if key}


def given_for(opening: Opening, askers: Iterable[Member | int]) -> dict[int, list[Given]]:
    """What was said for those who applied, by their keys; the oldest first. One statement.

    Whoever is out of standing says nothing. The caller names applicants alone: of others there is nothing to read.

    Args:
        opening: to which they applied.
        askers: they, or their keys.
    """
    keys = [each if isinstance(each, int) else each.pk for each in askers]
    rows = Referral.objects.filter(opening=opening, asker__in=keys, state=State.GIVEN)
    rows = rows.filter(referrer__standing=Member.Standing.ACTIVE).select_related("referrer").order_by("pk")
    found: dict[int, list[Given]] = defaultdict(list)
    for row in rows:
        found[row.asker_id].append(Given(row.referrer, str(Knows(row.knows).label), row.words, row.answered_at))
    return dict(found)


def _present(viewer: Viewer) -> ItemQuerySet:
    return Item.objects.visible_to(viewer).filter(section=Section.POSITIONS, ended="")


def _there(keys: Collection[int]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Whoever works at one of these; what of it may be told is asked under the rule, of the few who are near."""
    rows = Item.objects.current().filter(organization__in=keys).order_by()
    return np.unique(np.fromiter(rows.values_list("member_id", flat=True), np.int64))


def _faces(groups: Iterable[set[int]]) -> dict[int, Member]:
    """Those who may be named; of many, those of longest standing."""
    wanted = {key for each in groups for key in sorted(each)[:NAMED]}
    return Member.objects.in_bulk(wanted)


def _named(keys: set[int], faces: dict[int, Member]) -> tuple[Member, ...]:
    people = [faces[key] for key in sorted(keys)[:NAMED] if key in faces]
    return tuple(sorted(people, key=lambda each: (each.sort_name, each.pk)))
