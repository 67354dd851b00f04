"""Removing one or many, with all that goes along, and the undo that puts back the very rows."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.network import actions, tasks
from collegium.network.models import Parting
from collegium.network.partings.part import part, restore
from collegium.network.tests.reading import bare, read
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect, make_member
from collegium.testing.fixtures import queries
from collegium.ties.models import Block, Connection, Follow, Invitation
from collegium.vouching import actions as vouching
from collegium.vouching.models import Endorsement, Recommendation
from collegium.vouching.tests.scene import skill

# What an undo must bring back row by row. Not the journal, which remembers both; not the parting, which says so.
STATE = (
    "ties_connection",
    "ties_follow",
    "ties_block",
    "ties_invitation",
    "ties_distance",
    "members_member",
    "vouching_endorsement",
    "vouching_recommendation",
    "notifications_notification",
)


def state() -> dict[str, str]:
    """A hash of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in STATE:
            cursor.execute(f"SELECT md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM {table} r")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def said(cast: Cast, hear: Callable[[], None]) -> Cast:
    """Ada and Bo, with all that two people can have between them."""
    for holding, giver in ((skill(cast.ada), cast.bo), (skill(cast.bo), cast.ada), (skill(cast.bo, "Tides"), cast.ada)):
        vouching.endorse(holding, by=giver)
    for one, other in ((cast.ada, cast.bo), (cast.bo, cast.ada)):
        actions.follow(one, other)
        words = vouching.write(one, other, relationship="team", body="Words.")
        vouching.approve(words, by=other, version=words.version)
    hear()
    return cast


@pytest.mark.parametrize("withdraw", [False, True])
@pytest.mark.parametrize("unfollow", [False, True])
@pytest.mark.parametrize("drop", [False, True])
@pytest.mark.parametrize("by", ["ada", "bo"])
def test_an_undo_brings_back_the_very_rows(
    said: Cast, hear: Callable[[], None], by: str, withdraw: bool, unfollow: bool, drop: bool
) -> None:
    me, other = (said.ada, said.bo) if by == "ada" else (said.bo, said.ada)
    before = state()
    parting = part(me, [other], withdraw_words=withdraw, unfollow=unfollow, drop_followers=drop)
    assert parting is not None
    hear()
    assert not Connection.objects.between(me, other).exists()
    assert Follow.objects.filter(follower=me).exists() != unfollow
    assert Follow.objects.filter(follower=other).exists() != drop
    assert Endorsement.objects.filter(giver=me).exists() != withdraw
    assert Recommendation.objects.filter(author=me).exists() != withdraw
    assert Endorsement.objects.filter(giver=other).exists()
    for person in Member.objects.all():
        assert person.connection_count == Connection.objects.filter(member=person).count()
        assert person.follower_count == Follow.objects.filter(followee=person).count()
    assert restore(parting, by=me).count == 1
    hear()
    after = state()
    assert {table for table in STATE if after[table] != before[table]} == set()
    assert restore(parting, by=me).count == 0, "done twice it is done once"
    assert state() == before


def test_the_other_reads_no_word_of_it(said: Cast, hear: Callable[[], None]) -> None:
    """What Bo was told is hidden while it is not true, and nothing new is told, by the removal or by the undo."""
    bo = said.client("bo")
    before = bare(bo.get("/notifications/"))
    assert "Ada Lindqvist" in before.decode()
    parting = part(said.ada, [said.bo], withdraw_words=True)
    assert parting is not None
    hear()
    told = read(bo.get("/notifications/"))
    assert "accepted your invitation" not in told
    assert Notification.objects.filter(recipient=said.bo, pk__gt=parting.pk).count() == 0
    restore(parting, by=said.ada)
    hear()
    assert bare(bo.get("/notifications/")) == before


def test_a_new_connection_is_told_anew(cast: Cast, hear: Callable[[], None]) -> None:
    """The notice of the first connection, hidden since, does not swallow that of the second."""
    hear()
    Notification.objects.filter(recipient=cast.bo).update(read_at=clock.now())
    actions.disconnect(cast.ada, cast.bo)
    connect(cast.bo, cast.ada)
    hear()
    assert Notification.objects.get(recipient=cast.bo, kind="network.connected", actor=cast.ada).read_at is None


SINCE: dict[str, tuple[Callable[[Cast], object], bool]] = {
    "nothing": (lambda cast: None, True),
    "blocked": (lambda cast: actions.block(cast.bo, cast.ada), False),
    "blocked and unblocked": (
        lambda cast: (actions.block(cast.bo, cast.ada), actions.unblock(cast.bo, cast.ada)),
        False,
    ),
    "block in a row alone": (lambda cast: Block.objects.create(blocker=cast.bo, blocked=cast.ada), False),
    "asked by her": (lambda cast: actions.invite(cast.ada, cast.bo, note="Again."), False),
    "declined in silence": (
        lambda cast: actions.decline(actions.invite(cast.ada, cast.bo, note="Again."), by=cast.bo),
        False,
    ),
    "he asks and waits": (lambda cast: actions.invite(cast.bo, cast.ada, note="Hello."), True),
    "he asked and withdrew": (
        lambda cast: actions.withdraw(actions.invite(cast.bo, cast.ada, note="Hello."), by=cast.bo),
        False,
    ),
    "suspended": (lambda cast: Member.objects.filter(pk=cast.bo.pk).update(standing="suspended"), True),
    "connected anew, and he removed her": (
        lambda cast: (connect(cast.ada, cast.bo), part(cast.bo, [cast.ada])),
        False,
    ),
    "connected anew by him, and he removed her": (
        lambda cast: (connect(cast.bo, cast.ada), part(cast.bo, [cast.ada])),
        False,
    ),
}


@pytest.mark.parametrize("what", SINCE)
def test_what_was_said_since_holds(cast: Cast, hear: Callable[[], None], what: str) -> None:
    happens, back = SINCE[what]
    parting = part(cast.ada, [cast.bo])
    assert parting is not None
    time.sleep(0.002)
    happens(cast)
    done = restore(parting, by=cast.ada)
    hear()
    assert Connection.objects.between(cast.ada, cast.bo).exists() == back
    assert (done.count, len(done.skipped)) == ((1, 0) if back else (0, 1))
    for person in Member.objects.filter(pk__in=[cast.ada.pk, cast.bo.pk]):
        assert person.connection_count == Connection.objects.filter(member=person).count()
    if back:
        assert not Invitation.objects.between(cast.ada, cast.bo).filter(state__in=Invitation.OPEN).exists()


def test_blocked_and_gone_are_one_sentence(cast: Cast) -> None:
    people = [make_member(f"Person {n}") for n in range(2)]
    for person in people:
        connect(person, cast.ada)
    parting = part(cast.ada, people)
    assert parting is not None
    Block.objects.create(blocker=people[0], blocked=cast.ada)
    people[1].user.delete()
    done = restore(parting, by=cast.ada)
    assert done.count == 0
    assert len({words for _key, words in done.skipped}) == 1


def test_only_hers_and_only_for_thirty_days(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    parting = part(cast.ada, [cast.bo])
    assert parting is not None
    with pytest.raises(Refusal):
        restore(parting, by=cast.bo)
    assert cast.client("bo").post(parting.undo).status_code == 404
    assert "Bo Okafor" in read(cast.client("ada").get("/network/partings/"))
    assert "You removed nobody" in read(cast.client("bo").get("/network/partings/"))
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Conflict):
        restore(parting, by=cast.ada)
    assert "Bo Okafor" not in read(cast.client("ada").get("/network/partings/"))
    tasks.sweep_partings(0)
    assert not Parting.objects.exists()
    assert not Notification.objects.filter(kind="network.connected", recipient=cast.bo, actor=cast.ada).exists()


def test_strangers_are_left_alone(cast: Cast) -> None:
    actions.follow(cast.ada, cast.di)
    before = state()
    assert part(cast.ada, [cast.di, cast.cy], unfollow=True, withdraw_words=True) is None
    assert state() == before
    parting = part(cast.ada, [cast.di, cast.bo], unfollow=True)
    assert parting is not None
    assert parting.people == [cast.bo.pk]
    assert Follow.objects.filter(follower=cast.ada, followee=cast.di).exists()


def test_many_cost_what_one_costs(cast: Cast) -> None:
    crowd = [make_member(f"Person {n}") for n in range(6)]
    for each in crowd:
        connect(each, cast.ada)
    made: list[Parting | None] = []
    one = queries(lambda: made.append(part(cast.ada, crowd[:1], withdraw_words=True, unfollow=True)))
    many = queries(lambda: made.append(part(cast.ada, crowd[1:], withdraw_words=True, unfollow=True)))
    assert len(one) == len(many)
    back = [queries(lambda each=each: restore(each, by=cast.ada)) for each in made if each]  # type: ignore[misc]
    assert len(back[0]) == len(back[1])
    assert Connection.objects.filter(member=cast.ada).count() == len(crowd) + 2


def test_the_dialog_chooses_and_the_toast_undoes(said: Cast, hear: Callable[[], None]) -> None:
    ada = said.client("ada")
    question = read(ada.get("/network/with/bo-okafor/removal/"))
    assert "What you said for Bo Okafor: 2 endorsements, 1 recommendation" in question
    assert "1 endorsement by Bo Okafor counts no more on your page." in question
    assert "1 recommendation by Bo Okafor stays on your page." in question
    before = state()
    answer = ada.post("/network/with/bo-okafor/removal/", {"withdraw_words": "1", "unfollow": "on"}, follow=True)
    parting = Parting.objects.latest("pk")
    assert parting.undo in answer.text
    assert not Endorsement.objects.filter(giver=said.ada).exists()
    assert not Follow.objects.filter(follower=said.ada, followee=said.bo).exists()
    assert "are connected as before" in read(ada.post(parting.undo, follow=True))
    hear()
    assert state() == before
    assert "undone already" in read(ada.post(parting.undo, follow=True))
