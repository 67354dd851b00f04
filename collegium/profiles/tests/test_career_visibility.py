"""Who reads which part of a career on its pages: a canary in every part, over the cast; written by hand as policy."""

import json
import re

import pytest

from collegium.audience.level import Level
from collegium.career import actions
from collegium.career.models import Holding, Item
from collegium.career.sections import Part, Section
from collegium.members.models import Member
from collegium.profiles.tests.careers import CANARIES, CONTACT, fill

pytestmark = pytest.mark.django_db

EVERYBODY = "ada bo cy di ed eve flo hal gus nobody"
PUBLIC, MEMBERS, HIDDEN = Member.Visibility.PUBLIC, Member.Visibility.MEMBERS, Member.Visibility.HIDDEN
# Who reads a part: (visibility of the profile, audience of the part). Gus is suspended, so he is nobody.
WHO_READS = {
    (PUBLIC, Level.EVERYONE): "ada bo cy di flo hal gus nobody",
    (PUBLIC, Level.MEMBERS): "ada bo cy di flo hal",
    (PUBLIC, Level.NETWORK): "ada bo cy",
    (PUBLIC, Level.CONNECTIONS): "ada bo",
    (PUBLIC, Level.ONLY_ME): "ada",
    (MEMBERS, Level.EVERYONE): "ada bo cy di flo hal",
    (MEMBERS, Level.NETWORK): "ada bo cy",
    (HIDDEN, Level.EVERYONE): "ada bo",
    (HIDDEN, Level.CONNECTIONS): "ada bo",
}


@pytest.mark.parametrize(("visibility", "level"), WHO_READS)
def test_who_reads_the_parts(cast, visibility, level):
    fill(cast.ada, level)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=visibility)
    expected = set(WHO_READS[visibility, level].split())
    for name in EVERYBODY.split():
        page = cast.client(name).get(cast.ada.path)
        text = page.content.decode() if page.status_code == 200 else ""
        for canary in (*CANARIES.values(), CONTACT):
            assert (canary in text) is (name in expected), (name, canary)


def test_each_part_has_its_own_audience(cast):
    fill(cast.ada)
    di = cast.client("di")
    for part, canary in CANARIES.items():
        actions.set_audience(cast.ada, Part(part), Level.CONNECTIONS)
        closed, open_to = di.get(cast.ada.path).content.decode(), cast.client("bo").get(cast.ada.path).content.decode()
        assert canary not in closed, part
        assert f'id="part-{part}"' not in closed, part
        assert canary in open_to, part
        assert all(other in closed for name, other in CANARIES.items() if name != part), part
        actions.set_audience(cast.ada, Part(part), Level.EVERYONE)


def test_the_page_of_a_part_that_is_closed_or_empty_does_not_exist(cast):
    fill(cast.ada, Level.CONNECTIONS)
    for part in [*sorted(set(CANARIES) - {"about"}), "recommendations"]:
        path = f"{cast.ada.path}{part}/"
        empty, absent = (cast.client("di").get(f"/in/{handle}/{part}/") for handle in ("bo-okafor", "bo-okafox"))
        closed = cast.client("di").get(path)
        assert closed.status_code == empty.status_code == absent.status_code == 404, part
        assert set(closed.headers) == set(absent.headers)
        if part != "recommendations":
            shown = cast.client("bo").get(path)
            assert shown.status_code == 200
            assert CANARIES[part] in shown.content.decode()
        assert cast.client("ada").get(path).status_code == 200


def test_pieces_are_fetched_under_the_same_rule(cast):
    fill(cast.ada, Level.CONNECTIONS)
    for part, canary in CANARIES.items():
        path, look = f"{cast.ada.path}parts/{part}/", {"HX-Request": "true"}
        assert canary in cast.client("bo").get(path, headers=look).content.decode(), part
        assert canary not in cast.client("di").get(path, headers=look).content.decode(), part
    assert cast.client("bo").get(f"{cast.ada.path}parts/skills/").url == f"{cast.ada.path}#part-skills"
    Member.objects.filter(pk=cast.ada.pk).update(visibility=HIDDEN)
    assert cast.client("di").get(f"{cast.ada.path}parts/skills/", headers=look).status_code == 404


# What only people may read is in nothing that programs read; and signed in, nobody is given any of that.
def test_programs_read_what_anybody_reads(cast):
    Member.objects.filter(pk=cast.ada.pk).update(visibility=PUBLIC)
    fill(cast.ada)
    told = person(cast.client("nobody").get(cast.ada.path).content.decode())
    assert told["knowsAbout"] == [CANARIES[Part.SKILLS]]
    assert told["jobTitle"] == [CANARIES[Part.POSITIONS]]
    assert told["sameAs"] == [f"https://{CONTACT}"]
    fill_closed(cast.ada)
    page = cast.client("nobody").get(cast.ada.path).content.decode()
    assert set(person(page)) <= {"@type", "@id", "url", "name", "identifier", "description"}
    assert "canary" not in page
    assert "ld+json" not in cast.client("bo").get(cast.ada.path).content.decode()
    Member.objects.filter(pk=cast.ada.pk).update(visibility=MEMBERS)
    assert cast.client("nobody").get(f"{cast.ada.path}card.png").status_code == 404
    assert cast.client("ada").get(f"{cast.ada.path}card.png").status_code == 404


def test_a_skill_that_was_taken_off_is_on_no_page(cast):
    """On the page and those of its part, in the CV and in what programs read; then nowhere; then again."""
    Member.objects.filter(pk=cast.ada.pk).update(visibility=PUBLIC)
    fill(cast.ada)
    row, word = Holding.objects.get(member=cast.ada), CANARIES[Part.SKILLS]
    item = Item.objects.filter(member=cast.ada, section=Section.POSITIONS).get()
    actions.edit(item, by=cast.ada, skills=[word])
    places = ("", "skills/", "positions/", "parts/skills/", "parts/positions/", "cv/", "cv/resume.json")

    def where(name: str) -> list[str]:
        browser, look = cast.client(name), {"HX-Request": "true"}
        pages = {
            place: browser.get(f"{cast.ada.path}{place}", headers=look if "parts" in place else {}) for place in places
        }
        return [place for place, page in pages.items() if word in page.content.decode()]

    before = {name: where(name) for name in EVERYBODY.split()}
    assert {name for name, seen in before.items() if seen} == set(EVERYBODY.split()) - {"ed", "eve"}
    assert {"", "skills/", "parts/skills/", "cv/resume.json"} <= set(before["bo"])
    actions.remove_skill(row, by=cast.ada)
    assert {name: where(name) for name in before} == {name: [] for name in before}
    assert "knowsAbout" not in person(cast.client("nobody").get(cast.ada.path).content.decode())
    assert cast.client("bo").get(f"{cast.ada.path}skills/").status_code == 404
    actions.restore_skill(row, by=cast.ada)
    assert {name: where(name) for name in before} == before


def fill_closed(member):
    for part in Part:
        actions.set_audience(member, part, Level.MEMBERS)
    for contact in member.contacts.all():
        actions.edit_contact(contact, by=member, audience=Level.MEMBERS)


def person(page):
    found = re.search(r'<script type="application/ld\+json" nonce="[^"]*">(.*?)</script>', page)
    return json.loads(found[1])["mainEntity"]


def test_counts_are_of_what_the_reader_sees(cast):
    actions.add_skills(cast.ada, [f"Skill {n}" for n in range(20)])
    assert "All 20 skills" in cast.client("di").get(cast.ada.path).content.decode()
    actions.set_audience(cast.ada, Part.SKILLS, Level.CONNECTIONS)
    assert "skills" not in cast.client("di").get(cast.ada.path).content.decode().lower().split("<main")[1]
