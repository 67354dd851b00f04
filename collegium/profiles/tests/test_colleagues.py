"""The people of an organisation: a table over the cast, since everything here is a read."""

import pytest

from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.sections import Part, Section
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.testing.cast import client_of
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db
PATH = "/organizations/nordvatten/people/"


@pytest.fixture
def nordvatten(cast):
    """A company where everybody works; Cy did before, and Di studied."""
    record = Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="company")
    for name in ("bo", "ed", "eve", "flo", "hal"):
        actions.add(getattr(cast, name), Section.POSITIONS, title=f"Role of {name}", organization_name="Nordvatten")
    actions.add(
        cast.cy, Section.POSITIONS, title="Former role", organization_name="Nordvatten", started="2001", ended="2003"
    )
    actions.add(cast.di, Section.EDUCATION, title="MSc", organization_name="Nordvatten")
    return record


NAMES = {"bo": "Bo Okafor", "ed": "Ed Novak", "eve": "Eve Marchetti", "flo": "Flo Reyes", "hal": "Hal Brandt"}


def listed(client, who="present"):
    text = client.get(PATH, {"who": who}).content.decode()
    text = text[text.index("<main") : text.index("</main")]
    return {name for name, full in (NAMES | {"cy": "Cy Tanaka", "di": "Di Varga"}).items() if full in text}, text


def test_who_is_listed_for_whom(cast, nordvatten):
    assert listed(cast.client("ada"))[0] == {"bo", "flo", "hal"}
    assert listed(cast.client("nobody"))[0] == set()
    Member.objects.filter(pk=cast.bo.pk).update(visibility=0)
    assert listed(cast.client("nobody"))[0] == {"bo"}
    Member.objects.filter(pk=cast.hal.pk).update(visibility=3)
    found, text = listed(cast.client("ada"))
    assert found == {"bo", "flo"}
    assert '<span class="lane-count">2</span>' in text
    actions.set_audience(cast.bo, Part.POSITIONS, Level.ONLY_ME)
    found, text = listed(cast.client("ada"))
    assert found == {"flo"}
    assert "Role of bo" not in text
    assert '<span class="lane-count">1</span>' in text


def test_former_and_studied(cast, nordvatten):
    ada = cast.client("ada")
    found, text = listed(ada, "former")
    assert found == {"cy"}
    assert "Former role" in text
    assert listed(ada, "studied")[0] == {"di"}
    actions.add(cast.cy, Section.POSITIONS, title="Back again", organization_name="Nordvatten", started="2020")
    assert listed(ada, "former")[0] == set()
    assert "cy" in listed(ada)[0]


def test_what_makes_no_sense_does_not_exist(cast, nordvatten):
    ada = cast.client("ada")
    for asked in ({"who": "x"}, {"after": "x"}, {"after": "AAAA"}, {"who": "\0"}):
        assert ada.get(PATH, asked).status_code == 404
    assert ada.get("/organizations/nowhere/people/").status_code == 404


def test_a_long_list_is_paged_without_gaps_and_costs_the_same(cast, nordvatten, make_member):
    def more(least, most):
        for n in range(least, most):
            actions.add(make_member(f"Person {n:03}"), Section.POSITIONS, title="Clerk", organization_name="Nordvatten")

    more(0, 2)
    kim = client_of(make_member("Kim Lund"))
    assert_same_queries(lambda: kim.get(PATH), lambda: more(2, 20), lambda: kim.get(PATH))
    more(20, 45)
    seen, path = [], PATH
    while path:
        text = kim.get(path).content.decode()
        text = text[text.index("<main") : text.index("</main")]
        seen += [n for n in range(45) if f"<bdi>Person {n:03}</bdi>" in text]
        after = text.split("&amp;after=")[1].split('"')[0] if "&amp;after=" in text else ""
        path = f"{PATH}?who=present&after={after}" if after else ""
    assert seen == list(range(45))
