"""Places by name: what a text means, what is offered while one types, and nothing that is typed is an error."""

import pytest
from django.db import connection, transaction

from collegium.gazetteer import loading
from collegium.gazetteer.models import Place, PlaceName
from collegium.gazetteer.places import find, label
from collegium.gazetteer.suggesting import suggest
from collegium.testing.fixtures import queries

pytestmark = pytest.mark.django_db

HOSTILE = [
    "", " ", "%", "_", "\\", "%%%", "' OR 1=1 --", "\x00", "a\x00b", "\ud800", "\u202e", "x" * 5000, "½" * 300, "💧",
    ",", ",,,,,,,", "a,b,c,d,e,f,g,h", "<script>alert(1)</script>", "f(", "[", "漢字", "٪", "\n\r\t", "0", "bé%",
    "%s%s",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Berlin", "Berlin, Germany"),
        ("berlin, germany", "Berlin, Germany"),
        ("Berlin, DE", "Berlin, Germany"),
        ("München", "Munich, Bavaria, Germany"),
        ("Wien", "Vienna, Austria"),
        ("Köln", "Köln, North Rhine-Westphalia, Germany"),
        ("東京", "Tokyo, Japan"),
        ("Москва", "Moscow, Russia"),
        ("Springfield, Illinois", "Springfield, Illinois, United States"),
        ("Springfield, MA, USA", "Springfield, Massachusetts, United States"),
        ("Paris", "Paris, Île-de-France, France"),
        ("Paris, Texas", "Paris, Texas, United States"),
        ("London", "London, England, United Kingdom"),
        ("London, Ontario, Canada", "London, Ontario, Canada"),
        ("NYC", "New York City, New York, United States"),
        ("Zürich", "Zürich, Zurich, Switzerland"),
        ("zurich, ch", "Zürich, Zurich, Switzerland"),
        ("Washington, D.C.", "Washington, District of Columbia, United States"),
        ("Québec", "Québec, Quebec, Canada"),
    ],
)
def test_what_a_text_means(text, first):
    assert label(find(text)[0]) == first


def test_what_no_place_is_called():
    assert find("Nowhere at all") == []
    assert find("Berlin, Kenya") == []
    assert {place.country for place in find("Cambridge", country="GB")} == {"GB"}
    assert len({place.region for place in find("Springfield")}) > 5


def test_a_label_leads_back():
    for place in Place.objects.order_by("-people")[:150]:
        assert place in find(label(place)), label(place)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("berl", "Berlin, Germany"), ("springfield, ill", "Springfield, Illinois, United States"), ("delf", "Delft"),
     ("kopenhag", "Copenhagen"), ("moskva", "Moscow, Russia"), ("DELFT", "Delft"), ("reykjavk", "Reykjavík")],
)  # fmt: skip
def test_the_best_comes_first(typed, first):
    assert suggest(typed)[0].words.startswith(first)


def test_another_name_that_was_met_is_said():
    assert suggest("köln")[0].met == ("" if suggest("köln")[0].place.name == "Köln" else "koln")
    assert suggest("lisboa")[0].met == "lisboa"


def test_nothing_that_is_typed_is_an_error(cast, client_of):
    ada, stranger = cast.client("ada"), client_of(None)
    for typed in HOSTILE:
        page = ada.get("/places/", {"q": typed.encode("utf-8", "surrogatepass")})
        assert page.status_code == 200, typed
        assert "<script>" not in page.content.decode()
        assert len(suggest(typed)) <= 10
        assert len(find(typed)) <= 20
    assert stranger.get("/places/?q=%ff%fe&q=%00").status_code == 200
    assert (
        '<option hidden value="Delft, South Holland, Netherlands">' in stranger.get("/places/?q=delft").content.decode()
    )
    assert stranger.post("/places/?q=delft").status_code == 405


def test_it_costs_the_same_however_many_are_meant():
    assert len(queries(lambda: suggest("san, u"))) == len(queries(lambda: suggest("delft, ne"))) == 4
    assert len(queries(lambda: find("Springfield, Illinois"))) <= 5


def test_the_indexes_are_used():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE gazetteer_placename")
        for condition in ("folded = 'delft'", "folded LIKE 'delf%'", "folded % 'reykjavk'"):
            cursor.execute(f"EXPLAIN SELECT place_id FROM gazetteer_placename WHERE {condition}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Index" in plan, plan


def test_a_network_has_them_from_its_first_moment():
    lines = list(loading.lines())
    assert Place.objects.count() == len(lines) == 34_006
    assert all(line.name and line.name == line.name.strip() and len(line.name) <= 200 for line in lines)
    assert PlaceName.objects.count() > 200_000
    assert not Place.objects.filter(names=None).exists()
    assert sum(path.stat().st_size for path in loading.DATA.iterdir()) < 2_000_000


def test_loading_again_changes_nothing():
    kept = PlaceName.objects.order_by("pk").values_list("pk", flat=True).first()
    before = (Place.objects.count(), PlaceName.objects.count())
    Place.objects.filter(name="Delft").delete()
    with transaction.atomic(), connection.cursor() as cursor:
        loading.load(cursor)
    assert (Place.objects.count(), PlaceName.objects.count()) == before
    assert PlaceName.objects.order_by("pk").values_list("pk", flat=True).first() == kept
