"""The candidates of a query: gathered quickly, not yet judged.

A search never sorts everybody who matches: "ma" is a fifth of all names. It takes some in whom the words stand, as they
come. Where those are all there are, it is done; where there are more, three arms see to it that the right ones are
among the candidates: my connections, the people they know, names that begin with the query. Each arm stops when it is
full. `finding` ranks the pool and puts the rule of sight to it before anything of it is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from collegium.audience.viewer import Viewer
from collegium.search.words import SUBSTRING_FROM, Words

# `mine` and `theirs` are read through the key, row by row: OFFSET 0 keeps the planner from starting at the index of
# words. A profile that only connections may open is left out beforehand where the reader is none of them: the pool may
# lack what the rule would drop anyway, never keep more. Nothing is ordered, so everything ends as soon as it is full.
GATHER = """
WITH mine AS MATERIALIZED (SELECT other_id AS id FROM ties_connection WHERE member_id = %(me)s),
theirs AS MATERIALIZED (
    SELECT c.other_id AS id FROM mine JOIN ties_connection c ON c.member_id = mine.id LIMIT %(asked)s),
any_of AS MATERIALIZED (
    SELECT m.id, m.folded_name, m.folded, CASE WHEN {mine} THEN 1 ELSE 3 END AS near
    FROM members_member m WHERE {match} AND ({open} OR {mine}) LIMIT %(most)s),
filled AS MATERIALIZED (SELECT count(*) = %(most)s AS yes FROM any_of)
(SELECT m.id, m.folded_name, m.folded, 1
 FROM mine, LATERAL (SELECT * FROM members_member WHERE id = mine.id OFFSET 0) m
 WHERE (SELECT yes FROM filled) AND {match} LIMIT %(most)s)
UNION ALL
(SELECT m.id, m.folded_name, m.folded, 2
 FROM theirs, LATERAL (SELECT * FROM members_member WHERE id = theirs.id OFFSET 0) m
 WHERE (SELECT yes FROM filled) AND {match} AND {open} LIMIT %(most)s)
UNION ALL
(SELECT m.id, m.folded_name, m.folded, 3 FROM members_member m
 WHERE (SELECT yes FROM filled) AND m.folded_name LIKE %(start)s AND {open} LIMIT %(most)s)
UNION ALL
SELECT id, folded_name, folded, near FROM any_of
"""
OPEN = "(m.standing = 'active' AND m.visibility <= 1)"
MINE = """(m.id = %(me)s OR EXISTS (
    SELECT FROM ties_connection c WHERE c.member_id = %(me)s AND c.other_id = m.id))"""
# Asked only when nothing else was found: the words are probably misspelt. The index narrows, the distance ranks.
RESEMBLE = f"""
SELECT id, folded_name, folded, 3 FROM (
    SELECT m.id, m.folded_name, m.folded FROM members_member m
    WHERE %(text)s <%% m.folded AND ({OPEN} OR {MINE}) LIMIT 200) AS m
ORDER BY folded <->> %(text)s, id LIMIT %(most)s
"""  # noqa: S608 - made of constants
RESEMBLES_FROM = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in whom the words stand; `near` is 1, 2, or 3 for whoever is further away."""

    id: int
    folded_name: str
    folded: str
    near: int


def gather(viewer: Viewer, words: Words, *, most: int, asked: int) -> list[Candidate]:
    """Everybody the query could mean, once each, in no order that matters.

    Args:
        viewer: whose connections are asked first.
        words: the query.
        most: how many each part of the pool brings.
        asked: how many people of the second degree are looked at.
    """
    match, values = _match(words)
    values |= {"me": viewer.id, "most": most, "asked": asked, "start": f"{_plain(words.text)}%"}
    return list(_run(GATHER.format(match=match, open=OPEN, mine=MINE), values))


def resemble(viewer: Viewer, words: Words, *, most: int) -> list[Candidate]:
    """Whose name or headline looks like the query, the most alike first."""
    if len(words.text) < RESEMBLES_FROM:
        return []
    return list(_run(RESEMBLE, {"me": viewer.id, "text": words.text, "most": most}))


def _match(words: Words) -> tuple[str, dict[str, Any]]:
    """The condition that every word stands in `folded`, and its values.

    A long word may stand anywhere, a short one only where a word begins: two letters stand somewhere in most names.
    """
    conditions, values = [], {}
    for n, part in enumerate(words.parts):
        if len(part) >= SUBSTRING_FROM:
            conditions.append(f"m.folded LIKE %(in{n})s")
            values[f"in{n}"] = f"%{_plain(part)}%"
        else:
            conditions.append(f"(m.folded LIKE %(at{n})s OR m.folded LIKE %(in{n})s)")
            values |= {f"at{n}": f"{_plain(part)}%", f"in{n}": f"% {_plain(part)}%"}
    return " AND ".join(conditions), values


def _plain(text: str) -> str:
    r"""The text with the signs of LIKE (% _ \) made ordinary letters."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _run(statement: str, values: dict[str, Any]) -> Iterable[Candidate]:
    """Each person once, at the nearest place she was found."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    nearest: dict[int, Candidate] = {}
    for row in rows:
        candidate = Candidate(*row)
        nearest.setdefault(candidate.id, candidate)
    return nearest.values()
