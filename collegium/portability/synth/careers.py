"""What made-up members do for a living, made by the database: a post now, one or two before it, a school, five skills.

Forty-five who stand next to each other work in one house, so that colleagues are often connected; one in twenty works
in a single house, which has fifty thousand at a million.
"""

from collections.abc import Sequence
from typing import Any

from collegium.portability.bulk import unburdened
from collegium.portability.demo import content
from collegium.portability.memory import Ids

HOUSE = 45
SCHOOLS = 12  # one organisation in so many
SKILLS = 5
ONE_HOUSE = 20  # one member in so many works in one very large house

_ORGANIZATIONS = """
    CREATE TEMP TABLE synth_house ON COMMIT DROP AS
    SELECT no, {key} AS id, (%(names)s::text[])[1 + no %% %(count)s] || ' ' || (no / %(count)s + 1) AS name
    FROM generate_series(0, %(most)s) AS g (no)"""
_STORE = """
    INSERT INTO organizations_organization (id, handle, name, kind, website, place, about)
    SELECT id, 'house-' || no, name, CASE WHEN no %% %(schools)s = 0 THEN 'school' ELSE 'company' END, '', '', ''
    FROM synth_house ORDER BY id"""
# The newest post goes on; each began when the next older one ended. The last row of everybody is the school.
_ITEMS = """
    INSERT INTO career_item (id, member_id, section, rank, title, organization_id, organization_name, place, detail,
                             kind, number, url, description, started, ended)
    SELECT {key}, m.id, CASE WHEN g.k = 3 THEN 'education' ELSE 'positions' END,
           CASE WHEN g.k = 3 THEN 1 ELSE g.k + 1 END,
           CASE WHEN g.k = 3 THEN 'Diploma' ELSE split_part(m.headline, ', ', 1) END, h.id, h.name, m.place, '', '', '',
           '', '', (now.year - (g.k + 1) * (2 + m.no %% 7))::text,
           CASE WHEN g.k = 0 THEN '' ELSE (now.year - g.k * (2 + m.no %% 7))::text END
    FROM synth_member m
    CROSS JOIN (SELECT extract(year FROM now())::int AS year) now
    CROSS JOIN generate_series(0, 3) AS g (k)
    JOIN synth_house h ON h.no = CASE
        WHEN g.k = 0 AND m.no %% %(large)s = 7 THEN 1
        WHEN g.k = 0 THEN m.no / %(house)s
        WHEN g.k = 3 THEN (m.no * 31 %% %(houses)s) / %(schools)s * %(schools)s
        ELSE (m.no / %(house)s + g.k * (1 + m.no %% 17)) %% %(houses)s END
    WHERE g.k IN (0, 3) OR g.k <= m.no %% 3
    ORDER BY m.id, g.k"""
# Few skills are held by many and most by few: the square of chance leans to the beginning of the list.
_HOLDINGS = """
    INSERT INTO career_holding (id, member_id, skill_id, rank)
    SELECT {key}, id, skill, k FROM (
        SELECT m.id, m.no, g.k, (%(skills)s::bigint[])[
            1 + (floor(%(count)s * ((hashint4(m.no) & 65535) / 65536.0) ^ 2)::int + g.k * g.k * 3) %% %(count)s
        ] AS skill
        FROM synth_member m CROSS JOIN generate_series(1, %(most)s) AS g (k)
    ) h ORDER BY id, k"""


def employ(cursor: Any, moment: int) -> None:
    """Give every made-up member a career.

    Args:
        cursor: inside the transaction that made them.
        moment: milliseconds, when they are said to have written it down.
    """
    cursor.execute("SELECT count(*) FROM synth_member")
    members, ids = cursor.fetchone()[0], Ids()
    houses = max(2, -(-members // HOUSE))
    names = _employers()
    asked = {"names": names, "count": len(names), "most": houses - 1, "schools": SCHOOLS}
    cursor.execute(_ORGANIZATIONS.format(key=ids.sql(moment)), asked)
    cursor.execute(_STORE, asked)
    cursor.execute("ANALYZE synth_house")
    # At most two million keys fit one millisecond; spread over a thousand, there is room for every network.
    key = ids.sql_at(f"({moment} - m.no %% 1000)")
    with unburdened(cursor, "career_item", 3 * members):
        cursor.execute(
            _ITEMS.format(key=key), {"house": HOUSE, "houses": houses, "schools": SCHOOLS, "large": ONE_HOUSE}
        )
    cursor.execute("SELECT id FROM skills_skill WHERE uri LIKE 'collegium:%' ORDER BY uri")
    skills = [key for (key,) in cursor.fetchall()]
    if skills:
        key = ids.sql_at(f"({moment} - no %% 1000)")
        with unburdened(cursor, "career_holding", SKILLS * members):
            cursor.execute(_HOLDINGS.format(key=key), {"skills": skills, "count": len(skills), "most": SKILLS})


def _employers() -> Sequence[str]:
    """Names to number, from the demo community."""
    people = content.read().people.values()
    return sorted({row[0] for person in people for row in person.positions} - {"Freelance"})
