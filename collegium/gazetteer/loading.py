"""The places that are shipped, and their way into the tables.

`data/places.tsv.xz` has a town a line: its key at GeoNames, its name, country, first level within the country, where it
is, how many live there, and the other names it goes by. It is read once, by the first migration of this room.
"""

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"

_TABLE = """
    CREATE TEMP TABLE gazetteer_shipped (id bigint, name text, country text, region text, latitude float8,
        longitude float8, people int, words text) ON COMMIT DROP"""
_PLACES = """
    INSERT INTO gazetteer_place (id, name, country, region, latitude, longitude, people)
    SELECT id, name, country, region, latitude, longitude, people FROM gazetteer_shipped ORDER BY latitude, longitude
    ON CONFLICT DO NOTHING"""
# Many names fold to one ("Zürich", "Zurich"); what folds to nothing cannot be typed.
_NAMES = """
    INSERT INTO gazetteer_placename (folded, place_id)
    SELECT DISTINCT left(btrim(fold(word)), 400), id
    FROM gazetteer_shipped, LATERAL (SELECT name AS word UNION ALL SELECT unnest(string_to_array(words, '|'))) named
    WHERE btrim(fold(word)) <> '' ORDER BY 1, 2 {again}"""
_ARE_THERE = "SELECT EXISTS (SELECT FROM gazetteer_placename)"


class Line(NamedTuple):
    """A town as the file has it; `words` are its other names, between bars."""

    id: int
    name: str
    country: str
    region: str
    latitude: float
    longitude: float
    people: int
    words: str


def lines() -> Iterator[Line]:
    """Every town of the file."""
    with lzma.open(DATA / "places.tsv.xz", "rt", encoding="utf-8") as rows:
        for row in rows:
            key, name, country, region, north, east, people, words = row.rstrip("\n").split("\t")
            yield Line(int(key), name, country, region, float(north), float(east), int(people), words)


def load(cursor: Any) -> None:
    """Put the towns and their names into the tables; what is there already stays.

    Args:
        cursor: inside a transaction.
    """
    cursor.execute(_TABLE)
    with cursor.copy("COPY gazetteer_shipped FROM STDIN") as copy:
        for line in lines():
            copy.write_row(line)
    cursor.execute(_ARE_THERE)
    # In the first migration nothing is unique yet, which is what makes the load quick.
    again = "ON CONFLICT DO NOTHING" if cursor.fetchone()[0] else ""
    for statement in (_PLACES, _NAMES.format(again=again)):
        cursor.execute(statement)
    cursor.execute("DROP TABLE gazetteer_shipped")
