"""The vocabulary that is shipped: ESCO's skills and a short list of our own, and their way into the tables.

`data/esco.tsv.xz` has a skill a line (the end of its address, its name, other names), `data/more.tsv` the words that
people write every day and ESCO lacks ("k8s", "Postgres"). Both are read once, by the first migration of this room.
"""

import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"
ESCO = "http://data.europa.eu/esco/skill/"
OURS = "collegium:"
OUR_NAME, ESCO_NAME, OUR_SPELLING, ESCO_SPELLING = range(4)

_TABLE = 'CREATE TEMP TABLE vocabulary (uri text COLLATE "C", rank int, words text) ON COMMIT DROP'
# One spelling means one skill: a name wins over another's other spelling, ours over ESCO's, else the lowest address.
_JUDGE = """
    CREATE TEMP TABLE vocabulary_won ON COMMIT DROP AS
    SELECT DISTINCT ON (folded) folded, uri, rank, words FROM (
        SELECT left(fold(words), 200) COLLATE "C" AS folded, uri, rank, words FROM vocabulary
    ) v ORDER BY folded, rank, uri"""
# A skill whose own name means another one is left out; of two names, ours is shown. Keys as in `naming`.
_SKILLS = """
    INSERT INTO skills_skill (id, name, uri)
    SELECT new_id() + ((place / 500) << 21), words, uri FROM (
        SELECT words, uri, row_number() OVER (ORDER BY uri) AS place FROM (
            SELECT DISTINCT ON (uri) words, uri FROM vocabulary_won WHERE rank <= 1 ORDER BY uri, rank
        ) best
    ) placed ORDER BY place ON CONFLICT DO NOTHING"""
_SPELLINGS = """
    INSERT INTO skills_spelling (folded, skill_id)
    SELECT v.folded, s.id FROM vocabulary_won v JOIN skills_skill s ON s.uri = v.uri
    ORDER BY v.folded ON CONFLICT DO NOTHING"""


class Word(NamedTuple):
    """A way to write a skill: whose, how much it counts, the words."""

    uri: str
    rank: int
    words: str


def words() -> Iterator[Word]:
    """Every spelling of both lists; a skill of ours that ESCO has under the same name is ESCO's."""
    names: dict[str, str] = {}
    with lzma.open(DATA / "esco.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            ending, name, others = line.rstrip("\n").split("\t")
            uri = ESCO + ending
            names.setdefault(name.casefold(), uri)
            yield Word(uri, ESCO_NAME, name)
            yield from (Word(uri, ESCO_SPELLING, other) for other in others.split("|") if other)
    with (DATA / "more.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, others = line.rstrip("\n").split("\t")
            spellings = [other for other in others.split("|") if other]
            found = (names[word.casefold()] for word in (name, *spellings) if word.casefold() in names)
            uri = next(found, OURS + _slug(name))
            yield Word(uri, OUR_NAME, name)
            yield from (Word(uri, OUR_SPELLING, other) for other in spellings)


def _slug(name: str) -> str:
    """A name as the end of an address: "C++" is "c-plus-plus"."""
    spelt = name.casefold().replace("+", " plus").replace("#", " sharp").replace(".", " dot ")
    return re.sub(r"\W+", "-", spelt).strip("-")


def load(cursor: Any) -> None:
    """Put the vocabulary into the tables as the first migration leaves them; what is there already stays.

    Args:
        cursor: inside a transaction.
    """
    cursor.execute(_TABLE)
    with cursor.copy("COPY vocabulary FROM STDIN") as copy:
        for word in words():
            copy.write_row(word)
    for statement in (_JUDGE, "ANALYZE vocabulary_won", _SKILLS, _SPELLINGS):
        cursor.execute(statement)
    cursor.execute("DROP TABLE vocabulary, vocabulary_won")
