"""A page of the people of an organisation: whom the viewer knows first, then who knows somebody she knows, then others.

The arrays (`roster`, `eyes`, `counting`) say who; what is shown of each is asked of the database under the rule of
sight once more, so that a fault in the arrays could leave somebody out, never show her.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet

from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.career.models import Item
from collegium.career.sections import Section
from collegium.graph import degrees, index
from collegium.graph.degrees import FAR, Standing
from collegium.graph.view import ACTIVE, OPEN_TO_MEMBERS, View
from collegium.lib import clock, cursor
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.people.asking import FORMER, LISTS, PRESENT, STUDIED, Asked
from collegium.pages.people.counting import Facet, Found, totals
from collegium.pages.people.eyes import Seen, seen
from collegium.pages.people.roster import EDUCATION, POSITIONS, Keys, Roster, rosters
from collegium.profiles.spans import span

PAGE = 24
# Signed out: so many people with public profiles, of so many who were looked at.
OPEN, LOOKED_AT = 12, 300
TOGETHER, FIRST, SECOND, OTHERS = range(4)


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the list.

    Attributes:
        person: who.
        stands: how the viewer stands to her.
        line: what she does or did there.
        when: from when until when.
        item: the key of the item that says so.
        tier: in which part of the list she stands.
    """

    person: Member
    stands: Standing
    line: str
    when: Any
    item: int
    tier: int


@dataclass(frozen=True)
class People:
    """One page.

    Attributes:
        rows: who.
        after: the cursor of the next page.
        total: how many there are that fit; None where they are not counted.
        totals: how many each list has.
        facets: what to narrow them by.
    """

    rows: Sequence[Row] = ()
    after: str = ""
    total: int | None = None
    totals: dict[str, int] = field(default_factory=dict)
    facets: Sequence[Facet] = ()


def people(viewer: Viewer, organization: Organization, asked: Asked, after: str = "") -> People:
    """One page of a list.

    Args:
        viewer: who looks; somebody signed out sees a few people with public profiles, and no numbers.
        organization: of which.
        asked: which list, and what of it.
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is none of ours.
    """
    place = cursor.unpack(after, 2) if after else (-1, 0)
    view = index.view()
    roster = rosters.of(organization.pk, view)
    if viewer.member is None:
        return People(
            _rows(viewer, organization, asked.who, dict.fromkeys(_some(view, roster, asked), OTHERS), view)[:OPEN]
        )
    eyes = seen(viewer, view, roster)
    found = Found(roster, eyes, asked)
    keys = found.people[found.matching]
    tiers = _tiers(viewer, eyes, found)[found.matching]
    shown = _stretch(keys, tiers, place)
    rest = ""
    if len(shown) > PAGE:
        shown.popitem()
        last = next(reversed(shown))
        rest = cursor.pack(shown[last], last)
    return People(
        _rows(viewer, organization, asked.who, shown, view),
        rest,
        int(found.matching.sum()),
        totals(roster, eyes),
        [] if after else found.facets,
    )


def _stretch(keys: Keys, tiers: Keys, place: Sequence[int]) -> dict[int, int]:
    """Those behind a place, one more than a page: part by part, the newest members first, so that pages join.

    Args:
        keys: of people, sorted.
        tiers: in which part each stands.
        place: part and key of the last one before.
    """
    shown: dict[int, int] = {}
    for tier in range(max(0, place[0]), OTHERS + 1):
        some = keys[tiers == tier][::-1]
        if tier == place[0]:
            some = some[some < place[1]]
        shown.update(dict.fromkeys(some[: PAGE + 1 - len(shown)].tolist(), tier))
    return shown


def _tiers(viewer: Viewer, eyes: Seen, found: Found) -> Keys:
    """In which part of the list each person stands."""
    tiers = np.full(len(found.people), OTHERS, np.int64)
    tiers[eyes.second[found.listed]] = SECOND
    tiers[eyes.first[found.listed]] = FIRST
    if found.asked.who == STUDIED:
        tiers[found.together(viewer.me.pk)] = TOGETHER
    return tiers


def _some(view: View, roster: Roster, asked: Asked) -> list[int]:
    """Some of those in a list whose profiles are open to members at least; which are public the rule says."""
    listed = roster.section == (EDUCATION if asked.who == STUDIED else POSITIONS)
    keys = np.unique(roster.keys[listed])[::-1]
    wanted = ACTIVE | OPEN_TO_MEMBERS
    known, numbers = view.numbers(keys[: LOOKED_AT * 2].tolist())
    flags = view.flags[numbers] if len(known) else ()
    return [key for key, flag in zip(known, flags, strict=True) if flag & wanted == wanted][:LOOKED_AT]


def _items(who: str, slot: Slots, viewer: Viewer | None = None) -> QuerySet[Item]:
    """What the viewer may read of the careers of some people at an organisation, if she may come across them."""
    viewer = stand_in(slot.int("me")) if viewer is None else viewer
    rows = Item.objects.visible_to(viewer).filter(Q(near__gte=F("member__visibility")))
    rows = rows.filter(slot.among("member_id", "people"), organization=slot.int("organization"))
    rows = rows.select_related("member").order_by("rank", "-id")
    if who == STUDIED:
        return rows.filter(section=Section.EDUCATION)
    rows = rows.filter(section=Section.POSITIONS)
    return rows.filter(ended="") if who == PRESENT else rows.exclude(ended="")


ITEMS = {who: Statement(partial(_items, who)) for who in LISTS}
ITEMS_OPEN = {who: Statement(partial(_items, who, viewer=NOBODY)) for who in LISTS}


def _rows(viewer: Viewer, organization: Organization, who: str, shown: dict[int, int], view: View) -> list[Row]:
    """These people with what they do there; of several roles the owner's first. One statement."""
    found: dict[int, Item] = {}
    if shown:
        asked: dict[str, Any] = {"organization": organization.pk, "people": list(shown)}
        rows = ITEMS[who].rows(me=viewer.id, **asked) if viewer else ITEMS_OPEN[who].rows(**asked)
        for row in rows:
            found.setdefault(row.member_id, row)
    stands = degrees.standings(viewer.member, found, view)
    today = clock.now().date()
    return [
        Row(
            item.member,
            stands.get(key, FAR),
            ", ".join(part for part in (item.title, item.detail) if part) or item.member.headline,
            span(item.started, item.ended, ongoing=who != FORMER, long=False, today=today),
            item.pk,
            tier,
        )
        for key, tier in shown.items()
        if (item := found.get(key)) is not None
    ]


__all__ = ["LISTS", "People", "Row", "people"]
