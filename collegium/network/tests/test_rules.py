"""Who may do what to whom, over the whole cast; and what stands in the way."""

import pytest

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


def test_how_many_may_wait(db: None, client_of, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("reading", "rules"):
        monkeypatch.setattr(f"collegium.conduct.{room}.MOST_PENDING", 3)
    me, kim = make_member("Jo Berg"), make_member("Kim Lund")
    crowd = [make_member(f"Other {n}") for n in range(3)]
    sent = [actions.invite(me, other, note="Hello.") for other in crowd]
    actions.decline(sent[0], by=crowd[0])
    answer = client_of(me).post("/network/with/kim-lund/invitation/", {"note": "A long note."})
    assert answer.status_code == 409
    assert "3 invitations of yours wait for an answer" in answer.text
    assert "A long note." in answer.text
    actions.withdraw(sent[1], by=me)
    assert actions.invite(me, kim, note="Hello.").pk
