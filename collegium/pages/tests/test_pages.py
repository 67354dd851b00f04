"""What everybody sees of organisations: the page, the plain record, the directory, followers, the log."""

import json
import re

import pytest

from collegium.accounts.models import User
from collegium.career import actions as career
from collegium.career.sections import Section
from collegium.media.decode import SIZES
from collegium.media.storage import store
from collegium.organizations.models import Organization
from collegium.pages.actions import claiming, editing, following, working
from collegium.pages.models import Follow, Part
from collegium.pages.tests import scene
from collegium.testing.cast import client_of, make_member
from collegium.testing.fixtures import assert_same_queries, queries

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script> "quoted" & {{ 7*7 }}'


def main(response):
    return response.content.decode().partition("<main")[2].partition("</main")[0]


def test_everybody_reads_a_plain_record(cast):
    row = scene.plain(website="https://www.dams.example/en")
    for browser in (client_of(None), cast.client("ada"), cast.client("di")):
        page = browser.get(row.path)
        text = page.content.decode()
        assert page.status_code == 200
        for words in ("Nordic Dam Works", "Company", "Uppsala", "<bdi>dams.example</bdi>", "avatar-organization"):
            assert words in text
        assert 'rel="nofollow noopener"' in text
        assert "Nobody speaks for it here yet" in text
        assert "Follow" not in main(page)
    assert client_of(None).get("/organizations/nobody-here/").status_code == 404


def test_words_are_only_words(cast):
    row = scene.proved(cast.ada)
    said = {"name": HOSTILE, "about": HOSTILE, "place": HOSTILE, "places": [HOSTILE], "industry": HOSTILE[:90]}
    Organization.objects.filter(pk=row.pk).update(**said)
    text = client_of(None).get(row.path).content.decode()
    assert "<script>alert" not in text
    assert "49" not in main(client_of(None).get(row.path))


def test_programs_read_what_stands_there(cast):
    row = scene.proved(cast.ada)
    editing.edit(row, by=cast.ada, about="</script> dams", founded=1899, places=["Oslo"], industry="energy")
    text = client_of(None).get(row.path).content.decode()
    data = json.loads(re.search(r'ld\+json"[^>]*>(.*?)</script>', text)[1])
    assert (data["@type"], data["name"], data["foundingDate"]) == ("Organization", "Nordic Dam Works", "1899")
    assert data["description"] == "</script> dams"
    assert [place["name"] for place in data["location"]] == ["Uppsala", "Oslo"]
    assert "ld+json" not in cast.client("ada").get(row.path).content.decode()


def test_a_page_costs_few_statements_whatever_hangs_on_it(cast):
    at = scene.staffed(cast)
    browser = cast.client("bo")

    def grow():
        for number in range(12):
            member = make_member(f"Fan {number}")
            following.follow(at.page, by=member)
            scene.give(at.page, member, Part.RECRUITER, at.super)
            working.be_named(at.page, named=True, by=member)

    assert_same_queries(lambda: browser.get(at.page.path), grow, lambda: browser.get(at.page.path))
    nobody = client_of(None)
    nobody.get(at.page.path)
    assert len(queries(lambda: nobody.get(at.page.path))) <= 9


@pytest.mark.parametrize("tail", ["roles/", "followers/", "log/", "disputes/"])
def test_lists_cost_the_same_however_long(cast, tail):
    page = scene.proved(cast.ada)
    browser = cast.client("ada")

    def some(number):
        def grow():
            for each in range(number):
                member = make_member(f"Person {number} {each}")
                following.follow(page, by=member)
                working.offer(page, member, Part.ANALYST, by=cast.ada)

        return grow

    some(2)()
    assert_same_queries(lambda: browser.get(page.path + tail), some(15), lambda: browser.get(page.path + tail))


def test_following_counts_what_is_there(cast):
    page, bo = scene.proved(cast.ada), cast.client("bo")
    for verb, count in (("follow", 1), ("follow", 1), ("unfollow", 0), ("unfollow", 0), ("follow", 1)):
        assert bo.post(f"{page.path}{verb}/").status_code == 302
        page.refresh_from_db()
        assert page.follower_count == Follow.objects.count() == count
    fragment = bo.post(f"{page.path}unfollow/", headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert 'id="org-following"' in fragment.content.decode()
    assert "hx-swap-oob" in fragment.content.decode()


def test_a_plain_record_is_not_followed(cast):
    row = scene.plain()
    assert cast.client("bo").post(f"{row.path}follow/").status_code == 403
    assert not Follow.objects.exists()


def test_administrators_see_only_followers_whom_they_may_come_across(cast):
    page = scene.proved(cast.ada)
    hidden = make_member("Hidden Fan", visibility=3)
    for member in (cast.bo, cast.di, cast.eve, cast.ed, hidden):
        following.follow(page, by=member)
    text = main(cast.client("ada").get(f"{page.path}followers/"))
    assert "5 people follow" in text
    assert {name for name in ("Bo Okafor", "Di Varga", "Eve Marchetti", "Ed Novak", "Hidden Fan") if name in text} == {
        "Bo Okafor",
        "Di Varga",
    }


def test_recruiters_are_named_when_they_wish(cast):
    at = scene.staffed(cast)
    name = at.recruiter.name
    assert name not in main(cast.client("bo").get(at.page.path))
    client_of(at.recruiter).post(f"{at.page.path}roles/naming/", {"named": "1"})
    assert name in main(cast.client("bo").get(at.page.path))
    assert name not in main(client_of(None).get(at.page.path))
    client_of(at.recruiter).post(f"{at.page.path}roles/naming/", {"named": "0"})
    assert name not in main(cast.client("bo").get(at.page.path))


def test_the_log_says_who_when_and_what(cast):
    at = scene.staffed(cast)
    editing.edit(at.page, by=at.content, about="We build dams.", industry="energy", founded=1899)
    text = main(cast.client("ada").get(f"{at.page.path}log/"))
    for words in (
        at.content.name,
        "changed what the page says",
        '<del dir="auto">We *dam*.</del>',
        "We build dams.",
        "Electricity, gas and heat",
        "1899",
        "became: Editor",
        "proved dams.example",
    ):
        assert words in text, words
    editing.edit(at.page, by=at.content, about="We build dams.")
    assert main(cast.client("ada").get(f"{at.page.path}log/")).count("changed what the page says") == 1


def test_the_log_does_not_tell_who_named_the_organisation_first(cast):
    row = career.add(cast.di, Section.POSITIONS, title="Diver", organization_name="Deep Works").organization
    claiming.prove(claiming.claim(row, "deep.example", by=cast.ada), "dns", by=cast.ada)
    assert "Di Varga" not in main(cast.client("ada").get(f"{row.path}log/"))


def test_a_page_is_edited_within_its_bounds(cast):
    page, ada = scene.proved(cast.ada), cast.client("ada")
    said = {
        "name": "Dam Works",
        "kind": "company",
        "website": "https://careers.dams.example",
        "places": "Oslo\n\nOslo\nRiga",
    }
    assert ada.post(f"{page.path}edit/", said).status_code == 302
    page.refresh_from_db()
    assert (page.name, page.website, page.places) == ("Dam Works", "https://careers.dams.example", ["Oslo", "Riga"])
    for wrong in (
        {"website": "https://evil.example"},
        {"website": "https://notdams.example"},
        {"website": "javascript:alert(1)"},
        {"founded": "9999"},
        {"founded": "-4"},
        {"founded": "x"},
        {"industry": "made up"},
        {"size": "a few"},
        {"kind": "church"},
        {"name": ""},
        {"name": "x" * 300},
        {"about": "x" * 3000},
        {"places": "\n".join(f"Place {n}" for n in range(30))},
        {"places": "x" * 150},
    ):
        assert ada.post(f"{page.path}edit/", said | wrong).status_code == 422, wrong


def test_owners_correct_plain_records_and_nobody_else(cast):
    row = scene.plain()
    said = {"name": "Dam Works of the North", "kind": "company"}
    assert cast.client("ada").post(f"{row.path}edit/", said).status_code == 403
    User.objects.filter(pk=cast.ada.user_id).update(role=User.Role.OWNER)
    assert cast.client("ada").post(f"{row.path}edit/", said).status_code == 302
    row.refresh_from_db()
    assert row.name == "Dam Works of the North"


def test_logos_are_there_for_everybody_as_long_as_they_hang(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = scene.proved(cast.ada)
    first = store(dict.fromkeys(SIZES["photo"], b"RIFF"))
    editing.put_picture(page, "photo", first, by=cast.ada)
    page.refresh_from_db()
    for browser in (client_of(None), cast.client("ada"), cast.client("eve")):
        assert browser.get(page.photo_url).status_code == 200
    for wrong in (
        page.photo_url.replace("/photo/", "/cover/"),
        page.photo_url.replace("organizations", "groups"),
        page.photo_url.replace("organizations", "people"),
        page.photo_url.replace("-192.", "-191."),
        page.photo_url.replace(str(page.pk), "9999999999999999999"),
    ):
        assert client_of(None).get(wrong).status_code == 404, wrong
    old = page.photo_url
    editing.put_picture(page, "photo", "", by=cast.ada)
    assert client_of(None).get(old).status_code == 404


def test_the_directory(cast):
    page = scene.proved(cast.ada)
    scene.plain("Works of the North")
    following.follow(page, by=cast.bo)
    gone = scene.plain("Gone Works")
    Organization.objects.filter(pk=gone.pk).update(merged_into=page)
    text = main(cast.client("bo").get("/organizations/"))
    assert text.index("Nordic Dam Works") < text.index("Works of the North")
    assert "Gone Works" not in text
    assert "Following" in text
    assert "Works of the North" in main(client_of(None).get("/organizations/?q=north"))
    assert "Nordic Dam Works" in main(client_of(None).get("/organizations/?q=gone+works"))
    assert "Works of the North" not in main(client_of(None).get("/organizations/?kind=school"))


def test_the_directory_goes_on_behind_its_cursor(cast):
    for number in range(65):
        scene.plain(f"Works {number:03}")
    seen, address = [], "/organizations/"
    while address:
        text = (
            cast.client("bo")
            .get(address, headers={"HX-Request": "true"} if "after" in address else {})
            .content.decode()
        )
        seen += re.findall(r"<bdi>(Works \d+)</bdi></a>", text)
        found = re.search(r'href="(/organizations/\?kind=&(?:amp;)?after=[^"]+)"', text)
        address = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 65
    assert_same_queries(
        lambda: cast.client("bo").get("/organizations/"),
        lambda: scene.plain("One more"),
        lambda: cast.client("bo").get("/organizations/"),
    )


SEES = {
    # who: the words of the head that tell apart what each may do
    "ada": {"manage/"},
    "bo": {"follow/"},
    "di": {"follow/"},
    "ed": {"follow/"},
    "eve": {"follow/"},
    "hal": {"follow/"},
    "gus": {"login"},
    "nobody": {"login"},
}


def test_who_sees_what_in_the_head(cast):
    at = scene.staffed(cast)
    for name, expected in SEES.items():
        text = main(cast.client(name).get(at.page.path))
        assert {word for word in ("manage/", "login") if word in text} == expected - {"follow/"}, name
        assert ('action="/organizations/nordic-dam-works/follow/"' in text) == (name not in {"gus", "nobody"}), name
    for part in ("content", "recruiter", "analyst"):
        assert "manage/" in main(client_of(getattr(at, part)).get(at.page.path)), part
    for other in ("former", "owner"):
        assert "manage/" not in main(client_of(getattr(at, other)).get(at.page.path)), other


@pytest.mark.parametrize("handle", ["%00", "Ada", "x" * 400, "..%2f", "%ff", "💧", "register"])
def test_what_is_no_handle_is_nothing(cast, handle):
    for tail in ("", "manage/", "claim/", "people/"):
        assert cast.client("ada").get(f"/organizations/{handle}/{tail}").status_code == 404


def test_followers_go_on_behind_the_cursor(cast):
    page = scene.proved(cast.ada)
    for number in range(35):
        following.follow(page, by=make_member(f"Fan {number:02}"))
    ada = cast.client("ada")
    text = ada.get(f"{page.path}followers/").content.decode()
    cursor = re.search(r"followers/\?after=([\w-]+)", text)[1]
    rest = ada.get(f"{page.path}followers/?after={cursor}", headers={"HX-Request": "true"}).content.decode()
    seen = re.findall(r"<bdi>(Fan \d+)</bdi>", text) + re.findall(r"<bdi>(Fan \d+)</bdi>", rest)
    assert len(set(seen)) == 35
    for wrong in ("x", "AAAA", "_____________________w", "f" * 22):
        assert ada.get(f"{page.path}followers/?after={wrong}").status_code in (200, 404)


def test_nobody_learns_of_people_by_taking_parts_away(cast):
    """Whoever does not keep the page gets one answer, whether there is such a member or not."""
    page, hidden = scene.proved(cast.ada), make_member("Hidden Fan", visibility=3)
    for handle in (hidden.handle, "nobody-here", cast.ada.handle, "\x00"):
        said = {"member": handle, "part": "analyst"}
        assert cast.client("bo").post(f"{page.path}roles/removal/", said).status_code == 403
        assert cast.client("bo").post(f"{page.path}roles/retraction/", said).status_code == 403
