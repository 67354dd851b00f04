"""Posting on a wall: from the wall, from the composer of home, by the clock; what is asked back; what stays where."""

from datetime import timedelta

import pytest
from django.test import Client

from collegium.feed import actions
from collegium.feed.drafts.tasks import post_due
from collegium.feed.models import Draft, Facet, Held, PlaceState, Post, Topic
from collegium.feed.places import topics
from collegium.feed.selecting import Choice
from collegium.feed.tests.walls import Walls, make_walls
from collegium.groups.actions import barring
from collegium.groups.models import Group, Membership, Posting, Visibility
from collegium.lib import clock
from collegium.lib.refusal import Refusal
from collegium.testing.cast import Cast

SENT = {"commenting": "anyone"}


@pytest.fixture
def walls(cast: Cast) -> Walls:
    return make_walls(cast)


def send(browser: Client, walls: Walls, body: str = "Said on the wall", **more: str) -> Post | None:
    answer = browser.post(f"{walls.group.path}posts/", SENT | {"body": body} | more)
    assert answer.status_code in (302, 403, 404, 422), answer.status_code
    return Post.objects.filter(body=body).first()


def test_the_wall_has_a_composer_for_those_who_may_post(walls: Walls) -> None:
    path = walls.group.path
    assert 'name="audience" value="group"' in walls.client("moa").get(path).content.decode()
    Group.objects.update(posting=Posting.MODERATORS)
    page = walls.client("moa").get(path).content.decode()
    assert "<textarea" not in page
    assert "In this group only those who keep it post." in page
    assert "<textarea" in walls.client("moderator").get(path).content.decode()


def test_a_member_posts_and_it_stands_there_and_nowhere_else(walls: Walls) -> None:
    row = send(walls.client("moa"), walls, "Oak or larch? #boats")
    assert row is not None
    assert (row.group_id, row.audience, row.facet, row.side_id, row.selection) == (
        walls.group.pk,
        5,
        Facet.PROFESSIONAL,
        None,
        0,
    )
    assert "Oak or larch?" in walls.client("owner").get(walls.group.path).content.decode()


@pytest.mark.parametrize("name", ["gone", "invited", "asking", "banned", "stranger", "nobody"])
@pytest.mark.parametrize("visibility", list(Visibility))
def test_nobody_else_posts(cast: Cast, visibility: str, name: str) -> None:
    walls = make_walls(cast, visibility)
    assert send(walls.client(name), walls) is None


def test_from_the_composer_of_home(walls: Walls) -> None:
    browser, key = walls.client("moa"), walls.group.pk
    assert '<option value="group"' in browser.get("/").content.decode()
    assert '<option value="group"' not in walls.client("stranger").get("/").content.decode()
    sent = SENT | {"body": "From home", "facet": "personal", "audience": "group", "group": key}
    assert browser.post("/posts/", sent).status_code == 302
    assert Post.objects.get(body="From home").group_id == key
    assert walls.client("stranger").post("/posts/", sent | {"body": "Forged"}).status_code == 422
    assert not Post.objects.filter(body="Forged").exists()
    assert browser.post("/posts/", sent | {"group": ""}).status_code == 422
    assert "Choose a group" in browser.get("/posts/reach/?audience=group&group=").content.decode()


def test_a_forged_audience_of_a_place_is_none(walls: Walls) -> None:
    answer = walls.client("moa").post("/posts/", SENT | {"body": "x", "facet": "professional", "audience": "5"})
    assert answer.status_code == 422


def test_the_number_stated_before(walls: Walls) -> None:
    page = walls.client("moa").get(f"/posts/reach/?audience=group&group={walls.group.pk}").content.decode()
    # Bo, Cy, Di, Ada and Ed; not Moa herself.
    assert "The 5 other members of Wooden boats who see you" in " ".join(page.split())
    Group.objects.update(visibility=Visibility.PUBLIC)
    page = walls.client("moa").get(f"/posts/reach/?audience=group&group={walls.group.pk}").content.decode()
    assert "Everyone: Wooden boats is public" in page


def test_a_draft_remembers_the_group_and_is_judged_at_its_hour(walls: Walls) -> None:
    browser = walls.client("moa")
    due = (clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    sent = SENT | {"body": "By the clock", "audience": "group", "group": walls.group.pk, "later": due}
    assert browser.post(f"{walls.group.path}posts/", sent).status_code == 302
    row = Draft.objects.get()
    assert f'<option value="{walls.group.pk}" selected' in browser.get(row.path).content.decode()
    Draft.objects.update(due_at=clock.now())
    Membership.objects.filter(member=walls.moa).delete()
    post_due()
    row.refresh_from_db()
    assert row.problem
    assert not Post.objects.exists()
    Membership.objects.create(group=walls.group, member=walls.moa, agreed_at=clock.now())
    Draft.objects.update(due_at=clock.now(), problem="")
    post_due()
    assert Post.objects.get(body="By the clock").group_id == walls.group.pk
    assert not Draft.objects.exists()


def test_off_topic_is_asked_back_and_then_waits(walls: Walls) -> None:
    boats, ships = (Topic.objects.create(slug=name, name=name) for name in ("boats", "ships"))
    ships.same_as = boats
    ships.save()
    topics.name(walls.group, ["boats"], on_topic=True, by=walls.one("manager"))
    browser = walls.client("moa")
    assert send(browser, walls, "About cheese") is None
    asked = browser.post(f"{walls.group.path}posts/", SENT | {"body": "About cheese"})
    assert asked.status_code == 422
    assert "is about #boats; your post names none of them" in asked.content.decode()
    waiting = send(browser, walls, "About cheese", anyway="on")
    assert waiting is not None
    assert waiting.place_state == PlaceState.WAITING
    for body in ("On #boats", "On #Ships, which mean the same"):
        row = send(browser, walls, body)
        assert row is not None, body
        assert row.place_state == PlaceState.SHOWN, body
    row = send(walls.client("moderator"), walls, "A word about the weather")
    assert row is not None
    assert row.place_state == PlaceState.SHOWN
    # A verb that asks nobody back lets it wait all the same.
    made = actions.post(walls.one("member"), "Cheese again", choice=Choice(group=walls.group))
    assert made.place_state == PlaceState.WAITING


def test_only_managers_name_topics(walls: Walls) -> None:
    path = f"{walls.group.path}settings/topics/"
    expected = {"owner": 302, "manager": 302, "moderator": 403, "member": 403, "gone": 403, "stranger": 403}
    for name, status in expected.items():
        answer = walls.client(name).post(path, {"topics": "#oak larch", "on_topic": "on"})
        assert answer.status_code == status, name
    assert [topic.slug for topic in topics.of(walls.group)] == ["larch", "oak"]
    assert walls.client("owner").post(path, {"topics": "", "on_topic": "on"}).status_code == 422


def test_a_post_of_a_group_stays_there(walls: Walls) -> None:
    row = walls.says("member")
    page = walls.client("member").get(f"{row.path}edit/").content.decode()
    assert 'name="audience"' not in page
    sent = SENT | {"body": "Said otherwise", "audience": "0", "facet": "personal", "group": ""}
    walls.client("member").post(f"{row.path}edit/", sent)
    row.refresh_from_db()
    assert (row.body, row.audience, row.group_id, row.facet) == ("Said otherwise", 5, walls.group.pk, "professional")
    with pytest.raises(Refusal):
        actions.edit_post(row, by=walls.one("member"), choice=Choice(0))
    plain = actions.post(walls.one("member"), "For connections")
    with pytest.raises(Refusal):
        actions.edit_post(plain, by=walls.one("member"), choice=Choice(group=walls.group))
    answer = walls.client("member").post(
        f"{plain.path}edit/", SENT | {"body": "x", "facet": "professional", "audience": "group", "group": row.group_id}
    )
    assert answer.status_code == 422


def test_whoever_is_out_changes_nothing_any_more_but_may_delete(walls: Walls) -> None:
    Group.objects.update(visibility=Visibility.PUBLIC)
    row = walls.says("moa")
    barring.ban(walls.group, walls.moa, by=walls.one("owner"))
    assert walls.client("moa").post(f"{row.path}edit/", SENT | {"body": "Otherwise"}).status_code == 403
    assert walls.client("moa").post(f"{row.path}removal/").status_code == 302
    assert not Post.objects.filter(pk=row.pk).exists()


def test_changed_words_wait_again_where_posts_wait(walls: Walls) -> None:
    row = walls.says("moa")
    Group.objects.update(approving=True)
    actions.edit_post(row, by=walls.moa, body="Something else")
    row.refresh_from_db()
    assert row.place_state == PlaceState.WAITING
    assert Held.objects.get(post=row).again


def test_an_ended_group_is_only_read(walls: Walls) -> None:
    row = walls.says("moa")
    Group.objects.update(ended_at=clock.now())
    assert "words" in walls.client("member").get(walls.group.path).content.decode()
    assert send(walls.client("moa"), walls, "More") is None
    for path, sent in (("reaction/", {"kind": "like"}), ("comments/", {"body": "x"}), ("edit/", {"body": "x"})):
        assert walls.client("moa").post(f"{row.path}{path}", SENT | sent).status_code == 403, path
    assert walls.client("moderator").post(f"{row.path}holding/", {}).status_code == 403


def test_a_repost_stays_in_a_group_that_not_everybody_reads(walls: Walls) -> None:
    row, me = walls.says("moa"), walls.one("member")
    outside = walls.client("member").post(f"/posts/reposts/{row.pk}/", {"audience": "1"})
    assert outside.status_code == 409
    sent = SENT | {
        "body": "Read this",
        "facet": "professional",
        "audience": "group",
        "group": walls.group.pk,
        "reposts-of": row.pk,
    }
    assert walls.client("member").post("/posts/", sent).status_code == 302
    assert Post.objects.get(body="Read this").repost.of_id == row.pk
    Group.objects.update(visibility=Visibility.PUBLIC)
    assert walls.client("member").post(f"/posts/reposts/{row.pk}/", {"audience": "1"}).status_code in (200, 302)
    assert Post.objects.filter(author=me, audience=1).exists()
