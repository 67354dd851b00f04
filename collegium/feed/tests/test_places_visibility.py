"""Who sees what is said in a group: every visibility, every state, everybody at every side of its door."""

from collections.abc import Callable

import pytest

from collegium.audience.viewer import Viewer
from collegium.feed import actions, timeline
from collegium.feed.models import Comment, PlaceState, Post
from collegium.feed.notices import _comments_seen, _posts_seen
from collegium.feed.places import wall
from collegium.feed.places.sight import readers_of
from collegium.feed.tests.walls import NAMES, Walls, make_walls
from collegium.groups.actions import keeping as groups
from collegium.groups.models import Visibility
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.pictures.models import Picture
from collegium.testing.cast import Cast

KEPT = "owner manager moderator member"
TABLE = {
    (Visibility.PUBLIC, PlaceState.SHOWN): f"{KEPT} moa gone invited asking banned stranger nobody",
    (Visibility.PRIVATE, PlaceState.SHOWN): f"{KEPT} moa",
    (Visibility.UNLISTED, PlaceState.SHOWN): f"{KEPT} moa",
    **{(each, state): KEPT for each in Visibility for state in (PlaceState.WAITING, PlaceState.HIDDEN)},
    **{(each, PlaceState.RETURNED): "member" for each in Visibility},
}
VISIBILITIES = list(Visibility)


def seen(walls: Walls, row: Post) -> str:
    return " ".join(name for name in NAMES if Post.objects.visible_to(walls.viewer(name)).contains(row))


@pytest.mark.parametrize(("visibility", "state"), list(TABLE))
def test_a_post(cast: Cast, visibility: str, state: PlaceState) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member", state=state)
    assert seen(walls, row) == TABLE[Visibility(visibility), state]


@pytest.mark.parametrize(("visibility", "state"), list(TABLE))
def test_its_page_and_what_leads_to_it(cast: Cast, visibility: str, state: PlaceState) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member", state=state)
    for name in NAMES:
        allowed = name in TABLE[Visibility(visibility), state].split()
        browser = walls.client(name)
        assert browser.get(row.path).status_code == (200 if allowed else 404), name
        assert browser.get(f"{row.path}history/").status_code == (200 if allowed else 404), name
        if name != "nobody":
            assert browser.get(f"{row.path}reactions/").status_code == (200 if allowed else 404), name
            assert browser.get(f"{row.path}removal/").status_code == (
                200 if name == "member" else 403 if allowed else 404
            ), name


@pytest.mark.parametrize(("visibility", "state"), list(TABLE))
def test_what_hangs_on_it_and_what_is_said_under_it(cast: Cast, visibility: str, state: PlaceState) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member", state=state)
    Member.objects.filter(pk=walls.moa.pk).update(visibility=Member.Visibility.PUBLIC)
    said = Comment.objects.create(post=row, author=walls.moa, body="words", html="words")
    picture = Picture.objects.create(owner=cast.ada, post=row, key="k" * 32, width=10, height=10)
    for name in NAMES:
        allowed, viewer = name in TABLE[Visibility(visibility), state].split(), walls.viewer(name)
        assert Comment.objects.visible_to(viewer).contains(said) == allowed, name
        assert Picture.objects.visible_to(viewer).contains(picture) == allowed, name
        assert (row.pk in _posts_seen(viewer, [row.pk])) == allowed, name
        assert (said.pk in _comments_seen(viewer, [said.pk])) == allowed, name


@pytest.mark.parametrize(("visibility", "state"), list(TABLE))
def test_who_reads_it_is_the_same_from_the_other_side(cast: Cast, visibility: str, state: PlaceState) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member", state=state)
    expected = {walls.one(name).pk for name in TABLE[Visibility(visibility), state].split() if name != "nobody"}
    known = {walls.one(name).pk for name in NAMES if name != "nobody"}
    assert set(readers_of(row).values_list("pk", flat=True)) & known == expected
    for each in Member.objects.active().exclude(pk__in=known):
        sees = Post.objects.visible_to(Viewer(each)).contains(row)
        assert readers_of(row).contains(each) == sees, each.name


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_the_wall_and_its_search(cast: Cast, visibility: str) -> None:
    walls = make_walls(cast, visibility)
    bodies = {state: f"Zebra {state.name.lower()}" for state in PlaceState}
    for state, body in bodies.items():
        walls.says("member", body, state=state)
    readers = TABLE[Visibility(visibility), PlaceState.SHOWN].split()
    for name in NAMES:
        browser = walls.client(name)
        there = browser.get(walls.group.path)
        if name == "blocked" or name in readers:
            page, found = there.content.decode(), browser.get(f"{walls.group.path}?q=zebra").content.decode()
            assert (bodies[PlaceState.SHOWN] in page) == (name in readers), name
            assert (bodies[PlaceState.SHOWN] in found) == (name in readers), name
            for state in (PlaceState.WAITING, PlaceState.HIDDEN, PlaceState.RETURNED):
                # Her own stand above the wall for their author alone.
                assert (bodies[state] in page) == (name == "member"), (name, state)
            keys = [post.body for post in wall.page(walls.viewer(name), walls.group, query="zebra").everything]
            assert keys == ([bodies[PlaceState.SHOWN]] if name in readers else [])
        else:
            known = visibility != Visibility.UNLISTED or name == "invited"
            known = known and (visibility != Visibility.PRIVATE or name != "nobody")
            assert there.status_code == (302 if known else 404), name


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_home_shows_it_to_members_alone(cast: Cast, visibility: str) -> None:
    walls = make_walls(cast, visibility)
    rows = {state: walls.says("member", state.name, state=state) for state in PlaceState}
    for name in NAMES[:-1]:
        me = walls.one(name)
        page = timeline.page(me, timeline.people_of(me), timeline.mix_of(me))
        expected = [rows[PlaceState.SHOWN].pk] if name in f"{KEPT} moa".split() else []
        assert [post.pk for post in page.posts] == expected, name


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_a_profile_does_not_show_it(cast: Cast, visibility: str) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member", "Said in the group")
    for name in NAMES:
        page = walls.client(name).get(f"{cast.ada.path}posts/").content.decode()
        assert "Said in the group" not in page, name
    pinned = walls.client("member").post(f"/career/featured/posts/{row.pk}/")
    assert pinned.status_code in (403, 404, 409)


@pytest.mark.parametrize("visibility", VISIBILITIES)
def test_whoever_goes_loses_sight_at_once(cast: Cast, visibility: str) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member")
    groups.leave(walls.group, by=walls.one("moa"))
    assert ("moa" in seen(walls, row).split()) == (visibility == Visibility.PUBLIC)


def test_a_suspended_author_is_gone(cast: Cast) -> None:
    walls = make_walls(cast, Visibility.PUBLIC)
    row = walls.says("member")
    Member.objects.filter(pk=cast.ada.pk).update(standing=Member.Standing.SUSPENDED)
    assert not [name for name in seen(walls, row).split() if name != "member"]


def test_signed_out_only_what_open_people_say(cast: Cast) -> None:
    walls = make_walls(cast, Visibility.PUBLIC)
    row = walls.says("member")
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.MEMBERS)
    assert "nobody" not in seen(walls, row)


WAYS: dict[str, Callable[[Walls, Post, Member], object]] = {
    "react": lambda _walls, row, me: actions.react(row, "like", by=me),
    "comment": lambda _walls, row, me: actions.comment(row, "words", by=me),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize("state", list(PlaceState))
def test_only_members_answer_and_only_what_is_shown(cast: Cast, visibility: str, state: PlaceState, way: str) -> None:
    walls = make_walls(cast, visibility)
    row = walls.says("member", state=state)
    inside = ["owner", "manager", "moderator", "member", "moa"] if state == PlaceState.SHOWN else []
    for name in NAMES[:-1]:
        try:
            WAYS[way](walls, row, walls.one(name))
            done = True
        except Refusal:
            done = False
        assert done == (name in inside), name
