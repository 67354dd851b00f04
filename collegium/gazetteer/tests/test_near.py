"""Distances as the world knows them, and what lies around a point, compared with working out every distance."""

import random

import pytest
from django.db import connection

from collegium.gazetteer.models import Place
from collegium.gazetteer.near import HALF_WAY, Distance, around, distance
from collegium.gazetteer.places import find, nearest

# Great circles between the points that GeoNames gives, from tables of air distances; a ball is right to 0.5 %.
KNOWN = [
    ("Berlin, Germany", "Paris, France", 878),
    ("London, United Kingdom", "New York City, United States", 5_570),
    ("Sydney, Australia", "Melbourne, Australia", 714),
    ("Tokyo, Japan", "Osaka, Japan", 397),
    ("Suva, Fiji", "Apia, Samoa", 1_145),
    ("Nairobi, Kenya", "Lagos, Nigeria", 3_820),
    ("Quito, Ecuador", "Singapore, Singapore", 19_730),
    ("Anchorage, Alaska", "Honolulu, Hawaii", 4_480),
    ("Delft, Netherlands", "Rotterdam, Netherlands", 13),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("one", "other", "kilometres"), KNOWN)
def test_known_distances(one, other, kilometres):
    a, b = find(one)[0], find(other)[0]
    measured = distance(a.latitude, a.longitude, b.latitude, b.longitude)
    assert measured == pytest.approx(kilometres, rel=0.012, abs=3)
    there = Place.objects.annotate(far=Distance(a.latitude, a.longitude)).get(pk=b.pk)
    assert there.far == pytest.approx(measured, abs=1e-6)


def test_the_ends_of_the_scale():
    assert distance(52, 4, 52, 4) == 0
    assert distance(0, 0, 0, 180) == pytest.approx(HALF_WAY)
    assert distance(90, 0, -90, 123) == pytest.approx(HALF_WAY)
    assert distance(90, 10, 90, -170) == pytest.approx(0, abs=1e-6)
    assert distance(10, 179.5, 10, -179.5) == pytest.approx(distance(10, 0, 10, 1))


CENTRES = [
    (52.0, 4.36), (-17.8, 177.4), (-17.8, -179.99), (64.7, 177.5), (66.0, -179.0), (78.2, 15.6), (89.9, 0), (90, 0),
    (-90, 0), (-54.8, -68.3), (0, 0), (0, 180), (0, -180), (40.7, -74), (-41.3, 174.8), (71.3, -156.8),
]  # fmt: skip


@pytest.mark.django_db
def test_around_is_what_brute_force_finds():
    dice = random.Random(8)
    centres = CENTRES + [(dice.uniform(-90, 90), dice.uniform(-180, 180)) for _ in range(8)]
    towns = [row for row in Place.objects.values_list("pk", "latitude", "longitude") if row[0] % 8 == 3]
    some = {key for key, *_rest in towns}
    met = 0
    for north, east in centres:
        far = [(key, distance(north, east, a, b)) for key, a, b in towns]
        for reach in (0, 5, 60, 900, 4_000, 12_000, 19_990, 25_000):
            # A town a millimetre from the line may be on either side of it.
            wanted = {key for key, at in far if at <= reach - 1e-6}
            allowed = {key for key, at in far if at <= reach + 1e-6}
            found = set(Place.objects.filter(around(north, east, reach)).values_list("pk", flat=True)) & some
            assert wanted <= found <= allowed, (north, east, reach)
            met += len(found)
    assert met > 50_000


@pytest.mark.django_db
def test_an_index_answers_it():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE gazetteer_place")
    for north, east in ((52.0, 4.4), (-17.8, -179.99)):
        assert "gazetteer_where" in Place.objects.filter(around(north, east, 40)).explain()


@pytest.mark.django_db
def test_the_nearest_town():
    assert nearest(52.0116, 4.3571).name == "Delft"
    assert nearest(-17.8, 179.99).country == "FJ"
    assert nearest(90, 0) is not None
    assert nearest(-48.9, -123.4) is None or nearest(-48.9, -123.4).country
