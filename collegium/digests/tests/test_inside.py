"""What a mail tells of one's groups: only what she reads at that moment, once a week, bounded; and how it is ended."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client

from collegium.digests import actions, inside, sending, tasks
from collegium.digests.missed import missed
from collegium.digests.models import GroupMail, Wish
from collegium.digests.tests.test_digests import wants
from collegium.feed import actions as feed
from collegium.feed.models import PlaceState, Post
from collegium.feed.selecting import Choice
from collegium.groups.actions import barring, keeping
from collegium.groups.models import Group, Membership
from collegium.groups.tests.scene import group_of, seat
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.testing.fixtures import assert_same_queries
from collegium.ties.models import Block

pytestmark = pytest.mark.django_db


def said(group: Group, by: Member, text: str, **more: Any) -> Post:
    post = feed.post(by, text, choice=Choice(group=group))
    if more:
        Post.objects.filter(pk=post.pk).update(**more)
    return post


def boats(cast: Cast, **charter: Any) -> Group:
    """A group of a stranger's; Ada is in it, and it does not come to her home."""
    group = group_of(cast.di, **{"visibility": "private", "joining": "invitation"} | charter)
    seat(group, cast.ada, at_home=False)
    seat(group, cast.cy)
    return group


def told(me: Member) -> list[tuple[str, list[str], int]]:
    found = missed(me, Wish.objects.get(member=me))
    return [(each.group.name, [post.body for post in each.posts], each.rest) for each in found.groups]


def body() -> str:
    [sent] = outbox.outbox
    return f"{sent.subject}\n{sent.body}\n{sent.alternatives[0][0]}"


def test_what_was_answered_most_comes_first(cast: Cast) -> None:
    group = boats(cast)
    wants(cast.ada, "weekly")
    said(group, cast.di, "Oldest, answered.", comment_count=4)
    for n in range(3):
        said(group, cast.cy, f"Plain {n}")
    said(group, cast.ada, "My own.", comment_count=9)
    assert told(cast.ada) == [("Wooden boats", ["Oldest, answered.", "Plain 2"], 2)]
    tasks.sweep()
    assert "New in Wooden boats" in body()
    assert "Oldest, answered." in body()
    assert "2 more" in body()
    assert "My own" not in body()


def banned(cast: Cast, group: Group, _post: Post) -> None:
    barring.ban(group, cast.ada, by=cast.di)


def left(cast: Cast, group: Group, _post: Post) -> None:
    keeping.leave(group, by=cast.ada)


def unwanted(cast: Cast, group: Group, _post: Post) -> None:
    Membership.objects.filter(group=group, member=cast.ada).update(in_digest=False)


def blocked(cast: Cast, _group: Group, _post: Post) -> None:
    Block.objects.create(blocker=cast.cy, blocked=cast.ada)


def suspended(cast: Cast, _group: Group, _post: Post) -> None:
    Member.objects.filter(pk=cast.cy.pk).update(standing="suspended")


def state(to: int) -> Any:
    return lambda _cast, _group, post: Post.objects.filter(pk=post.pk).update(place_state=to)


def over(_cast: Cast, _group: Group, post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(ends_at=clock.now() - timedelta(minutes=1))


def old(_cast: Cast, _group: Group, post: Post) -> None:
    with connection.cursor() as cursor:
        made = ids.key_at(clock.now() - timedelta(days=8))
        cursor.execute("UPDATE feed_post SET id = %s WHERE id = %s", [made, post.pk])


GONE = {
    "left": left,
    "banned": banned,
    "not wanted": unwanted,
    "a block": blocked,
    "suspended": suspended,
    "waiting": state(PlaceState.WAITING),
    "hidden": state(PlaceState.HIDDEN),
    "over": over,
    "older than a week": old,
}


@pytest.mark.parametrize("change", GONE)
def test_only_what_she_reads_at_the_moment_of_sending(cast: Cast, change: str) -> None:
    group = boats(cast)
    wants(cast.ada, "weekly")
    post = said(group, cast.cy, "The keel is laid.")
    assert told(cast.ada)
    GONE[change](cast, group, post)
    assert told(cast.ada) == []
    tasks.sweep()
    assert "keel" not in "".join(sent.body for sent in outbox.outbox)


def test_once_a_week_though_the_mail_comes_daily(cast: Cast) -> None:
    group = boats(cast)
    wish = wants(cast.ada)
    said(group, cast.cy, "The keel is laid.")
    tasks.sweep()
    assert "The keel is laid." in body()
    said(group, cast.cy, "The ribs stand.")
    assert told(cast.ada) == []
    Wish.objects.filter(pk=wish.pk).update(groups_at=clock.now() - timedelta(days=7))
    assert [posts for _name, posts, _rest in told(cast.ada)] == [["The ribs stand.", "The keel is laid."]]


def test_nothing_when_nothing_happened(cast: Cast) -> None:
    boats(cast)
    wants(cast.ada, "weekly")
    Member.objects.filter(pk=cast.flo.pk).update(standing="suspended")
    tasks.sweep()
    assert outbox.outbox == []
    assert Wish.objects.get(member=cast.ada).groups_at is None


def test_what_she_saw_at_home_and_what_the_mail_tells_already_is_left_out(cast: Cast) -> None:
    group = boats(cast)
    Membership.objects.filter(group=group, member=cast.ada).update(at_home=True)
    wants(cast.ada, "weekly")
    said(group, cast.cy, "Seen at home.")
    cast.client("ada").get("/")
    assert told(cast.ada) == []
    said(group, cast.cy, "Came later.")
    found = missed(cast.ada, Wish.objects.get(member=cast.ada))
    assert [post.body for post in found.posts] == ["Came later."]
    assert found.groups == []


def test_one_press_without_a_session_ends_one_group(cast: Cast) -> None:
    group, other = boats(cast), boats(cast, name="Kites")
    wish = wants(cast.ada, "weekly")
    for place in (group, other):
        said(place, cast.cy, f"News of {place.name}.")
    tasks.sweep()
    row = GroupMail.objects.get(member=cast.ada, group=group)
    address = next(word for word in body().split() if word.startswith("http") and f"groupdigest.{row.pk}." in word)
    path = address[address.index("/unsubscribe/") :]
    browser = Client()
    assert browser.get(path).status_code == 200
    assert Membership.objects.get(group=group, member=cast.ada).in_digest
    assert browser.post(path).status_code in {200, 302}
    assert not Membership.objects.get(group=group, member=cast.ada).in_digest
    assert Membership.objects.get(group=other, member=cast.ada).in_digest
    assert Wish.objects.get(pk=wish.pk).rhythm == "weekly"
    assert Entry.objects.filter(kind="digests.group_ended", actor=cast.ada.pk).count() == 1
    # The same address ends nothing that was chosen anew.
    keeping.choose(group, by=cast.ada, at_home=True, in_digest=True, reachable=True)
    browser.post(path)
    assert Membership.objects.get(group=group, member=cast.ada).in_digest


def test_an_address_of_an_older_seat_is_dead(cast: Cast) -> None:
    group = boats(cast)
    key = inside.rows_of(cast.ada, [group])[group.pk]
    keeping.leave(group, by=cast.ada)
    seat(group, cast.ada)
    actions.end_group(key)
    assert Membership.objects.get(group=group, member=cast.ada).in_digest


def test_it_is_bounded_and_costs_the_same_however_much_there_is(cast: Cast) -> None:
    wants(cast.ada, "weekly")
    first = boats(cast, name="Boats 0")
    said(first, cast.cy, "One.")
    wish = Wish.objects.get(member=cast.ada)

    def grow() -> None:
        for n in range(1, 9):
            group = boats(cast, name=f"Boats {n}")
            for _each in range(3):
                said(group, cast.cy, f"More in {n}.")

    def asked() -> None:
        inside.came(cast.ada, wish, seen=0, told=[], now=clock.now())

    assert_same_queries(asked, grow, asked)
    found = told(cast.ada)
    assert len(found) == inside.GROUPS
    assert all(len(posts) <= inside.EACH for _name, posts, _rest in found)


def test_what_waits_is_not_told_to_those_who_keep_the_group_either(cast: Cast) -> None:
    """Whoever keeps the group sees what waits there; the mail tells her of it no more than it tells others."""
    group = boats(cast)
    Membership.objects.filter(group=group, member=cast.ada).update(role=1)
    wants(cast.ada, "weekly")
    said(group, cast.cy, "Not let in.", place_state=PlaceState.WAITING)
    assert told(cast.ada) == []


FAULTS: dict[str, tuple[Any, str, Any, Any]] = {
    "her wish is not asked": (
        inside,
        "CAME",
        inside.CAME.replace("AND in_digest", ""),
        lambda cast: test_only_what_she_reads_at_the_moment_of_sending(cast, "not wanted"),
    ),
    "sight is not asked": (
        type(Post.objects),
        "visible_to",
        lambda manager, _viewer: manager.all(),
        lambda cast: test_only_what_she_reads_at_the_moment_of_sending(cast, "a block"),
    ),
    "states are not asked": (
        inside,
        "CAME",
        inside.CAME.replace("AND q.place_state = 0", ""),
        test_what_waits_is_not_told_to_those_who_keep_the_group_either,
    ),
    "any day": (inside, "EVERY", timedelta(0), test_once_a_week_though_the_mail_comes_daily),
    "her home is not asked": (
        inside,
        "CAME",
        inside.CAME.replace("greatest(%(start)s, %(seen)s)", "%(start)s"),
        test_what_she_saw_at_home_and_what_the_mail_tells_already_is_left_out,
    ),
    "no address": (
        sending.inside,
        "rows_of",
        lambda _me, _groups: {},
        test_one_press_without_a_session_ends_one_group,
    ),
    "one row for all seats": (
        GroupMail,
        "made_at",
        property(lambda _row: clock.now() + timedelta(days=1)),
        test_an_address_of_an_older_seat_is_dead,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_noticed(cast: Cast, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each guard is broken once, and what it guards is seen to fail."""
    where, name, broken, test = FAULTS[fault]
    monkeypatch.setattr(where, name, broken)
    with pytest.raises((AssertionError, GroupMail.DoesNotExist)):
        test(cast)
