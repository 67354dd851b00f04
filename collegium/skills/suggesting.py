"""What to offer while somebody types a skill: words of the vocabulary only, since others' own words are theirs."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection

from collegium.lib.text import clean_line
from collegium.skills.models import NAME_LIMIT

MOST = 10
INSIDE_FROM, ALIKE_FROM = 3, 4
"""Of shorter words only spellings that begin so are found; two letters look like everything."""
ALIKE = 0.5

# The nearest spelling of each skill stands for it: one that is the word itself, then the skill's own name, then short.
_FIND = """
    SELECT name, CASE WHEN own THEN '' ELSE folded END FROM (
        SELECT DISTINCT ON (s.id) s.name, w.folded, w.place, w.folded = fold(s.name) AS own, s.id
        FROM ({arm}) w JOIN skills_skill s ON s.id = w.skill_id
        WHERE s.uri <> '' ORDER BY s.id, w.place, w.folded <> fold(s.name), length(w.folded)
    ) found ORDER BY place, NOT own, length(folded), folded, id LIMIT %(most)s"""
_BEGINS = """
    SELECT skill_id, folded, (folded <> %(word)s)::int::float AS place FROM skills_spelling
    WHERE folded LIKE %(begins)s ORDER BY length(folded), folded LIMIT 300"""
_WORD_BEGINS = """
    SELECT skill_id, folded, 0::float AS place FROM skills_spelling
    WHERE folded LIKE %(inside)s ORDER BY length(folded), folded LIMIT 300"""
_ALIKE = """
    SELECT skill_id, folded, 1 - similarity(folded, %(word)s) AS place FROM skills_spelling
    WHERE folded %% %(word)s AND similarity(folded, %(word)s) >= %(alike)s ORDER BY place, folded LIMIT 60"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill by its name, and the spelling that was met when it is another."""

    name: str
    met: str


def suggest(typed: str, most: int = MOST) -> list[Suggestion]:
    """The skills somebody may mean, best first: spellings that begin so, then words within, then what looks alike.

    Args:
        typed: as it came; nothing that can be typed is an error.
        most: how many.
    """
    word = _folded(typed)
    if not word:
        return []
    found: dict[str, Suggestion] = {}
    letters = sum(map(str.isalnum, word))
    for arm, least in ((_BEGINS, 0), (_WORD_BEGINS, INSIDE_FROM), (_ALIKE, ALIKE_FROM)):
        for name, met in _arm(arm, word, most) if letters >= least else ():
            found.setdefault(name, Suggestion(name, met))
        if len(found) >= most:
            break
    return list(found.values())[:most]


def _folded(typed: str) -> str:
    try:
        line = clean_line(typed[: 2 * NAME_LIMIT], 2 * NAME_LIMIT)
    except ValidationError:
        return ""
    if not line:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT btrim(fold(%s))", [line])
        return str(cursor.fetchone()[0])


def _arm(arm: str, word: str, most: int) -> list[tuple[str, str]]:
    plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with connection.cursor() as cursor:
        values: dict[str, str | float] = {
            "word": word,
            "begins": f"{plain}%",
            "inside": f"% {plain}%",
            "alike": ALIKE,
            "most": most,
        }
        cursor.execute(_FIND.format(arm=arm), values)
        return list(cursor.fetchall())
