"""What waits: who sees it, what becomes of it, how its author hears, and when it is dated."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from collegium.feed import actions
from collegium.feed.models import GroupMark, Held, Mention, PlaceState, Post, PostTopic
from collegium.feed.places import keeping, queue, rekeying
from collegium.feed.places.tasks import expire_waiting
from collegium.feed.selecting import Choice
from collegium.feed.tests.walls import NAMES, Walls, make_walls
from collegium.groups.actions import keeping as groups
from collegium.groups.models import Group, Membership
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.notifications.models import Notification
from collegium.pictures.models import Picture
from collegium.polls.models import Poll
from collegium.testing.cast import Cast

WAITING, RETURNED = PlaceState.WAITING, PlaceState.RETURNED
Hear = Callable[[], None]


@pytest.fixture
def walls(cast: Cast) -> Walls:
    return make_walls(cast)


def told(walls: Walls, name: str) -> list[str]:
    """The kinds of her news, oldest first, as far as she is shown them."""
    rows = Notification.objects.filter(recipient=walls.one(name), kind__startswith="place_").order_by("pk")
    return [row.kind for row in rows]


def test_who_keeps_the_group_sees_the_queue(walls: Walls) -> None:
    walls.says("member", "First of all", state=WAITING)
    walls.says("moa", "Second of all", state=WAITING)
    for name in NAMES:
        answer = walls.client(name).get(f"{walls.group.path}queue/")
        keeps = name in ("owner", "manager", "moderator")
        assert (answer.status_code == 200) == keeps, name
        if keeps:
            page = answer.content.decode()
            assert page.index("First of all") < page.index("Second of all")
            assert 'Waiting <span class="lane-count">2' in page


def test_let_in_it_is_dated_then_and_its_author_and_the_named_hear(walls: Walls, hear: Hear) -> None:
    Group.objects.update(approving=True)
    row = actions.post(walls.one("member"), f"Hello @{walls.moa.handle} #boats", choice=Choice(group=walls.group))
    hear()
    assert told(walls, "moderator") == ["place_waits"]
    assert not Notification.objects.filter(recipient=walls.moa).exists()
    later = actions.post(walls.one("moderator"), "Later", choice=Choice(group=walls.group))
    made = queue.let_in(row, by=walls.one("moderator"))
    hear()
    assert made.pk > later.pk > row.pk
    assert not Post.objects.filter(pk=row.pk).exists()
    assert (Mention.objects.get().post_id, PostTopic.objects.get().post_id) == (made.pk, made.pk)
    assert Notification.objects.get(recipient=walls.moa).subject == made.pk
    assert told(walls, "member") == ["place_let_in"]
    assert told(walls, "moderator") == []
    assert "let in" in walls.client("member").get("/notifications/").content.decode()
    assert queue.let_in(made, by=walls.one("owner")).pk == made.pk


def test_everything_that_hangs_on_it_comes_along(walls: Walls) -> None:
    row = walls.says("member", state=WAITING)
    Picture.objects.create(owner=walls.one("member"), post=row, key="k" * 32, width=1, height=1)
    poll = Poll.objects.create(post=row, answers=["a", "b"], ends_at=clock.now() + timedelta(days=1))
    poll.votes.create(member=walls.moa, place=0) if hasattr(poll, "votes") else None
    made = rekeying.anew(row)
    assert Picture.objects.get().post_id == made.pk == Poll.objects.get().pk


def test_every_column_that_points_at_a_post_is_known() -> None:
    tables = {table for table, _column in rekeying._columns()}
    assert {"feed_comment", "feed_saved", "feed_quiet", "polls_vote", "reposts_repost", "pictures_picture"} <= tables
    assert {"feed_held", "feed_mention", "feed_posttopic", "feed_selected", "articles_article"} <= tables


def test_sent_back_with_words_nothing_is_lost(walls: Walls, hear: Hear) -> None:
    row = walls.says("member", "Buy my boat", state=WAITING)
    path = f"{row.path}refusal/"
    assert walls.client("member").post(path, {"words": "x"}).status_code == 403
    sent = {"words": "We do not sell here.", "back": "queue"}
    assert walls.client("moderator").post(path, sent).headers["Location"] == f"{walls.group.path}queue/"
    hear()
    assert told(walls, "member") == ["place_refused"]
    assert "We do not sell here." in walls.client("member").get("/notifications/").content.decode()
    page = walls.client("member").get(walls.group.path).content.decode()
    assert "Buy my boat" in page
    assert "We do not sell here." in page
    assert "Buy my boat" not in walls.client("moderator").get(walls.group.path).content.decode()
    assert "Buy my boat" in walls.client("member").get("/posts/drafts/").content.decode()


def test_sent_again_it_waits_again(walls: Walls) -> None:
    row = walls.says("member", state=RETURNED)
    Group.objects.update(approving=True)
    with pytest.raises(Refusal):
        queue.send_again(row, by=walls.moa)
    queue.send_again(row, by=walls.one("member"))
    row.refresh_from_db()
    assert (row.place_state, Held.objects.get(post=row).outcome) == (WAITING, "")
    queue.refuse(row, by=walls.one("owner"))
    Group.objects.update(approving=False)
    made = queue.send_again(row, by=walls.one("member"))
    assert made.place_state == PlaceState.SHOWN
    assert made.pk > row.pk


def test_after_two_weeks_it_goes_back(walls: Walls, hear: Hear) -> None:
    old, new = walls.says("member", "Old", state=WAITING), walls.says("moa", "New", state=WAITING)
    Held.objects.filter(post=old).update(since=clock.now() - queue.PATIENCE)
    expire_waiting()
    hear()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.place_state, new.place_state) == (RETURNED, WAITING)
    assert told(walls, "member") == ["place_expired"]
    expire_waiting()
    with pytest.raises(Conflict):
        queue.let_in(old, by=walls.one("owner"))


def test_whoever_has_left_is_not_let_in(walls: Walls) -> None:
    row = walls.says("moa", state=WAITING)
    groups.leave(walls.group, by=walls.moa)
    with pytest.raises(Conflict):
        queue.let_in(row, by=walls.one("owner"))


def test_changed_words_keep_their_place(walls: Walls) -> None:
    row = walls.says("member")
    Group.objects.update(approving=True)
    actions.edit_post(row, by=walls.one("member"), body="Otherwise")
    made = queue.let_in(row, by=walls.one("owner"))
    assert made.pk == row.pk
    assert made.place_state == PlaceState.SHOWN


VERBS: dict[str, Callable[[Post, Walls, str], object]] = {
    "let in": lambda row, walls, name: queue.let_in(row, by=walls.one(name)),
    "refuse": lambda row, walls, name: queue.refuse(row, by=walls.one(name)),
    "hide": lambda row, walls, name: keeping.hide(row, by=walls.one(name)),
    "show": lambda row, walls, name: keeping.show(row, by=walls.one(name)),
    "remove": lambda row, walls, name: keeping.remove(row, by=walls.one(name)),
    "pin": lambda row, walls, name: keeping.pin(row, by=walls.one(name)),
    "unpin": lambda row, walls, name: keeping.unpin(row, by=walls.one(name)),
    "recommend": lambda row, walls, name: keeping.recommend(row, by=walls.one(name)),
    "not recommend": lambda row, walls, name: keeping.recommend_no_longer(row, by=walls.one(name)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_only_those_who_keep_the_group_decide(walls: Walls, verb: str) -> None:
    state = {"let in": WAITING, "refuse": WAITING, "show": PlaceState.HIDDEN}.get(verb, PlaceState.SHOWN)
    for name in NAMES[:-1]:
        row = walls.says("member", state=state)
        try:
            VERBS[verb](row, walls, name)
            done = True
        except Refusal:
            done = False
        assert done == (name in ("owner", "manager", "moderator")), name


@pytest.mark.parametrize("name", ["refuse", "hide", "show", "remove", "pin", "recommend"])
def test_posts_elsewhere_are_not_theirs(cast: Cast, walls: Walls, name: str) -> None:
    row = actions.post(cast.ada, "For connections")
    with pytest.raises(Refusal):
        VERBS[name](row, walls, "owner")
    assert not GroupMark.objects.exists()
    assert Membership.objects.exists()
