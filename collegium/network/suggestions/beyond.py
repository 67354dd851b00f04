"""Beyond the triangle: who leads to a place or a body where the viewer knows nobody yet.

"Nobody" is meant as the viewer can see it: none of her connections says so on a profile in what she may read there.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.graph import near
from collegium.graph.view import View
from collegium.lib.arrays import array
from collegium.network.suggestions.around import Around

# A body with more rows than this is too large for "nobody" to say much, and is left out.
LARGE = 256
# Of those who come from no new place, so many are asked for a new body.
ASKED_FOR_WORK = 10
# From so many on, acquaintances in a place are worth a word.
SOME = 2
OPEN_POSITION = """i.section = 'positions' AND i.removed_at IS NULL AND i.ended = '' AND coalesce(a.audience, 0) <= 1"""
FARTHER = f"""
WITH mine AS MATERIALIZED (SELECT unnest(%(first)s::bigint[]) AS id),
here AS MATERIALIZED (
    SELECT DISTINCT lower(m.place) AS place FROM mine JOIN members_member m USING (id) WHERE m.place <> ''
),
away AS MATERIALIZED (SELECT member_id AS id FROM ties_distance WHERE other_id = %(me)s AND rung = 3),
strange AS MATERIALIZED (
    SELECT m.id, m.place FROM members_member m
    WHERE m.id = ANY(%(asked)s::bigint[]) AND m.place <> '' AND lower(m.place) NOT IN (SELECT place FROM here)
),
work AS MATERIALIZED (
    SELECT i.member_id, o.id, o.name FROM career_item i JOIN organizations_organization o ON o.id = i.organization_id
    LEFT JOIN career_partaudience a ON a.member_id = i.member_id AND a.part = i.section
    WHERE i.member_id = ANY(%(far)s::bigint[]) AND {OPEN_POSITION} AND i.member_id NOT IN (SELECT id FROM strange)
    ORDER BY array_position(%(far)s::bigint[], i.member_id), o.name, o.id LIMIT %(work)s
)
SELECT 'place', id, place, 0::bigint FROM strange
UNION ALL
SELECT 'work', work.member_id, work.name, work.id FROM work CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(bool_or(there.known), false) AS known FROM (
        SELECT i.removed_at IS NULL AND i.member_id IN (SELECT id FROM mine) AND coalesce(a.audience, 0)
            <= CASE WHEN i.member_id IN (SELECT id FROM away) THEN 1 ELSE 3 END AS known
        FROM career_item i LEFT JOIN career_partaudience a ON a.member_id = i.member_id AND a.part = i.section
        WHERE i.organization_id = work.id AND i.section = 'positions' LIMIT %(large)s + 1
    ) AS there
) AS body
WHERE body.many <= %(large)s AND NOT body.known
ORDER BY 1, 2, 3
"""  # noqa: S608 - made of constants
# Where each of these people lives, and who of them still shows that she works at the body she was chosen for.
STILL = f"""
SELECT 0::bigint, m.id, m.place FROM members_member m WHERE m.id = ANY(%(people)s::bigint[])
UNION ALL
SELECT o.id, i.member_id, o.name FROM career_item i JOIN organizations_organization o ON o.id = i.organization_id
LEFT JOIN career_partaudience a ON a.member_id = i.member_id AND a.part = i.section
WHERE i.member_id = ANY(%(at)s::bigint[]) AND i.organization_id = ANY(%(bodies)s::bigint[]) AND {OPEN_POSITION}
"""  # noqa: S608 - made of constants


class Way(StrEnum):
    """How somebody leads somewhere."""

    KNOWS = "knows"
    LIVES = "lives"
    WORKS = "works"


@dataclass(frozen=True, slots=True)
class Bridge:
    """Where somebody leads.

    Attributes:
        way: how.
        name: of the place, or of the body.
        body: key of the body; 0 for a place.
        through: keys of people she is known to know there.
    """

    way: Way
    name: str
    body: int = 0
    through: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """For people."""
        match self.way:
            case Way.KNOWS:
                said = _("Knows people in %(name)s, where you know nobody yet")
            case Way.LIVES:
                said = _("Lives in %(name)s, where you know nobody yet")
            case Way.WORKS:
                said = _("Works at %(name)s, where you know nobody yet")
        return said % {"name": self.name}


def find(me: int, place: str, around: Around) -> dict[int, Bridge]:
    """Those who lead to where the viewer knows nobody. One statement.

    Args:
        me: key of the viewer.
        place: where she herself lives, which is not new to her.
        around: what the graph told.
    """
    if not around.first or not around.far:
        return {}
    asked = set(around.far).union(*around.knows.values())
    with connection.cursor() as cursor:
        people: dict[str, int | str] = {
            "me": me,
            "first": array(around.first),
            "far": array(around.far),
            "asked": array(sorted(asked)),
        }
        cursor.execute(FARTHER, people | {"large": LARGE, "work": ASKED_FOR_WORK})
        rows = cursor.fetchall()
    home = place.lower()
    places = {key: name for what, key, name, _body in rows if what == "place" and name.lower() != home}
    work = {key: (name, body) for what, key, name, body in reversed(rows) if what == "work"}
    found = {key: _bridge(key, around.knows.get(key, []), places, work) for key in around.far}
    return {key: bridge for key, bridge in found.items() if bridge is not None}


def _bridge(
    key: int, knows: list[int], places: Mapping[int, str], work: Mapping[int, tuple[str, int]]
) -> Bridge | None:
    """The most that can be said: people in a new place, living there, or working somewhere new."""
    there = Counter(places[other] for other in knows if other in places)
    name, count = max(there.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    if count >= SOME:
        return Bridge(Way.KNOWS, name, through=tuple(other for other in knows if places.get(other) == name))
    if key in places:
        return Bridge(Way.LIVES, places[key])
    if key in work:
        return Bridge(Way.WORKS, *work[key])
    return None


def still(viewer: Viewer, bridges: Mapping[int, Bridge], homes: Mapping[int, str], view: View) -> dict[int, Bridge]:
    """Those of an earlier `find` for which the viewer may still read what they say of the other. One statement at most.

    That the viewer knows nobody there stays as it was found: it is about her, and nothing of anybody else.

    Args:
        viewer: who looks.
        bridges: by the keys of people she may be shown.
        homes: where each of these lives.
        view: the graph.
    """
    through = {other for each in bridges.values() for other in each.through}
    edges = near.among(viewer, [*bridges, *through], view) if through else ()
    known = {pair for edge in edges for pair in (edge, edge[::-1])}
    at = {key: each.body for key, each in bridges.items() if each.body}
    said = {(0, key): home for key, home in homes.items()}
    if through or at:
        with connection.cursor() as cursor:
            asked = {"people": array(through), "at": array(at), "bodies": array(set(at.values()))}
            cursor.execute(STILL, asked)
            said |= {(body, key): name for body, key, name in cursor.fetchall()}

    def holds(key: int, bridge: Bridge) -> bool:
        if bridge.way == Way.KNOWS:
            lives = (other for other in bridge.through if said.get((0, other)) == bridge.name)
            return sum((key, other) in known for other in lives) >= SOME
        return said.get((bridge.body, key)) == bridge.name

    return {key: bridge for key, bridge in bridges.items() if holds(key, bridge)}
