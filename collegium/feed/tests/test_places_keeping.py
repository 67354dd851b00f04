"""What those who keep a group do with what is said there: hide, show, remove, put first, recommend, ban."""

from collections.abc import Callable

import pytest

from collegium.feed import actions, timeline
from collegium.feed.models import Comment, HeldComment, PlaceState, Post, State
from collegium.feed.places import keeping, wall
from collegium.feed.selecting import Choice
from collegium.feed.talking import actions as talking
from collegium.feed.tests.walls import Walls, make_walls
from collegium.groups.actions import barring
from collegium.groups.models import Ban, Group, Membership
from collegium.lib.refusal import Conflict, Refusal
from collegium.testing.cast import Cast, connect
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Block, Distance

Hear = Callable[[], None]


@pytest.fixture
def walls(cast: Cast) -> Walls:
    return make_walls(cast)


def wall_of(walls: Walls, name: str, query: str = "") -> str:
    return walls.client(name).get(walls.group.path + query).content.decode()


def counted(row: Post) -> int:
    row.refresh_from_db()
    shown = Comment.objects.filter(post=row, state=State.SHOWN).exclude(parent__state=State.HIDDEN)
    assert row.comment_count == shown.count()
    return row.comment_count


def test_hidden_with_words_and_shown_again(walls: Walls, hear: Hear) -> None:
    row = walls.says("member", "Cheap boats here")
    sent = {"words": "This is an advertisement."}
    assert walls.client("moderator").post(f"{row.path}holding/", sent).status_code == 302
    hear()
    assert "Cheap boats" not in wall_of(walls, "moa")
    assert "This is an advertisement." in wall_of(walls, "member")
    assert "This is an advertisement." in walls.client("member").get("/notifications/").content.decode()
    assert walls.client("moderator").post(f"{row.path}holding/removal/").status_code == 302
    assert "Cheap boats" in wall_of(walls, "moa")


def test_its_author_does_not_show_it_again(walls: Walls) -> None:
    row = walls.says("member", state=PlaceState.HIDDEN)
    assert walls.client("member").post(f"{row.path}holding/removal/").status_code == 403


def test_removed_its_author_keeps_the_words(walls: Walls, hear: Hear) -> None:
    row = walls.says("member", "Cheap boats here")
    walls.client("owner").post(f"{row.path}taking/", {"words": "Enough."})
    hear()
    assert not Post.objects.exists()
    page = walls.client("member").get("/notifications/").content.decode()
    assert "Cheap boats here" in page
    assert "Enough." in page


def test_three_stand_first(walls: Walls) -> None:
    rows = [walls.says("moa", f"Number {number}") for number in range(4)]
    for row in rows[:3]:
        keeping.pin(row, by=walls.one("moderator"))
        keeping.pin(row, by=walls.one("moderator"))
    with pytest.raises(Conflict):
        keeping.pin(rows[3], by=walls.one("moderator"))
    page = wall_of(walls, "member")
    assert page.index("Number 2") < page.index("Number 0") < page.index("Number 3")
    assert page.count("Number 2") == 1
    keeping.hide(rows[2], by=walls.one("moderator"))
    assert "Number 2" not in wall_of(walls, "member")


def test_recommended_posts_are_a_list_of_their_own(walls: Walls) -> None:
    one, other = walls.says("moa", "Read this"), walls.says("moa", "Not that")
    walls.client("moderator").post(f"{one.path}recommending/")
    page = wall_of(walls, "member", "?only=recommended")
    assert "Read this" in page
    assert "Not that" not in page
    assert "Recommended</span>" in wall_of(walls, "member")
    walls.client("moderator").post(f"{one.path}recommending/removal/")
    assert "Read this" not in wall_of(walls, "member", "?only=recommended")
    assert other.pk


def test_the_wall_is_paged_without_gap(walls: Walls) -> None:
    rows = [walls.says("moa", f"Number {number:02}") for number in range(45)]
    keeping.pin(rows[7], by=walls.one("owner"))
    seen: list[int] = []
    before = ""
    for _ in range(3):
        page = wall.page(walls.viewer("member"), walls.group, before)
        seen += [row.pk for row in page.everything]
        before = page.older
    assert not before
    assert seen == [rows[7].pk, *(row.pk for row in reversed(rows) if row != rows[7])]
    first = wall.page(walls.viewer("member"), walls.group)
    answer = walls.client("member").get(f"{walls.group.path}?before={first.older}")
    assert "Number 24" in answer.content.decode()


def test_the_number_of_statements_does_not_grow(walls: Walls) -> None:
    browser, path = walls.client("member"), walls.group.path

    def more() -> None:
        for number in range(10):
            row = walls.says("moa", f"Number {number} #boats")
            actions.comment(row, "words", by=walls.one("owner"))
            actions.react(row, "like", by=walls.one("owner"))
        Group.objects.update(approving=False)

    more()
    browser.get(path)
    assert_same_queries(lambda: browser.get(path), more, lambda: browser.get(path))

    def more_seen() -> None:
        more()
        browser.get("/")

    assert_same_queries(lambda: browser.get("/"), more_seen, lambda: browser.get("/"))


def test_a_comment_hidden_by_a_keeper_stays_hidden_for_the_author_of_the_post(walls: Walls, hear: Hear) -> None:
    row = walls.says("member")
    said = actions.comment(row, "Rude words", by=walls.moa)
    path = f"{said.path}holding/"
    assert walls.client("member").get(path).status_code == 403
    assert walls.client("moderator").get(path).status_code == 200
    walls.client("moderator").post(path, {"words": "Be kind."})
    hear()
    assert counted(row) == 0
    assert "Be kind." in walls.client("moa").get("/notifications/").content.decode()
    said.refresh_from_db()
    with pytest.raises(Refusal):
        talking.show(said, by=walls.one("member"))
    talking.show(said, by=walls.one("owner"))
    assert counted(row) == 1
    assert not HeldComment.objects.exists()


def test_keepers_close_and_delete_under_anybodys_post(walls: Walls) -> None:
    row = walls.says("member")
    said = actions.comment(row, "words", by=walls.moa)
    assert walls.client("moderator").post(f"{said.path}removal/").status_code in (200, 302)
    assert not Comment.objects.filter(pk=said.pk).exists()
    sheet = walls.client("moderator").post(f"{row.path}conversation/", {"closing": "now"})
    assert sheet.status_code == 302
    with pytest.raises(Refusal):
        actions.comment(row, "words", by=walls.moa)


def test_a_ban_with_content_hides_everything_and_its_lifting_shows_it(walls: Walls) -> None:
    mine, theirs = walls.says("moa", "Said by Moa"), walls.says("member", "Said by Ada")
    by_hand = walls.says("moa", "Hidden by hand", state=PlaceState.HIDDEN)
    elsewhere = actions.post(walls.moa, "Elsewhere")
    comment = actions.comment(theirs, "Moa comments", by=walls.moa)
    reply = actions.comment(theirs, "Ada replies", by=walls.one("member"), parent=comment)
    assert counted(theirs) == 2
    ban = barring.ban(walls.group, walls.moa, by=walls.one("owner"), with_content=True)
    assert "Said by Moa" not in wall_of(walls, "member")
    assert "Said by Ada" in wall_of(walls, "member")
    assert counted(theirs) == 0
    assert reply.pk
    assert not Post.objects.visible_to(walls.viewer("moa")).contains(mine)
    elsewhere.refresh_from_db()
    assert elsewhere.place_state == PlaceState.SHOWN
    barring.lift(Ban.objects.get(pk=ban.pk), by=walls.one("owner"))
    assert "Said by Moa" in wall_of(walls, "member")
    assert counted(theirs) == 2
    by_hand.refresh_from_db()
    assert by_hand.place_state == PlaceState.HIDDEN


def test_a_ban_without_content_leaves_it(walls: Walls) -> None:
    walls.says("moa", "Said by Moa")
    barring.ban(walls.group, walls.moa, by=walls.one("owner"))
    assert "Said by Moa" in wall_of(walls, "member")


def home_of(walls: Walls, name: str) -> list[str]:
    me = walls.one(name)
    return [post.body for post in timeline.page(me, timeline.people_of(me), timeline.mix_of(me)).posts]


def test_home_is_in_the_order_of_time_and_nobody_is_there_twice(walls: Walls) -> None:
    connect(walls.moa, walls.one("manager"))
    bodies = []
    for number in range(4):
        actions.post(walls.one("manager"), f"Plain {number}")
        walls.says("manager", f"In the group {number}")
        bodies += [f"Plain {number}", f"In the group {number}"]
    assert home_of(walls, "moa") == bodies[::-1]
    page = walls.client("moa").get("/").content.decode()
    assert f'in <a href="{walls.group.path}"><bdi>Wooden boats</bdi></a>' in page


def test_home_leaves_out_what_she_does_not_want(walls: Walls) -> None:
    me, manager = walls.moa, walls.one("manager")
    walls.says("manager")
    assert home_of(walls, "moa")
    for rung, there in (
        (Distance.Rung.MUTED, False),
        (Distance.Rung.RESTRICTED, False),
        (Distance.Rung.WORK_ONLY, True),
    ):
        Distance.objects.update_or_create(member=me, other=manager, defaults={"rung": rung})
        assert bool(home_of(walls, "moa")) == there, rung
    Distance.objects.all().delete()
    Membership.objects.filter(member=me).update(at_home=False)
    assert not home_of(walls, "moa")
    Membership.objects.filter(member=me).update(at_home=True)
    Block.objects.create(blocker=manager, blocked=me)
    assert not home_of(walls, "moa")


def test_new_posts_of_groups_are_counted(walls: Walls) -> None:
    row = walls.says("manager")
    people, mix = timeline.people_of(walls.moa), timeline.mix_of(walls.moa)
    assert timeline.newer_than(people, mix, row.pk - 1) == 1
    assert timeline.newer_than(people, mix, row.pk) == 0
    walls.says("member", state=PlaceState.WAITING)
    assert timeline.newer_than(people, mix, row.pk) == 0


def test_home_goes_on_without_gap_through_groups_and_people(walls: Walls) -> None:
    connect(walls.moa, walls.one("manager"))
    expected = []
    for number in range(60):
        if number % 3:
            made = walls.says("owner", f"Number {number:02}")
        else:
            made = actions.post(walls.one("manager"), f"Number {number:02}", choice=Choice(3))
        expected.append(made.body)
    people, mix = timeline.people_of(walls.moa), timeline.mix_of(walls.moa)
    seen, before = [], ""
    while True:
        page = timeline.page(walls.moa, people, mix, before)
        seen += [post.body for post in page.posts]
        before = page.older
        if not before:
            break
    assert seen == expected[::-1]
