"""The board as people get it: one page and a plain form for everybody, and nothing typed is an error."""

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from collegium.lib import clock
from collegium.openings.models import Hidden
from collegium.openings.tests.scene import acme, opening, works_at
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
HOSTILE = (
    "q=%00&place=%FF%FE",
    "q=" + "(" * 199,
    "q=%27%3A*%20%7C%20%26%20%21%20%5C",
    "q='a':*b <-> !c",
    "q=" + "a OR " * 60,
    "q=NOT NOT NOT (a OR -b) title:",
    "q=%F0%9F%92%A9 水道 \u202e",
    "place=Delft&radius=-1&remote=2",
    "place=,,,,&radius=1e9",
    "pay=99999999999999999999&currency=%00&period=%27",
    "pay=-5&pay=&pay=٣٤",
    "pay=50000&currency=XXX",
    "way=on-site&way=x&kind=%00&level=99999999999999999999&since=0&since=-1",
    "company=%00&company=" + "x" * 5000,
    "skill=" + "&skill=".join(["x"] * 200),
    "country=zz&country=%C3%A9%C3%A9&country=N",
    "known=7&known=1",
    "after=AAAA",
)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", ["/jobs/", "/jobs.rss", "/jobs.atom", "/jobs.json", "/jobs/facets/skill/"])
def test_nothing_typed_is_an_error(cast: Cast, path: str, query: str) -> None:
    opening(cast.ada)
    for client in (cast.client("bo"), Client()):
        assert client.get(f"{path}?{query}").status_code in {200, 404 if "after" in query else 200}


def test_what_is_hidden_leaves_the_page_as_it_was(cast: Cast) -> None:
    """Byte for byte, but for what every page differs in."""
    opening(cast.ada, title="Seen", country="NL")
    before = {name: stripped(cast.client(name).get("/jobs/?q=seen OR secret")) for name in ("bo", "di", "nobody")}
    row = opening(cast.ada, title="Secret", country="FJ", way="remote", yearly_euros=90_000)
    for name in ("bo", "di", "nobody"):
        Hidden.objects.create(opening=row, what="person", person=getattr(cast, name, cast.cy))
    after = {name: stripped(cast.client(name).get("/jobs/?q=seen OR secret")) for name in ("bo", "di", "nobody")}
    assert before == after
    assert "Secret" in text(cast.client("flo").get("/jobs/?q=seen OR secret"))


def stripped(answer: object) -> str:
    page = text(answer)
    return page[page.index('<div class="seek"') : page.index("</section>")]


def test_words_are_said_as_they_were_read(cast: Cast) -> None:
    opening(cast.ada, title="Data engineer")
    page = text(Client().get("/jobs/", {"q": 'title:data NOT "dam works"'}))
    assert "Understood as" in page
    assert "title: data… AND NOT “dam works”" in page
    assert "1 opening" in page


def test_around_a_town(cast: Cast) -> None:
    opening(cast.ada, title="Near", latitude=52.08, longitude=4.30, country="NL")
    opening(cast.ada, title="Far", latitude=60.17, longitude=24.94, country="FI")
    opening(cast.ada, title="From anywhere", way="remote", country="", place="")
    opening(cast.ada, title="From Finland", way="remote", country="", place="", countries=["FI"])
    page = text(Client().get("/jobs/?place=Delft&radius=25"))
    assert [each in page for each in ("Near", "Far<", "From anywhere", "From Finland")] == [True, False, False, False]
    page = text(Client().get("/jobs/?place=Delft&radius=25&remote=1"))
    assert [each in page for each in ("Near", "Far<", "From anywhere", "From Finland")] == [True, False, True, False]
    assert "No town called" in text(Client().get("/jobs/?place=Nowhereville"))


def test_where_i_know_somebody(cast: Cast) -> None:
    dams = Organization.objects.create(handle="dams", name="Dam Works")
    works_at(cast.bo, acme())
    works_at(cast.cy, dams)
    opening(cast.di, title="With Bo")
    opening(cast.di, dams, title="With Cy")
    opening(cast.di, Organization.objects.create(handle="none", name="None"), title="With nobody")

    def found(name: str, known: int) -> list[str]:
        page = text(cast.client(name).get(f"/jobs/?known={known}"))
        return [each for each in ("With Bo", "With Cy", "With nobody") if f">{each}<" in page]

    assert found("ada", 1) == ["With Bo"]
    assert found("ada", 2) == ["With Bo", "With Cy"]
    assert found("di", 2) == []
    assert found("nobody", 1) == ["With Bo", "With Cy", "With nobody"]


def test_pay_in_another_currency(cast: Cast) -> None:
    opening(cast.ada, title="Well paid", yearly_euros=60_000)
    opening(cast.ada, title="Badly paid", yearly_euros=20_000)
    opening(cast.ada, title="Paid once", yearly_euros=None)
    page = text(Client().get("/jobs/?pay=4000&period=month&currency=USD"))
    assert ">Well paid<" in page
    assert ">Badly paid<" not in page
    assert ">Paid once<" not in page
    assert "from $4,000 a month" in page or "from US$4,000 a month" in page


@pytest.mark.parametrize(("ending", "kind"), [("rss", "rss"), ("atom", "atom"), ("json", "feed+json")])
def test_feeds_are_what_everybody_may_read(cast: Cast, ending: str, kind: str) -> None:
    opening(cast.ada, title="For all & sundry")
    opening(cast.ada, title="For members", members_only=True)
    opening(cast.ada, title="Over", expires_at=clock.now() - timedelta(days=1))
    answer = cast.client("bo").get(f"/jobs.{ending}?q=for OR over")
    assert answer["Content-Type"].startswith(f"application/{kind}")
    assert "sundry" in text(answer)
    assert "For members" not in text(answer)
    assert "Over" not in text(answer)
    json.loads(text(answer)) if ending == "json" else ET.fromstring(answer.content)
    assert Client().get(f"/jobs.{ending}?q=for OR over", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_as_many_statements_for_many(cast: Cast) -> None:
    client = cast.client("bo")

    def grow() -> None:
        for number in range(30):
            opening(
                make_member(f"Poster {number}"), Organization.objects.create(handle=f"o{number}", name=f"Dams {number}")
            )

    opening(cast.ada)

    def look() -> object:
        return client.get("/jobs/?q=engineer&way=on-site&place=Uppsala&remote=1")

    assert_same_queries(look, grow, look)


def test_the_next_page_is_a_plain_link(cast: Cast) -> None:
    for number in range(25):
        opening(cast.ada, title=f"Number {number:02}")
    page = text(Client().get("/jobs/"))
    assert "25 openings" in page
    assert ">Number 24<" in page
    assert ">Number 04<" not in page
    address = page[page.index("/jobs/?after=") :].partition('"')[0]
    more = text(Client().get(address))
    assert ">Number 04<" in more
    assert ">Number 05<" not in more


def test_all_values_of_a_facet(cast: Cast) -> None:
    for number in range(8):
        place = Organization.objects.create(handle=f"o{number}", name=f"Dams {number}")
        opening(cast.ada, place)
    page = text(Client().get("/jobs/?company=o3"))
    assert 'id="chosen-company' in page
    assert ">1 opening<" in page
    assert ">2 more<" in page or "2 more" in page
    listed = text(Client().get("/jobs/facets/company/?find=dams 7"))
    assert "Dams 7" in listed
    assert "Dams 6" not in listed
    assert Client().get("/jobs/facets/way/").status_code == 404
