"""Who is told by which way: what each chose, and how she stands to whoever did it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from collegium.audience.viewer import Viewer
from collegium.lib import clock, ids
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.notifications import actions, choices, reading
from collegium.notifications.models import Choice, Notification, Outgoing, Rest
from collegium.notifications.tell import notify
from collegium.notifications.tests.sending import confirm, tell
from collegium.notifications.topics import TOPICS
from collegium.testing.cast import Cast, make_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("going")]


def by_which_way(row: Notification | None) -> str:
    """N, P and M for News, push and mail; empty where it was not told at all."""
    if row is None:
        return ""
    ways = set(Outgoing.objects.filter(notification=row).values_list("channel", flat=True))
    return ("N" if row.listed else "") + ("P" if "push" in ways else "") + ("M" if "mail" in ways else "")


# The default of each topic: News, push, mail.
DEFAULTS = {"message": "PM", "mention": "NPM", "comment": "NP", "invitation": "NPM", "account": "NPM"}


@pytest.mark.parametrize(("kind", "ways"), DEFAULTS.items())
def test_what_holds_until_somebody_chooses(cast: Cast, kind: str, ways: str) -> None:
    confirm(cast.ada)
    assert by_which_way(tell(cast.ada, cast.bo, kind)) == ways


# What is chosen, then the ways by which news of a mention comes.
CHOSEN: dict[str, tuple[dict[str, Any], str]] = {
    "everything": ({"in_app": True, "push": True, "mail": "at_once"}, "NPM"),
    "only News": ({"push": False, "mail": "off"}, "N"),
    "only mail": ({"in_app": False, "push": False, "mail": "daily"}, "M"),
    "only push": ({"in_app": False, "mail": "off"}, "P"),
    "nothing": ({"in_app": False, "push": False, "mail": "off"}, ""),
    "weekly": ({"mail": "weekly"}, "NPM"),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_each_way_is_chosen_by_itself(cast: Cast, name: str) -> None:
    confirm(cast.ada)
    wish, ways = CHOSEN[name]
    actions.choose(cast.ada, {"mentions": wish})
    row = tell(cast.ada, cast.bo, "mention")
    assert by_which_way(row) == ways
    assert {each.rhythm for each in Outgoing.objects.filter(channel="mail")} <= {wish.get("mail", "daily")}
    assert by_which_way(tell(cast.ada, cast.bo, "comment")) == "NP", "of no other topic"
    assert by_which_way(tell(cast.di, cast.bo, "mention")) == "NP", "and of nobody else; Di has no confirmed address"


# Of whom Ada is told, by what she chose. Bo is connected, Cy second degree through Bo, Di a stranger who joined long
# ago, Kim a stranger who joined today, Lu is connected and joined today.
WHOM = {
    "anyone": {"bo": 1, "cy": 1, "di": 1, "kim": 1, "lu": 1, "hal": 1, "clock": 1},
    "not_new": {"bo": 1, "cy": 1, "di": 1, "kim": 0, "lu": 1, "hal": 1, "clock": 1},
    "network": {"bo": 1, "cy": 1, "di": 0, "kim": 0, "lu": 1, "hal": 0, "clock": 1},
    "connections": {"bo": 1, "cy": 0, "di": 0, "kim": 0, "lu": 1, "hal": 0, "clock": 1},
}


@pytest.fixture
def people(cast: Cast) -> dict[str, Member | None]:
    """Those of the table. Members get their keys when they join, so the old ones are made anew with an old key."""
    from collegium.ties.models import Connection

    confirm(cast.ada)
    bo, cy, di, hal = (_long_here(name) for name in ("Bo Alt", "Cy Alt", "Di Alt", "Hal Alt"))
    kim, lu = make_member("Kim Lund"), make_member("Lu Ek")
    for one, other in ((cast.ada, bo), (bo, cy), (cast.ada, lu)):
        Connection.tie(one, other)
    return {"bo": bo, "cy": cy, "di": di, "hal": hal, "kim": kim, "lu": lu, "clock": None}


def _long_here(name: str) -> Member:
    from collegium.accounts.models import User

    user = User.objects.create_user(f"{name.replace(' ', '').lower()}@example.org")
    key = ids.key_at(clock.now() - timedelta(days=365))
    return Member.objects.create(pk=key, user=user, name=name, handle=name.replace(" ", "-").lower())


@pytest.mark.parametrize("whom", WHOM)
def test_of_whom(cast: Cast, people: dict[str, Member | None], whom: str) -> None:
    actions.choose(cast.ada, {"mentions": {"whom": whom, "mail": "at_once"}})
    found = {}
    for number, (name, actor) in enumerate(people.items()):
        ways = by_which_way(tell(cast.ada, actor, "mention", subject=number))
        assert ways in ("NPM", ""), "of whom holds for every way"
        found[name] = int(ways == "NPM")
    assert found == WHOM[whom]


@pytest.mark.parametrize("whom", WHOM)
def test_news_told_before_follows_the_choice(cast: Cast, people: dict[str, Member | None], whom: str) -> None:
    rows = {name: tell(cast.ada, actor, "mention", subject=n) for n, (name, actor) in enumerate(people.items())}
    other = tell(cast.ada, people["kim"], "comment")
    actions.choose(cast.ada, {"mentions": {"whom": whom}})
    shown = {row.pk for row in reading.page(Viewer(cast.ada)).rows}
    assert {name: int(row.pk in shown) for name, row in rows.items()} == WHOM[whom]
    assert other.pk in shown
    assert reading.unread(Viewer(cast.ada)) == sum(WHOM[whom].values()) + 1
    actions.choose(cast.ada, {"mentions": {"in_app": False}})
    assert reading.unread(Viewer(cast.ada)) == 1
    actions.choose(cast.ada, {"mentions": {"in_app": True, "whom": "anyone"}})
    assert reading.unread(Viewer(cast.ada)) == len(people) + 1


def test_a_second_degree_through_a_hidden_list_is_none(cast: Cast, people: dict[str, Member | None]) -> None:
    """Whoever shows her connections to nobody is no bridge: the same rule as of sight."""
    bo = people["bo"]
    assert bo is not None
    Member.objects.filter(pk=bo.pk).update(connections_audience=Member.ListAudience.ONLY_ME)
    actions.choose(cast.ada, {"mentions": {"whom": "network"}})
    assert by_which_way(tell(cast.ada, people["cy"], "mention")) == ""


def test_what_concerns_oneself_stands_in_news_whatever_is_chosen(cast: Cast) -> None:
    actions.choose(cast.ada, {"account": {"in_app": False, "whom": "connections", "push": False, "mail": "off"}})
    row = tell(cast.ada, cast.di, "account")
    assert by_which_way(row) == "N"
    assert [topic.name for topic in TOPICS.values() if topic.fixed] == ["account"]


def test_messages_stand_on_their_own_page(cast: Cast) -> None:
    row = tell(cast.ada, cast.bo)
    assert not row.listed
    assert reading.unread(Viewer(cast.ada)) == 0
    assert reading.page(Viewer(cast.ada)).rows == []
    assert reading.one(Viewer(cast.ada), row.pk) == row, "though a link in a mail opens it"


def test_nothing_is_queued_for_whom_it_cannot_reach(cast: Cast, going: Any) -> None:
    _things, devices = going
    devices.without.add(cast.ada.pk)
    assert by_which_way(tell(cast.ada, cast.bo)) == "", "no device, and the address is not confirmed"
    confirm(cast.ada)
    assert by_which_way(tell(cast.ada, cast.bo, subject=2)) == "M"


def test_telling_again_queues_nothing_twice(cast: Cast) -> None:
    confirm(cast.ada)
    for _ in range(3):
        tell(cast.ada, cast.bo, "mention")
    assert Outgoing.objects.count() == 2


def test_telling_many_costs_as_much_as_telling_one(cast: Cast) -> None:
    people = [make_member(f"Member {number}") for number in range(20)]
    confirm(*people)

    def cost(keys: list[int], cause: str) -> int:
        with CaptureQueriesContext(connection) as sent:
            notify(keys, kind="test.mention", actor=cast.bo.pk, cause=cause, subject=1)
        return len(sent)

    few = cost([people[0].pk], "few")
    assert cost([each.pk for each in people], "many") == few


def test_what_waits_follows_a_new_choice(cast: Cast) -> None:
    confirm(cast.ada)
    tell(cast.ada, cast.bo, "mention")
    tell(cast.ada, cast.bo, "invitation")
    actions.choose(cast.ada, {"mentions": {"mail": "weekly"}})
    assert dict(Outgoing.objects.filter(channel="mail").values_list("topic", "rhythm")) == {
        "mentions": "weekly",
        "invitations": "daily",
    }
    actions.choose(cast.ada, {"mentions": {"mail": "off", "push": False}})
    assert list(Outgoing.objects.order_by("channel").values_list("topic", "channel")) == [
        ("invitations", "mail"),
        ("invitations", "push"),
    ]


def test_without_a_row_the_topic_decides_and_unchanged_lines_make_none(cast: Cast) -> None:
    held = choices.of(cast.ada)
    assert (held["messages"].mail, held["comments"].mail) == ("at_once", "off")
    actions.choose(cast.ada, {"messages": {"mail": "at_once"}, "comments": {"mail": "daily"}})
    assert list(Choice.objects.values_list("topic", flat=True)) == ["comments"]


def test_only_who_is_in_good_standing_chooses(cast: Cast) -> None:
    for choose in (lambda: actions.choose(cast.gus, {"mentions": {"push": False}}), lambda: actions.rest(cast.gus)):
        with pytest.raises(Refusal):
            choose()


@pytest.mark.parametrize(
    "values",
    [
        {"quiet_from": 1440, "quiet_until": 0},
        {"quiet_from": 60, "quiet_until": None},
        {"days": 127},
        {"hour": 24},
        {"weekday": 7},
        {"shown": "much"},
    ],
)
def test_the_database_refuses_impossible_hours(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rest.objects.create(member=cast.ada, **values)
