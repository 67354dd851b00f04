"""What programs read: structured data, microformats, cards, and whether they may list the page."""

import json
import re

import pytest

from collegium.career import actions
from collegium.career.sections import Section
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.profiles import card
from collegium.testing.cast import client_of

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script> & <!-- \u2028 \"'"


@pytest.fixture
def kim(make_member):
    """Somebody whose profile is public, with a little of everything that programs are told."""
    kim = make_member("Kim Lund", visibility=0, headline="Rivers & dams", place="Uppsala")
    Organization.objects.create(handle="nordvatten", name="Nordvatten", kind="company")
    actions.add(kim, Section.POSITIONS, title="Head of dams", organization_name="Nordvatten", started="2021-03")
    actions.add(
        kim, Section.POSITIONS, title="Engineer", organization_name="Elsewhere", started="2010", ended="2021-02"
    )
    actions.add(kim, Section.EDUCATION, organization_name="KTH", title="MSc", started="2005", ended="2010")
    actions.add(kim, Section.LANGUAGES, title="Swedish", kind="native")
    actions.add_skills(kim, ["Hydraulics"])
    return kim


def read(client, path):
    page = client.get(path)
    assert page.status_code == 200
    return page, page.content.decode()


def structured(text):
    found = re.findall(r'<script type="application/ld\+json" nonce="([^"]+)">(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0][1])


def test_schema_org(kim):
    _page, text = read(client_of(None), kim.path)
    data = structured(text)
    assert data["@type"] == "ProfilePage"
    person = data["mainEntity"]
    assert (person["@type"], person["name"], person["description"]) == ("Person", "Kim Lund", "Rivers & dams")
    assert person["jobTitle"] == ["Head of dams"]
    assert person["worksFor"] == [
        {"@type": "Organization", "name": "Nordvatten", "url": "http://testserver/organizations/nordvatten/"}
    ]
    assert person["alumniOf"] == [
        {"@type": "EducationalOrganization", "name": "KTH", "url": "http://testserver/organizations/kth/"}
    ]
    assert person["knowsLanguage"] == ["Swedish"]
    assert person["knowsAbout"] == ["Hydraulics"]


def test_what_is_hostile_stays_a_text(kim):
    Member.objects.filter(pk=kim.pk).update(name=HOSTILE[:100], headline=HOSTILE)
    _page, text = read(client_of(None), kim.path)
    assert structured(text)["mainEntity"]["description"] == HOSTILE
    assert "<script>alert" not in text
    assert "<!-- \u2028" not in text


def test_microformats(kim):
    _page, text = read(client_of(None), kim.path)
    marks = ("h-resume", "p-contact h-card", "p-name", "p-job-title", "p-experience h-event", "p-education h-event")
    for mark in marks:
        assert re.search(rf'class="[^"]*\b{mark}\b', text), mark
    assert '<time class="dt-start" datetime="2021-03">' in text
    assert '<bdi class="p-locality">Uppsala</bdi>' in text


def test_cards_for_those_who_share_it(kim):
    _page, text = read(client_of(None), kim.path)
    assert '<meta property="og:type" content="profile">' in text
    assert '<meta property="og:title" content="Kim Lund">' in text
    address = re.search(r'property="og:image" content="http://testserver([^"]+)"', text)[1]
    assert address == card.path(kim)
    before = card.path(kim)
    kim.headline = "Another"
    assert card.path(kim) != before


# Who is asked to list it: (visibility, may be listed).
LISTED = {(0, True): True, (0, False): False, (1, True): False}


@pytest.mark.parametrize(("visibility", "indexed"), LISTED)
def test_do_not_index(kim, make_member, visibility, indexed):
    Member.objects.filter(pk=kim.pk).update(visibility=visibility, indexed=indexed)
    client = client_of(make_member("Lee Park") if visibility else None)
    page, text = read(client, kim.path)
    expected = LISTED[visibility, indexed]
    assert ('<meta name="robots" content="noindex">' not in text) is expected
    assert ("X-Robots-Tag" not in page) is expected
    part, _text = read(client, f"{kim.path}positions/")
    assert ("X-Robots-Tag" not in part) is expected


def test_the_card_is_drawn_once_and_only_of_public_profiles(kim, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    nobody, path = client_of(None), f"{kim.path}card.png"
    drawn = nobody.get(path)
    assert drawn["Content-Type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")
    size = (int.from_bytes(drawn.content[16:20]), int.from_bytes(drawn.content[20:24]))
    assert size == (1200, 630)
    monkeypatch.setattr(card, "_drawn", lambda _person: pytest.fail("drawn twice"))
    assert nobody.get(path).content == drawn.content
    Member.objects.filter(pk=kim.pk).update(visibility=1)
    assert nobody.get(path).status_code == client_of(kim).get(path).status_code == 404
    assert nobody.get("/in/nobody-here/card.png").status_code == 404


@pytest.mark.parametrize(
    "name", [HOSTILE[:100], "陳美玲", "مريم العمودي", "W" * 100, "<b>", "&amp;", "%s %n", "🙂" * 50, "a\u0301" * 40]
)
def test_any_name_makes_a_card(kim, settings, tmp_path, name):
    settings.DATA_DIR = tmp_path
    Member.objects.filter(pk=kim.pk).update(name=name, headline=name[::-1], place=name)
    assert client_of(None).get(f"{kim.path}card.png").content.startswith(b"\x89PNG")


def test_a_card_that_cannot_be_drawn_is_not_there(kim, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(card, "_COMMAND", ["false"])
    assert client_of(None).get(f"{kim.path}card.png").status_code == 404


def test_old_cards_are_swept(kim, settings, tmp_path, monkeypatch):
    import os

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(card, "_drawn", lambda _person: b"\x89PNG")
    client_of(None).get(f"{kim.path}card.png")
    (file,) = tmp_path.glob("cards/*/*.png")
    card.sweep()
    assert file.exists()
    os.utime(file, (0, 0))
    card.sweep()
    assert not file.exists()
