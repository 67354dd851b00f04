"""What to offer while somebody types a place."""

from dataclasses import dataclass

from django.db import connection

from collegium.gazetteer.models import Place
from collegium.gazetteer.places import WEIGHT, label, parts_of, within

MOST = 10
LEAST, ALIKE_FROM = 2, 4
"""One letter begins a fortieth of all names; two letters look like everything."""
ALIKE = 0.5

# The nearest name of each place stands for it: one that is the word itself, then the place's own.
_FIND = """
    SELECT id, met FROM (
        SELECT DISTINCT ON (p.id) p.id, w.score, {weight} AS weight,
            CASE WHEN n.folded = btrim(fold(p.name)) THEN '' ELSE n.folded END AS met
        FROM ({arm}) w JOIN gazetteer_placename n ON n.id = w.id JOIN gazetteer_place p ON p.id = n.place_id
        ORDER BY p.id, w.score DESC, n.folded <> btrim(fold(p.name)), length(n.folded)
    ) found ORDER BY score DESC, weight DESC, id LIMIT 300"""
_BEGINS = "SELECT id, (folded = %(word)s)::int::float8 AS score FROM gazetteer_placename WHERE folded LIKE %(begins)s"
_ALIKE = """
    SELECT id, similarity(folded, %(word)s) AS score FROM gazetteer_placename
    WHERE folded %% %(word)s AND similarity(folded, %(word)s) >= %(alike)s ORDER BY score DESC, folded LIMIT 60"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place, its words as `places.find` reads them, and the name that was met when it is another."""

    place: Place
    words: str
    met: str


def suggest(typed: str, most: int = MOST) -> list[Suggestion]:
    """The places somebody may mean, best first: names that begin so, then names that look alike.

    Args:
        typed: as it came ("Springf", "springfield, ill"); nothing that can be typed is an error.
        most: how many.
    """
    parts = parts_of(typed)
    if not parts or len(parts[0]) < LEAST:
        return []
    found = _arm(_BEGINS, parts)
    if not found and sum(map(str.isalnum, parts[0])) >= ALIKE_FROM:
        found = _arm(_ALIKE, parts)
    return found[:most]


def _arm(arm: str, parts: list[str]) -> list[Suggestion]:
    word = parts[0]
    plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with connection.cursor() as cursor:
        values: dict[str, str | float] = {"word": word, "begins": f"{plain}%", "alike": ALIKE}
        cursor.execute(_FIND.format(arm=arm, weight=WEIGHT), values)
        met = dict(cursor.fetchall())
    places = Place.objects.in_bulk(list(met))
    kept = within([places[key] for key in met], parts[1:], begun=True)
    return [Suggestion(place, label(place), met[place.pk]) for place in kept]
