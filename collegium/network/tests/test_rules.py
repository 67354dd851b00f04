"""Who may do what to whom, over the whole cast; and what stands in the way."""

from datetime import timedelta

import pytest

from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network import actions, rules
from collegium.network.relations import Step, relations
from collegium.testing.cast import Cast, make_member
from collegium.ties.models import Block, Invitation

EVERYBODY = ("ada", "bo", "cy", "di", "ed", "eve", "flo", "hal", "gus")
# Ada's side: whom she may ask or follow, and how she stands to them where she sees them.
ADA = {
    "ada": (False, Step.ONESELF),
    "bo": (True, Step.CONNECTED),
    "cy": (True, Step.APART),
    "di": (True, Step.APART),
    "ed": (False, None),
    "eve": (False, None),
    "flo": (True, Step.RECEIVED),
    "hal": (True, Step.APART),
    "gus": (False, None),
}


@pytest.mark.parametrize("name", EVERYBODY)
def test_asking_and_following(cast: Cast, name: str) -> None:
    other = getattr(cast, name)
    allowed, step = ADA[name]
    assert rules.may_invite(cast.ada, other) is allowed
    assert rules.may_follow(cast.ada, other) is allowed
    assert rules.may_invite(other, cast.ada) is allowed
    if step is not None:
        assert relations(cast.viewer("ada"), [other])[other.pk].step == step
        assert relations(cast.viewer("nobody"), [other])[other.pk].step == Step.NOBODY
    if name == "flo":
        assert relations(cast.viewer("flo"), [cast.ada])[cast.ada.pk].step == Step.SENT


@pytest.mark.parametrize("name", EVERYBODY)
def test_answering_and_taking_back(cast: Cast, name: str) -> None:
    invitation = Invitation.objects.get(sender=cast.flo)
    someone = getattr(cast, name)
    assert rules.may_answer(someone, invitation) is (name == "ada")
    assert rules.may_withdraw(someone, invitation) is (name == "flo")
    assert rules.may_remind(someone, invitation) is (name == "flo")


@pytest.mark.parametrize("name", EVERYBODY)
def test_parting_needs_only_ones_own_standing(cast: Cast, name: str) -> None:
    someone = getattr(cast, name)
    assert rules.may_part(cast.ada, someone) is (name != "ada")
    assert rules.may_part(someone, cast.ada) is (name not in ("ada", "gus"))


def test_every_verb_asks_its_rule(cast: Cast) -> None:
    """A suspended person can do nothing, whatever the caller believed of her; a stranger nothing to an invitation."""
    invitation = Invitation.objects.with_people().get(sender=cast.flo)
    for verb in (actions.accept, actions.decline, actions.disclaim, actions.reopen, actions.withdraw, actions.remind):
        with pytest.raises(Refusal):
            verb(invitation, by=cast.di)
    stale = Member.objects.get(pk=cast.gus.pk)
    stale.standing = Member.Standing.ACTIVE
    for verb in (actions.invite, actions.disconnect, actions.follow, actions.unfollow, actions.block, actions.unblock):
        with pytest.raises(Refusal):
            verb(stale, cast.di)


def test_a_suspended_or_blocked_sender_is_not_accepted(cast: Cast) -> None:
    invitation = Invitation.objects.with_people().get(sender=cast.flo)
    Member.objects.filter(pk=cast.flo.pk).update(standing=Member.Standing.SUSPENDED)
    with pytest.raises(rules.Conflict, match="no longer open"):
        actions.accept(invitation, by=cast.ada)
    Member.objects.filter(pk=cast.flo.pk).update(standing=Member.Standing.ACTIVE)
    Block.objects.create(blocker=cast.flo, blocked=cast.ada)
    with pytest.raises(rules.Conflict, match="no longer open"):
        actions.accept(invitation, by=cast.ada)
    Block.objects.all().delete()
    assert actions.accept(invitation, by=cast.ada)


def joined_ago(member: Member, days: float) -> Member:
    """The same person, here for that long."""
    key = ids.key_at(clock.now() - timedelta(days=days))
    Member.objects.filter(pk=member.pk).update(id=key)
    return Member.objects.get(pk=key)


def sent_before(member: Member, count: int, age: timedelta) -> None:
    """What the journal knows of invitations sent that long ago."""
    moments = [clock.now() - age + timedelta(milliseconds=n) for n in range(count)]
    Entry.objects.bulk_create(
        Entry(id=ids.key_at(at), kind="network.invited", actor=member.pk, data={"recipient": 1}) for at in moments
    )


@pytest.mark.parametrize(
    ("days", "count", "age", "status"),
    [
        (1, 19, timedelta(hours=1), 302),
        (1, 20, timedelta(hours=1), 429),
        (1, 20, timedelta(hours=25), 302),
        (8, 20, timedelta(hours=1), 302),
        (8, 99, timedelta(days=1), 302),
        (8, 100, timedelta(days=1), 429),
        (8, 100, timedelta(days=7, minutes=1), 302),
    ],
)
def test_how_many_in_a_day_and_in_a_week(
    db: None, client_of, days: int, count: int, age: timedelta, status: int
) -> None:
    make_member("Kim Lund")
    sent_before(me := joined_ago(make_member("Jo Berg"), days), count, age)
    answer = client_of(me).post("/network/with/kim-lund/invitation/", {"note": "A long note."})
    assert answer.status_code == status
    if status == 429:
        assert "You can send the next one on" in answer.text
        assert "A long note." in answer.text
        assert int(answer.headers["Retry-After"]) > 0


def test_how_many_may_wait(db: None, client_of, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_PENDING", 3)
    me, kim = make_member("Jo Berg"), make_member("Kim Lund")
    crowd = [make_member(f"Other {n}") for n in range(3)]
    sent = [actions.invite(me, other) for other in crowd]
    actions.decline(sent[0], by=crowd[0])
    answer = client_of(me).post("/network/with/kim-lund/invitation/", {"note": "A long note."})
    assert answer.status_code == 409
    assert "3 invitations of yours wait for an answer" in answer.text
    assert "A long note." in answer.text
    actions.withdraw(sent[1], by=me)
    assert actions.invite(me, kim).pk
