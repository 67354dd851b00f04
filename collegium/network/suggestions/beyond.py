"""Beyond the triangle: who leads to a place or a body where the viewer knows nobody yet.

"Nobody" is meant as the viewer can see it: none of her connections says so on a profile in what she may read there.
"""

from collections import Counter

from django.db import connection
from django.utils.translation import gettext as _

from collegium.network.suggestions.around import Around
from collegium.network.suggestions.judging import array

# A body with more rows than this is too large for "nobody" to say much, and is left out.
LARGE = 256
# Of those who come from no new place, so many are asked for a new body.
ASKED_FOR_WORK = 10
FARTHER = """
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
    WHERE i.member_id = ANY(%(far)s::bigint[]) AND i.section = 'positions' AND i.removed_at IS NULL AND i.ended = ''
      AND coalesce(a.audience, 0) <= 1 AND i.member_id NOT IN (SELECT id FROM strange)
    ORDER BY array_position(%(far)s::bigint[], i.member_id), o.name, o.id LIMIT %(work)s
)
SELECT 'place', id, place FROM strange
UNION ALL
SELECT 'work', work.member_id, work.name FROM work CROSS JOIN LATERAL (
    SELECT count(*) AS many, coalesce(bool_or(there.known), false) AS known FROM (
        SELECT i.removed_at IS NULL AND i.member_id IN (SELECT id FROM mine) AND coalesce(a.audience, 0)
            <= CASE WHEN i.member_id IN (SELECT id FROM away) THEN 1 ELSE 3 END AS known
        FROM career_item i LEFT JOIN career_partaudience a ON a.member_id = i.member_id AND a.part = i.section
        WHERE i.organization_id = work.id AND i.section = 'positions' LIMIT %(large)s + 1
    ) AS there
) AS body
WHERE body.many <= %(large)s AND NOT body.known
ORDER BY 1, 2, 3
"""


def sentences(me: int, place: str, around: Around) -> dict[int, str]:
    """For those who lead to where the viewer knows nobody: where, as a sentence. One statement.

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
    places = {key: name for what, key, name in rows if what == "place" and name.lower() != home}
    work = {key: name for what, key, name in reversed(rows) if what == "work"}
    found = {key: _sentence(key, around.knows.get(key, []), places, work) for key in around.far}
    return {key: words for key, words in found.items() if words}


def _sentence(key: int, knows: list[int], places: dict[int, str], work: dict[int, str]) -> str:
    """The most that can be said: people in a new place, living there, or working somewhere new."""
    there = Counter(places[other] for other in knows if other in places)
    name, count = max(there.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    if count > 1:
        return _("Knows people in %(place)s, where you know nobody yet") % {"place": name}
    if key in places:
        return _("Lives in %(place)s, where you know nobody yet") % {"place": places[key]}
    if key in work:
        return _("Works at %(name)s, where you know nobody yet") % {"name": work[key]}
    return ""
