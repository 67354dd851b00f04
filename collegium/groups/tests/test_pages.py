"""Pages of groups: what forms make of bad input, what they cost, and the ways through them without a script."""

import pytest

from collegium.groups import rules
from collegium.groups.actions import barring, doors, founding
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Ban, Group, Invitation, Membership, Question, Request, Role
from collegium.groups.tests.scene import RULES, asked, ban_of, group_of, make_scene, seat
from collegium.testing.cast import Cast, client_of, connect, make_member
from collegium.testing.fixtures import assert_same_queries

pytestmark = pytest.mark.django_db

FOUND = {"name": "Boats", "visibility": "private", "joining": "request"}
HOSTILE = [
    "",
    "x" * 10_000,
    "a\x00b",
    "<script>alert(1)</script>",
    "'; DROP TABLE groups_group; --",
    "\u202eabc",
    "🛶",
    "%",
]


def test_founding_through_the_page(cast: Cast) -> None:
    browser = cast.client("bo")
    answer = browser.post("/groups/new/", {**FOUND, "question_1": "Which boat?", "must_1": "on", "rules": RULES})
    group = Group.objects.get()
    assert answer.headers["Location"] == f"{group.path}invite/"
    assert (group.handle, group.visibility, group.joining) == ("boats", "private", "request")
    assert Question.objects.get().words == "Which boat?"
    assert browser.post("/groups/new/", {**FOUND, "handle": "boats"}).status_code == 409
    assert browser.post("/groups/new/", {**FOUND, "handle": "new"}).status_code == 422
    browser.post("/groups/new/", {**FOUND, "name": "Hidden", "visibility": "unlisted", "joining": "open"})
    assert Group.objects.get(name="Hidden").joining == "invitation"


def test_so_many_are_founded_a_day(cast: Cast) -> None:
    browser = cast.client("bo")
    codes = [browser.post("/groups/new/", {**FOUND, "name": f"Boats {number}"}).status_code for number in range(6)]
    assert codes == [302, 302, 302, 302, 302, 429]
    assert browser.post("/groups/new/", {"name": ""}).status_code == 422


@pytest.mark.parametrize("words", HOSTILE)
def test_bad_input_is_answered_plainly(cast: Cast, words: str) -> None:
    scene = make_scene(cast)
    path, owner = scene.group.path, cast.client("bo")
    fields = (
        "name",
        "line",
        "about",
        "rules",
        "welcome",
        "place",
        "visibility",
        "joining",
        "posting",
        "handle",
        "sure",
    )
    everything = dict.fromkeys(
        (*fields, "question_1", "reason", "days", "role", "note", "named", "heir", "agree"), words
    )
    posts = ["settings/", "settings/questions/", "invite/", "mine/", "rules/", "deletion/", "leave/", "settings/photo/"]
    people = [f"members/{cast.ada.handle}/{act}/" for act in ("role", "ban", "removal")]
    for page in [*people, *posts]:
        assert owner.post(path + page, everything).status_code < 500, page
    for query in ("q", "after", "role"):
        for page in ("/groups/", f"{path}members/", f"{path}log/", f"{path}bans/", f"{path}requests/"):
            answer = owner.get(page, {query: words})
            plain = b"<script>alert" not in answer.content
            assert (plain, answer.status_code < 500) == (True, True), page
    assert cast.client("hal").post("/groups/new/", everything).status_code in (302, 422)
    assert Group.objects.filter(pk=scene.group.pk).exists()


def test_numbers_no_key_has_are_nothing(cast: Cast) -> None:
    scene = make_scene(cast)
    for page in ("bans/{}/lifting/", "requests/{}/acceptance/", "requests/{}/decline/", "invitations/{}/withdrawal/"):
        for number in (0, 7, 2**63, 10**30):
            assert cast.client("bo").post(scene.group.path + page.format(number)).status_code == 404


def test_what_belongs_to_another_group_is_not_reached_through_ones_own(cast: Cast) -> None:
    scene = make_scene(cast)
    own = group_of(cast.di, "Elsewhere")
    invitation = Invitation.objects.get()
    for page in (
        f"requests/{asked(scene).pk}/acceptance/",
        f"bans/{ban_of(scene).pk}/lifting/",
        f"invitations/{invitation.pk}/withdrawal/",
    ):
        assert cast.client("di").post(own.path + page).status_code == 404
    assert (Request.objects.standing().count(), Ban.objects.holding().count()) == (1, 1)
    assert Invitation.objects.standing().count() == 1


def test_a_box_that_must_be_ticked(cast: Cast) -> None:
    group = group_of(cast.bo, rules=RULES, welcome="Hello.")
    browser = cast.client("di")
    page = browser.get(f"{group.path}join/").content.decode()
    assert RULES in page
    assert browser.post(f"{group.path}join/").status_code == 422
    answer = browser.post(f"{group.path}join/", {"agree": "on"})
    assert answer.headers["Location"] == f"{group.path}welcome/"
    assert "Hello." in browser.get(f"{group.path}welcome/").content.decode()


def test_asking_answering_and_letting_in_by_forms(cast: Cast) -> None:
    charter = Charter(name="Boats", joining="request", visibility="private")
    group = founding.found(cast.bo, charter, questions=[("Which boat?", True)])
    question = Question.objects.get()
    browser, field = cast.client("di"), f"answer_{question.pk}"
    assert browser.post(f"{group.path}request/", {field: ""}).status_code == 422
    assert browser.post(f"{group.path}request/", {field: "A dinghy"}).status_code == 302
    owner = cast.client("bo")
    assert "A dinghy" in owner.get(f"{group.path}requests/").content.decode()
    key = Request.objects.get().pk
    assert owner.post(f"{group.path}requests/{key}/acceptance/").status_code == 302
    assert owner.post(f"{group.path}requests/{key}/acceptance/").status_code == 409
    assert rules.role(cast.di, group) == Role.MEMBER


def test_the_last_owner_hands_over_in_the_sheet(cast: Cast) -> None:
    scene = make_scene(cast)
    page = f"{scene.group.path}leave/"
    browser = cast.client("bo")
    assert "only owner" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 409
    assert browser.post(page, {"heir": scene.stranger.handle}).status_code == 422
    assert browser.post(page, {"heir": cast.di.handle}).status_code == 302
    assert rules.role(cast.di, scene.group) == Role.OWNER


def test_inviting_by_ticking_and_by_name(cast: Cast) -> None:
    group = group_of(cast.bo, joining="invitation", visibility="unlisted")
    browser = cast.client("bo")
    assert browser.post(f"{group.path}invite/", {}).status_code == 422
    assert browser.post(f"{group.path}invite/", {"named": f"@{cast.di.handle}"}).status_code == 409
    assert browser.post(f"{group.path}invite/", {"people": [cast.ada.handle], "note": "Come."}).status_code == 302
    assert browser.post(f"{group.path}invite/", {"named": f"@{cast.cy.handle}"}).status_code == 302
    assert Invitation.objects.standing().count() == 2
    assert group.name in cast.client("ada").get("/groups/").content.decode()
    assert cast.client("ada").post(f"{group.path}invitation/decline/").status_code == 302
    assert cast.client("ada").get(f"{group.path}about/").status_code == 404


def test_what_reaches_one_is_kept(cast: Cast) -> None:
    group = group_of(cast.bo)
    cast.client("bo").post(f"{group.path}mine/", {"in_digest": "on"})
    mine = Membership.objects.get()
    assert (mine.at_home, mine.in_digest, mine.reachable) == (False, True, False)


def test_a_ban_is_seen_where_one_comes_to_the_door(cast: Cast) -> None:
    scene = make_scene(cast)
    page = scene.client("banned").get(f"{scene.group.path}about/").content.decode()
    assert "Sold things." in page
    assert "request/" not in page


def test_a_card_for_htmx_is_a_fragment(cast: Cast) -> None:
    group = group_of(cast.bo)
    answer = cast.client("bo").get(f"{group.path}leave/", headers={"HX-Request": "true"})
    assert b"<html" not in answer.content
    assert b'id="dialog-title"' in answer.content


def grow(cast: Cast, group: Group, least: int = 0) -> None:
    for number in range(least, least + 8):
        member = make_member(f"Person {number}")
        connect(member, cast.bo)
        seat(group, member, number % 3)
        asking, banned, invited = (make_member(f"{kind} {number}") for kind in ("Asking", "Banned", "Invited"))
        Request.objects.create(group=group, member=asking, answers=[{"question": "Why?", "answer": "So."}])
        barring.ban(group, banned, by=cast.bo, reason="x")
        Invitation.objects.create(group=group, member=invited, sender=cast.bo)
        other = group_of(member, f"Other {number}", place="Delft")
        Invitation.objects.create(group=other, member=cast.bo, sender=member)
        third, fourth = group_of(member, f"Third {number}"), group_of(member, f"Fourth {number}", joining="request")
        seat(third, cast.bo, Role.MANAGER)
        doors.ask(fourth, by=cast.bo, answers={})
        group_of(member, f"Fifth {number}")


@pytest.mark.parametrize(
    "page", ["", "?q=th", "{}/about/", "{}/members/", "{}/requests/", "{}/bans/", "{}/invite/", "{}/log/"]
)
def test_pages_cost_the_same_however_much_there_is(cast: Cast, page: str) -> None:
    group = group_of(cast.bo, joining="request")
    browser = client_of(cast.bo)
    address = "/groups/" + page.format(group.handle)
    grow(cast, group)

    def look() -> None:
        assert browser.get(address).status_code == 200

    assert_same_queries(look, lambda: grow(cast, group, 8), look)
