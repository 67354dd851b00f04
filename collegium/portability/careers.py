"""Out of the shelf into the rooms: organisations, items of careers, skills, for very many people at once.

Rows come from a load that runs, or were shelved by one before there were rooms. A shelved row stays, emptied and
marked as taken, so that the same bundle does not bring it again; what does not fit (an entry that says nothing, the
hundred and first position) stays as it was.
"""

from typing import Any

from django.db import connection, transaction

from collegium.career.records import kind_of
from collegium.lib.handles import handle_candidates
from collegium.organizations.founding import FALLBACK, found_named
from collegium.portability import tongues
from collegium.portability.bulk import unburdened
from collegium.portability.stage import ONE_AT_A_TIME
from collegium.skills.naming import resolve

ITEMS = ("positions", "education", "languages", "interests")
KINDS = ("organizations", "skills", *ITEMS)
WORDS_AT_ONCE = 20_000

MOVING = "CREATE TEMP TABLE moving (id bigint, kind text, member bigint, line int, data jsonb) ON COMMIT DROP"
_SHELVED = """
    INSERT INTO moving SELECT id, kind, member_id, 0, data FROM portability_kept
    WHERE NOT taken AND kind = ANY(%s)"""
_ORGANIZATIONS = """
    INSERT INTO organizations_organization (id, handle, name, kind, website, place, about, industry, size, founded,
                                            places)
    SELECT m.id, h.handle, data->>'name', coalesce(data->>'kind', 'other'), coalesce(data->>'website', ''),
           coalesce(data->>'place', ''), coalesce(data->>'about', ''), coalesce(data->>'industry', ''),
           coalesce(data->>'size', ''), (data->>'founded')::int, coalesce(data->'places', '[]')
    FROM moving m JOIN unnest(%s::bigint[], %s::text[]) AS h (id, handle) ON h.id = m.id ORDER BY m.id"""
_MEANINGS = """
    CREATE TEMP TABLE moving_{what} ON COMMIT DROP AS
    SELECT * FROM unnest(%s::text[], %s::{kind}[]) AS m (said, means)"""
_ITEMS = """
    CREATE TEMP TABLE moving_item ON COMMIT DROP AS
    SELECT m.id, m.member, m.line, m.kind AS section,
        CASE m.kind WHEN 'positions' THEN coalesce(data->>'title', '')
            WHEN 'education' THEN coalesce(data->>'degree', '')
            WHEN 'languages' THEN coalesce(t.means, '') ELSE coalesce(data->>'topic', '') END AS title,
        o.id AS organization, coalesce(o.name, data->>'organization_name', '') AS organization_name,
        coalesce(data->>'place', '') AS place_name, coalesce(data->>'field', '') AS detail,
        coalesce(f.means, '') AS kind,
        coalesce(data->>'description', '') AS description,
        coalesce(data->>'started_on', '') COLLATE "C" AS started, coalesce(data->>'ended_on', '') COLLATE "C" AS ended
    FROM moving m
    LEFT JOIN organizations_organization o ON o.id = -(data->>'organization')::bigint
    LEFT JOIN moving_tongue t ON t.said = data->>'language'
    LEFT JOIN moving_fluency f ON f.said = data->>'proficiency'
    WHERE m.kind = ANY(%s)"""
# A name alone means a record when only one bears it.
_NAMED = """
    UPDATE moving_item i SET organization = n.id FROM (
        SELECT folded_name, min(coalesce(merged_into_id, id)) AS id FROM organizations_organization
        GROUP BY folded_name HAVING count(DISTINCT coalesce(merged_into_id, id)) = 1
    ) n WHERE i.organization IS NULL AND i.organization_name <> '' AND n.folded_name = fold(i.organization_name)"""
# A name that has no record gets one, unless it stands only where few may read it (`career.records` says why).
_NEW_NAMES = """
    SELECT DISTINCT ON (fold(i.organization_name)) i.organization_name, i.section FROM moving_item i
    JOIN members_member m ON m.id = i.member
    WHERE i.organization IS NULL AND i.organization_name <> '' AND m.visibility <= 1 AND m.standing = 'active'
    AND NOT EXISTS (
        SELECT FROM career_partaudience a WHERE a.member_id = i.member AND a.part = i.section AND a.audience > 1)
    AND NOT EXISTS (SELECT FROM organizations_organization o WHERE o.folded_name = fold(i.organization_name))
    ORDER BY fold(i.organization_name), i.line, i.id"""
_ONLY_A_FIELD = """
    UPDATE moving_item SET title = detail, detail = '' WHERE title = '' AND organization_name = '' AND detail <> ''"""
_SAYS_NOTHING = "DELETE FROM moving_item WHERE title = '' AND organization_name = ''"
# Somebody who was here before may have said the same of herself.
_THERE_ALREADY = """
    WITH there AS (
        DELETE FROM moving_item i USING career_item c
        WHERE c.member_id = i.member AND c.section = i.section AND c.title = i.title AND c.started = i.started
        AND c.organization_name = i.organization_name RETURNING i.id
    ) INSERT INTO moved SELECT id FROM there"""
# Newest first, under what is there; what goes on is newer than what has ended.
_STORE_ITEMS = """
    WITH had AS (
        SELECT member_id AS member, section, count(*) AS n, max(rank) AS last FROM career_item
        WHERE removed_at IS NULL AND member_id IN (SELECT member FROM moving_item) GROUP BY 1, 2
    ), placed AS (
        SELECT *, row_number() OVER (PARTITION BY member, section ORDER BY
            CASE WHEN ended <> '' THEN ended WHEN section = 'positions' THEN '9999' ELSE started END DESC,
            started DESC, line, id) AS place FROM moving_item
    ), made AS (
        INSERT INTO career_item (id, member_id, section, rank, title, organization_id, organization_name, place, detail,
                                 kind, number, url, description, started, ended)
        SELECT p.id, p.member, p.section, p.place + coalesce(h.last, 0), p.title, p.organization, p.organization_name,
               p.place_name, p.detail, p.kind, '', '', p.description, p.started, p.ended
        FROM placed p LEFT JOIN had h USING (member, section) WHERE p.place + coalesce(h.n, 0) <= 100
        ORDER BY p.member, p.section, p.place RETURNING id
    ) INSERT INTO moved SELECT id FROM made"""
_STORE_SKILLS = """
    WITH had AS (
        SELECT member_id AS member, count(*) AS n, max(rank) AS last FROM career_holding
        WHERE removed_at IS NULL AND member_id IN (SELECT member FROM moving WHERE kind = 'skills') GROUP BY 1
    ), once AS (
        SELECT DISTINCT ON (m.member, s.means) m.id, m.member, s.means AS skill, m.line
        FROM moving m JOIN moving_skill s ON s.said = m.data->>'skill' WHERE m.kind = 'skills'
        AND NOT EXISTS (SELECT FROM career_holding c WHERE c.member_id = m.member AND c.skill_id = s.means)
        ORDER BY m.member, s.means, m.line, m.id
    ), placed AS (SELECT *, row_number() OVER (PARTITION BY member ORDER BY line, id) AS place FROM once)
    INSERT INTO career_holding (id, member_id, skill_id, rank)
    SELECT p.id, p.member, p.skill, p.place + coalesce(h.last, 0) FROM placed p LEFT JOIN had h USING (member)
    WHERE p.place + coalesce(h.n, 0) <= 200 ORDER BY p.member, p.place ON CONFLICT DO NOTHING"""
_SKILLS_THERE = """
    INSERT INTO moved SELECT m.id FROM moving m JOIN moving_skill s ON s.said = m.data->>'skill'
    JOIN career_holding c ON c.member_id = m.member AND c.skill_id = s.means WHERE m.kind = 'skills'"""


def take_over() -> int:
    """Move what earlier loads have shelved, at the start of a Collegium that has the rooms; how many rows.

    Does nothing while a load runs, which may shelve more; the next start sees to it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(MOVING)
        cursor.execute(_SHELVED, [list(KINDS)])
        if cursor.rowcount:
            cursor.execute("SET LOCAL statement_timeout = 0")
            move(cursor)
            cursor.execute("""
                UPDATE portability_kept k SET taken = true, data = '{}' FROM moved WHERE moved.id = k.id""")
        moved = int(cursor.rowcount)
        cursor.execute("DROP TABLE moving")
    return moved


def move(cursor: Any) -> None:
    """Everything in the temporary table `moving` into its room; afterwards `moved` has the keys of what is there.

    Args:
        cursor: inside a transaction.
    """
    for table in ("moved", "moving_tongue", "moving_fluency", "moving_skill", "moving_item"):
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    cursor.execute("CREATE TEMP TABLE moved (id bigint) ON COMMIT DROP")
    cursor.execute("ANALYZE moving")
    _organizations(cursor)
    _items(cursor)
    _skills(cursor)


def _organizations(cursor: Any) -> None:
    """A record each, under the key of its shelved row: so what refers to that row finds it, now and later."""
    cursor.execute("SELECT id, data->>'name' FROM moving WHERE kind = 'organizations' ORDER BY line, id")
    coming = cursor.fetchall()
    if not coming:
        return
    cursor.execute("SELECT handle FROM organizations_organization")
    taken, handles = {handle for (handle,) in cursor.fetchall()}, []
    for _key, name in coming:
        handle = next(handle for handle in handle_candidates(name, FALLBACK) if handle not in taken)
        taken.add(handle)
        handles.append(handle)
    cursor.execute(_ORGANIZATIONS, [[key for key, _name in coming], handles])
    cursor.execute("INSERT INTO moved SELECT id FROM moving WHERE kind = 'organizations'")
    cursor.execute("ANALYZE organizations_organization")


def _meanings(cursor: Any, what: str, kind: str, means: dict[str, Any]) -> None:
    cursor.execute(_MEANINGS.format(what=what, kind=kind), [list(means), list(means.values())])
    cursor.execute(f"ANALYZE moving_{what}")


def _said(cursor: Any, kind: str, column: str) -> list[str]:
    cursor.execute(
        "SELECT DISTINCT data->>%s FROM moving WHERE kind = %s AND data->>%s IS NOT NULL ORDER BY 1",
        [column, kind, column],
    )
    return [word for (word,) in cursor.fetchall()]


def _items(cursor: Any) -> None:
    said = {word: tongues.name(word) for word in _said(cursor, "languages", "language")}
    _meanings(cursor, "tongue", "text", said)
    fluency = {word: tongues.fluency(word) for word in _said(cursor, "languages", "proficiency")}
    _meanings(cursor, "fluency", "text", fluency)
    cursor.execute(_ITEMS, [list(ITEMS)])
    cursor.execute(_NEW_NAMES)
    found_named({name: kind_of(section) for name, section in cursor.fetchall()})
    for statement in (_NAMED, _ONLY_A_FIELD, _SAYS_NOTHING, _THERE_ALREADY):
        cursor.execute(statement)
    cursor.execute("ANALYZE moving_item")
    cursor.execute("SELECT count(*) FROM moving_item")
    with unburdened(cursor, "career_item", cursor.fetchone()[0]):
        cursor.execute(_STORE_ITEMS)


def _skills(cursor: Any) -> None:
    words = _said(cursor, "skills", "skill")
    means: dict[str, int] = {}
    for start in range(0, len(words), WORDS_AT_ONCE):
        means |= {word: skill.pk for word, skill in resolve(words[start : start + WORDS_AT_ONCE]).items()}
    _meanings(cursor, "skill", "bigint", means)
    cursor.execute("SELECT count(*) FROM moving WHERE kind = 'skills'")
    with unburdened(cursor, "career_holding", cursor.fetchone()[0]):
        cursor.execute(_STORE_SKILLS)
    cursor.execute(_SKILLS_THERE)
