"""Races: the last owners leave at once, joining meets a ban, accepting meets taking back, two decide one request."""

from dataclasses import replace

import pytest

from collegium.groups import rules
from collegium.groups.actions import barring, doors, founding, inviting, keeping
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Ban, Group, Invitation, Membership, Request, Role
from collegium.groups.tests.scene import group_of, seat
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.testing.cast import connect, make_member
from collegium.testing.racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_owners_cannot_both_leave() -> None:
    one, other = make_member("Ada Lind"), make_member("Bo Okafor")
    group = group_of(one)
    seat(group, other, Role.OWNER)
    outcomes = race(lambda: keeping.leave(group, by=one), lambda: keeping.leave(group, by=other))
    assert sorted(map(str, map(type, outcomes))) == sorted(map(str, (bool, Conflict)))
    assert Membership.objects.filter(group=group, role=Role.OWNER).count() == 1
    assert Group.objects.get(pk=group.pk).member_count == 1


def test_one_leaves_while_the_other_lays_her_role_down() -> None:
    one, other = make_member("Ada Lind"), make_member("Bo Okafor")
    group = group_of(one)
    seat(group, other, Role.OWNER)
    race(
        lambda: keeping.leave(group, by=one),
        lambda: keeping.give_role(group, other, Role.MEMBER, by=other),
    )
    assert Membership.objects.filter(group=group, role=Role.OWNER).count() == 1


def test_whoever_is_banned_while_she_joins_is_out() -> None:
    owner, guest = make_member("Ada Lind"), make_member("Bo Okafor")
    group = group_of(owner)
    outcomes = race(lambda: doors.join(group, by=guest), lambda: barring.ban(group, guest, by=owner, reason="x"))
    assert isinstance(outcomes[0], Membership | Refusal)
    assert isinstance(outcomes[1], Ban)
    assert rules.role(guest, group) is None
    assert Group.objects.get(pk=group.pk).member_count == 1


def test_accepting_meets_taking_back() -> None:
    owner, guest = make_member("Ada Lind"), make_member("Bo Okafor")
    group = group_of(owner, joining="request")
    asked = doors.ask(group, by=guest, answers={})
    outcomes = race(lambda: doors.accept(asked, by=owner), lambda: doors.withdraw_request(group, by=guest))
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    inside = rules.role(guest, group) is not None
    assert (Request.objects.get().outcome == Request.Outcome.ACCEPTED) == inside


def test_an_invitation_is_accepted_or_taken_back() -> None:
    owner, guest = make_member("Ada Lind"), make_member("Bo Okafor")
    connect(owner, guest)
    group = group_of(owner, joining="invitation")
    (made,) = inviting.invite(group, [guest], by=owner)
    outcomes = race(lambda: doors.join(group, by=guest), lambda: inviting.withdraw(made, by=owner))
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    inside = rules.role(guest, group) is not None
    assert (Invitation.objects.get().outcome == Invitation.Outcome.ACCEPTED) == inside


def test_two_decide_one_request() -> None:
    owner, manager, guest = make_member("Ada Lind"), make_member("Bo Okafor"), make_member("Cy Tan")
    group = group_of(owner, joining="request")
    seat(group, manager, Role.MANAGER)
    asked = doors.ask(group, by=guest, answers={})
    outcomes = race(lambda: doors.accept(asked, by=owner), lambda: doors.decline(asked, by=manager))
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    assert (rules.role(guest, group) is not None) == (Request.objects.get().outcome == Request.Outcome.ACCEPTED)


def test_the_tenth_place_of_an_owner_is_given_once() -> None:
    owner = make_member("Ada Lind")
    group = group_of(owner)
    for number in range(8):
        seat(group, make_member(f"Owner {number}"), Role.OWNER)
    one, other = (seat(group, make_member(name)).member for name in ("Bo Okafor", "Cy Tan"))
    outcomes = race(
        lambda: keeping.give_role(group, one, Role.OWNER, by=owner),
        lambda: keeping.give_role(group, other, Role.OWNER, by=owner),
    )
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    assert Membership.objects.filter(group=group, role=Role.OWNER).count() == 10


def test_two_are_not_counted_as_one() -> None:
    owner = make_member("Ada Lind")
    group = group_of(owner)
    people = [make_member(f"Person {number}") for number in range(4)]
    race(*[lambda each=each: doors.join(group, by=each) for each in people])  # type: ignore[misc]
    assert Group.objects.get(pk=group.pk).member_count == Membership.objects.filter(group=group).count() == 5


def test_rules_that_change_while_one_accepts_are_not_accepted() -> None:
    owner, guest = make_member("Ada Lind"), make_member("Bo Okafor")
    group = group_of(owner, rules="Old.")
    seat(group, guest)
    read_at = Group.objects.get(pk=group.pk).rules_at
    race(
        lambda: founding.edit(group, replace(Charter.of(group), rules="New."), by=owner),
        lambda: doors.agree(group, by=guest, read_at=read_at),
    )
    fresh = Group.objects.get(pk=group.pk)
    mine = rules.seat(guest, fresh)
    assert mine is not None
    assert fresh.rules_at is not None
    assert fresh.rules_at <= clock.now()
    assert not rules.has_agreed(mine, fresh)
