"""From what somebody typed to the place that is meant, and from a place to the words for it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection

from collegium.gazetteer.countries import country_name, region_name
from collegium.gazetteer.models import NAME_LIMIT, Place
from collegium.gazetteer.near import Distance, around
from collegium.lib.text import clean_line

MOST = 20
LONGEST, MOST_PARTS = 2 * NAME_LIMIT, 6
ALSO = {"US": ("USA",), "GB": ("UK", "Great Britain")}
"""What people write for a country that is neither its name nor its code."""
# Its own name counts ten times another name of it: "Paris" in Texas is less than the one in France all the same.
OWN = 10
WEIGHT = f"p.people * CASE WHEN n.folded = btrim(fold(p.name)) THEN {OWN} ELSE 1 END"
# Rows of a name are few; whatever is looked for beside it is looked for among them.
_NAMED = f"""
    SELECT p.id FROM gazetteer_placename n JOIN gazetteer_place p ON p.id = n.place_id
    WHERE n.folded = %s GROUP BY p.id ORDER BY max({WEIGHT}) DESC, p.id LIMIT 300"""  # noqa: S608 - constants
_NEAREST = (30.0, 300.0, 3_000.0)


def find(text: str, country: str = "") -> list[Place]:
    """The places that a text may mean, the likeliest first.

    "Springfield" is several; "Springfield, Illinois", "Springfield, US" and "Springfield, Illinois, United States" say
    which. What is no place is no error.

    Args:
        text: as it was typed.
        country: only there; two capitals.
    """
    parts = parts_of(text)
    if not parts:
        return []
    # A name may have a comma in it ("Washington, D.C."), so the whole is looked for first.
    found = _named(", ".join(parts)) or within(_named(parts[0]), parts[1:])
    return [place for place in found if country in ("", place.country)][:MOST]


def nearest(latitude: float, longitude: float) -> Place | None:
    """The town nearest to a point; None where none lies within 3,000 km."""
    for reach in _NEAREST:
        near = Place.objects.filter(around(latitude, longitude, reach))
        found = near.order_by(Distance(latitude, longitude), "pk").first()
        if found is not None:
            return found
    return None


def label(place: Place) -> str:
    """Town, region and country; a region of the town's own name is not said twice, and `find` understands it."""
    region = region_name(place.country, place.region)
    parts = [place.name, *([region] if region and region != place.name else []), country_name(place.country)]
    return ", ".join(parts)


def labels(places: Iterable[Place]) -> dict[int, str]:
    """The words for several places, by key."""
    return {place.pk: label(place) for place in places}


def fold(words: Iterable[str]) -> dict[str, str]:
    """Each as it is looked up: lower case, without accents, as the database folds names."""
    asked = list(dict.fromkeys(words))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, btrim(fold(word)) FROM unnest(%s::text[]) AS word", [asked])
        return dict(cursor.fetchall())


def parts_of(text: str) -> list[str]:
    """What stands between commas, folded; nothing where it is not a line."""
    try:
        line = clean_line(text[:LONGEST], LONGEST)
    except ValidationError:
        return []
    parts = [part.strip() for part in line.split(",")][:MOST_PARTS]
    folded = fold(parts) if any(parts) else {}
    return [folded[part] for part in parts if folded.get(part)]


def within(places: list[Place], parts: list[str], *, begun: bool = False) -> list[Place]:
    """Those that lie where it was said: in the region, in the country, by name or code. One statement at most.

    Args:
        places: among which one looks.
        parts: what was said besides the name, folded.
        begun: whether the last part may be the beginning of a word.
    """
    if not parts or not places:
        return places
    names = {place.pk: _surroundings(place) for place in places}
    folded = fold(word for words in names.values() for word in words)
    return [
        place for place in places if _fits({_dotless(folded[word]) for word in names[place.pk]}, parts, begun=begun)
    ]


def _fits(known: set[str], parts: list[str], *, begun: bool) -> bool:
    *first, last = map(_dotless, parts)
    ends = any(word.startswith(last) for word in known) if begun else last in known
    return ends and set(first) <= known


def _dotless(word: str) -> str:
    """So that "D.C." is "DC"."""
    return word.replace(".", "")


def _surroundings(place: Place) -> list[str]:
    """What one may write behind its name; GeoNames' numbers for regions mean nothing to people."""
    region = region_name(place.country, place.region)
    code = place.region if place.region.isalpha() else ""
    return [
        word
        for word in (place.country, country_name(place.country), region, code, *ALSO.get(place.country, ()))
        if word
    ]


def _named(folded: str) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [folded])
        keys = [key for (key,) in cursor.fetchall()]
    places = Place.objects.in_bulk(keys)
    return [places[key] for key in keys]
