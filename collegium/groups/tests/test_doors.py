"""Coming in and going: at once, by asking, by being asked; rules accepted; what becomes of what waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from collegium.groups import rules, succession
from collegium.groups.actions import barring, doors, ending, founding, inviting, keeping
from collegium.groups.actions.founding import Charter
from collegium.groups.banning import Sweepers
from collegium.groups.models import Group, Invitation, Joining, Membership, Question, Request, Role
from collegium.groups.tests.scene import RULES, asked, ban_of, group_of, joins, make_scene, seat
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal
from collegium.members import actions as members
from collegium.members.models import Member
from collegium.network import actions as network
from collegium.notifications.models import Notification
from collegium.testing.cast import Cast, connect, make_member

pytestmark = pytest.mark.django_db


def told(member: object, kind: str) -> int:
    return Notification.objects.filter(recipient=member, kind=kind).count()


def test_the_founder_owns_it_and_the_handle_is_made_of_the_name(cast: Cast) -> None:
    one, other = group_of(cast.bo, "Wood & Boats"), group_of(cast.di, "Wood & Boats")
    assert (one.handle, other.handle) == ("wood-boats", "wood-boats-2")
    assert rules.role(cast.bo, one) == Role.OWNER
    assert one.member_count == 1
    with pytest.raises(Conflict):
        founding.found(cast.cy, Charter(name="Else"), handle="wood-boats")
    with pytest.raises(Refusal):
        group_of(cast.gus)


def test_an_open_group_is_joined_at_once_and_only_with_its_rules(cast: Cast) -> None:
    group = group_of(cast.bo, rules=RULES)
    with pytest.raises(Conflict):
        doors.join(group, by=cast.di)
    mine = doors.join(group, by=cast.di, agreed=True)
    assert mine.agreed_at is not None
    assert doors.join(group, by=cast.di).member_id == cast.di.pk
    group.refresh_from_db()
    assert group.member_count == Membership.objects.filter(group=group).count() == 2


@pytest.mark.parametrize("joining", [Joining.REQUEST, Joining.INVITATION])
def test_other_doors_do_not_open_by_themselves(cast: Cast, joining: str) -> None:
    group = group_of(cast.bo, joining=joining)
    with pytest.raises(Conflict):
        doors.join(group, by=cast.di)
    assert rules.role(cast.di, group) is None


def test_a_request_keeps_the_questions_as_they_stood(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    group = founding.found(
        cast.bo,
        Charter(name="Boats", joining=Joining.REQUEST),
        questions=[("Which boat?", True), ("Since when?", False)],
    )
    first, second = Question.objects.filter(group=group).order_by("rank")
    with pytest.raises(Conflict):
        doors.ask(group, by=cast.di, answers={second.pk: "1990"})
    made = doors.ask(group, by=cast.di, answers={first.pk: "A dinghy"})
    founding.ask(group, [("Why?", True)], by=cast.bo)
    made.refresh_from_db()
    assert made.answers == [
        {"question": "Which boat?", "answer": "A dinghy"},
        {"question": "Since when?", "answer": ""},
    ]
    hear()
    assert told(cast.bo, "groups.asked") == 1
    doors.accept(made, by=cast.bo)
    hear()
    assert (told(cast.bo, "groups.asked"), told(cast.di, "groups.let_in")) == (0, 1)
    assert rules.role(cast.di, group) == Role.MEMBER
    with pytest.raises(Conflict):
        doors.decline(made, by=cast.bo)


def test_who_is_turned_away_is_told_and_may_ask_again(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    scene = make_scene(cast)
    doors.decline(asked(scene), by=cast.cy, words="Not yet.")
    hear()
    assert told(scene.asking, "groups.turned_down") == 1
    page = scene.client("asking").get("/notifications/").content.decode()
    assert "Not yet." in page
    assert cast.cy.name not in page
    doors.ask(scene.group, by=scene.asking, answers={}, agreed=True)
    with pytest.raises(Conflict):
        doors.decline(Request.objects.filter(member=scene.asking).earliest("pk"), by=cast.cy)


def test_taking_a_request_back_tells_nobody(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    scene = make_scene(cast)
    doors.withdraw_request(scene.group, by=scene.asking)
    hear()
    assert not Notification.objects.filter(kind="groups.asked").exists()
    with pytest.raises(Conflict):
        doors.withdraw_request(scene.group, by=scene.asking)


def test_an_invitation_opens_the_door(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    scene = make_scene(cast)
    joins(scene, "invited")
    assert Invitation.objects.get(member=scene.invited).outcome == Invitation.Outcome.ACCEPTED
    hear()
    assert told(scene.invited, "groups.invited") == 0


def test_who_asked_and_is_invited_comes_in_and_waits_no_longer(cast: Cast) -> None:
    scene = make_scene(cast)
    connect(scene.asking, cast.bo)
    inviting.invite(scene.group, [scene.asking], by=cast.bo)
    joins(scene, "asking")
    assert asked(scene).outcome == Request.Outcome.ACCEPTED


def test_only_connections_are_invited_and_nobody_twice(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    group = group_of(cast.bo, joining=Joining.INVITATION)
    with pytest.raises(Conflict):
        inviting.invite(group, [cast.di], by=cast.bo)
    assert len(inviting.invite(group, [cast.cy, cast.ada], by=cast.bo, note="Come.")) == 2
    assert inviting.invite(group, [cast.cy], by=cast.bo) == []
    hear()
    assert told(cast.cy, "groups.invited") == 1
    assert "Bo Okafor" in cast.client("cy").get("/notifications/").content.decode()


def test_declining_is_not_told_and_holds_for_a_while(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    group = group_of(cast.bo, joining=Joining.INVITATION)
    inviting.invite(group, [cast.cy], by=cast.bo)
    page = f"{group.path}invite/"
    before = cast.client("bo").get(page).content.decode()
    inviting.decline(group, by=cast.cy)
    hear()
    assert not Notification.objects.filter(recipient=cast.bo, kind__startswith="groups").exists()
    after = cast.client("bo").get(page).content.decode()
    assert ("Invited, and not here yet" in before, "Cy Tanaka" in before) == (True, True)
    assert ("Invited, and not here yet" in after, "Cy Tanaka" in after) == (True, True)
    assert inviting.invite(group, [cast.cy], by=cast.bo) == []
    Invitation.objects.update(settled_at=clock.now() - timedelta(days=91))
    assert len(inviting.invite(group, [cast.cy], by=cast.bo)) == 1


def test_a_block_and_a_suspension_take_invitations_back(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    group = group_of(cast.bo, joining=Joining.INVITATION)
    inviting.invite(group, [cast.cy, cast.ada], by=cast.bo)
    network.block(cast.cy, cast.bo)
    hear()
    assert not Invitation.objects.standing().filter(member=cast.cy).exists()
    assert Invitation.objects.standing().filter(member=cast.ada).exists()
    members.suspend(cast.bo, by=None)
    hear()
    assert not Invitation.objects.standing().exists()
    assert told(cast.ada, "groups.invited") == 0


def test_changed_rules_silence_until_they_are_accepted(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    scene = make_scene(cast)
    assert rules.may_post(cast.ada, scene.group)
    group = founding.edit(scene.group, replace(Charter.of(scene.group), rules="New."), by=cast.cy)
    hear()
    assert told(cast.ada, "groups.rules_changed") == 1
    assert told(cast.cy, "groups.rules_changed") == 0
    assert (rules.may_post(cast.ada, group), rules.may_post(cast.cy, group)) == (False, True)
    assert "rules" in rules.why_silent(cast.ada, group)
    with pytest.raises(Conflict):
        doors.agree(group, by=cast.ada, read_at=scene.group.rules_at)
    doors.agree(group, by=cast.ada, read_at=group.rules_at)
    assert rules.may_post(cast.ada, group)


def test_a_private_group_opens_only_when_it_is_said_twice(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    group = group_of(cast.bo, visibility="private")
    seat(group, cast.di)
    wish = Charter(name=group.name, visibility="public")
    with pytest.raises(Conflict):
        founding.edit(group, wish, by=cast.bo)
    page = f"{group.path}settings/"
    fields = {"name": group.name, "visibility": "public", "joining": "open", "posting": "members"}
    assert cast.client("bo").post(page, fields).status_code == 422
    group.refresh_from_db()
    assert group.visibility == "private"
    assert cast.client("bo").post(page, {**fields, "sure": "on"}).status_code == 302
    group.refresh_from_db()
    assert group.visibility == "public"
    hear()
    assert told(cast.di, "groups.opened") == 1


def test_leaving_and_the_last_owner(cast: Cast) -> None:
    scene = make_scene(cast)
    assert keeping.leave(scene.group, by=cast.ada)
    assert not keeping.leave(scene.group, by=cast.ada)
    for heir in (None, cast.bo, cast.ada):
        with pytest.raises(Conflict):
            keeping.leave(scene.group, by=cast.bo, heir=heir)
    assert keeping.leave(scene.group, by=cast.bo, heir=cast.di)
    assert rules.role(cast.di, scene.group) == Role.OWNER
    assert scene.fresh().member_count == Membership.objects.filter(group=scene.group).count() == 3


def test_an_owner_who_loses_her_standing_is_succeeded(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    scene = make_scene(cast)
    hear()
    members.suspend(cast.bo, by=None)
    assert rules.role(again(cast.bo), scene.group) is None
    hear()
    assert rules.role(cast.cy, scene.group) == Role.OWNER
    hear()  # what was recorded by what was heard
    assert told(cast.cy, "groups.succeeded") == 1
    cast.cy.user.delete()
    assert succession.sweep() == 1
    assert rules.role(cast.di, scene.group) == Role.OWNER
    assert scene.fresh().member_count == Membership.objects.filter(group=scene.group).count()


def again(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def test_roles_have_room_for_so_many(cast: Cast) -> None:
    scene = make_scene(cast)
    for number in range(9):
        keeping.give_role(scene.group, seat(scene.group, make_member(f"Owner {number}")).member, Role.OWNER, by=cast.bo)
    with pytest.raises(Conflict):
        keeping.give_role(scene.group, cast.ada, Role.OWNER, by=cast.bo)
    assert keeping.give_role(scene.group, cast.bo, Role.MEMBER, by=cast.bo)
    with pytest.raises(Refusal):
        keeping.give_role(scene.group, cast.bo, Role.OWNER, by=cast.bo)


def test_removing_and_banning(cast: Cast, hear) -> None:  # type: ignore[no-untyped-def]
    scene = make_scene(cast)
    assert keeping.remove(scene.group, cast.ada, by=cast.di, reason="Adverts.")
    assert not keeping.remove(scene.group, cast.ada, by=cast.di)
    with pytest.raises(Refusal):
        keeping.remove(scene.group, cast.cy, by=cast.di)
    made = barring.ban(scene.group, cast.ada, by=cast.di, reason="Again.", until=clock.now() + timedelta(days=1))
    with pytest.raises(Conflict):
        barring.ban(scene.group, cast.ada, by=cast.di, reason="Again.")
    hear()
    assert (told(cast.ada, "groups.removed"), told(cast.ada, "groups.banned")) == (1, 1)
    page = cast.client("ada").get("/notifications/").content.decode()
    assert "Adverts." in page
    assert "Di Varga" not in page
    for way in (
        lambda: doors.join(scene.group, by=cast.ada, agreed=True),
        lambda: doors.ask(scene.group, by=cast.ada, answers={}, agreed=True),
    ):
        with pytest.raises(Refusal):
            way()
    with pytest.raises(Conflict):
        inviting.invite(scene.group, [cast.ada], by=cast.bo)
    barring.lift(made, by=cast.di)
    doors.ask(scene.group, by=cast.ada, answers={}, agreed=True)


def test_a_ban_that_ran_out_shows_again_what_it_hid(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = make_scene(cast)
    swept: list[tuple[int, bool]] = []
    sweepers = Sweepers([lambda ban, on: swept.append((ban.pk, on))])
    monkeypatch.setattr(barring, "sweepers", sweepers)
    made = barring.ban(
        scene.group, cast.ada, by=cast.di, reason="X", until=clock.now() + timedelta(days=1), with_content=True
    )
    barring.ban(scene.group, cast.ed, by=cast.di, reason="X")
    assert barring.expire() == 0
    type(made).objects.filter(pk=made.pk).update(until=clock.now() - timedelta(minutes=1))
    assert barring.expire() == 1
    assert swept == [(made.pk, True), (made.pk, False)]
    assert barring.ban(scene.group, cast.ada, by=cast.di, reason="Y").pk != made.pk


def test_who_is_banned_is_not_told_of_by_an_invitation_that_stays_unheard(cast: Cast) -> None:
    scene = make_scene(cast)
    connect(scene.banned, cast.ada)
    assert inviting.invite(scene.group, [scene.banned], by=cast.ada) == []
    barring.lift(ban_of(scene), by=cast.di)
    assert len(inviting.invite(scene.group, [scene.banned], by=cast.ada)) == 1


def test_ended_is_for_reading_and_deleted_is_gone(cast: Cast) -> None:
    scene = make_scene(cast)
    ending.end(scene.group, by=cast.bo)
    group = scene.fresh()
    for act in (
        lambda: joins(scene, "invited"),
        lambda: doors.ask(group, by=scene.stranger, answers={}, agreed=True),
        lambda: keeping.give_role(group, cast.ada, Role.MANAGER, by=cast.bo),
        lambda: inviting.invite(group, [cast.ada], by=cast.bo),
        lambda: keeping.remove(group, cast.ada, by=cast.bo),
        lambda: barring.ban(group, cast.ada, by=cast.bo, reason="x"),
    ):
        with pytest.raises(Conflict):
            act()
    assert rules.may_read(cast.viewer("ada"), group)
    assert not rules.may_post(cast.ada, group)
    assert not rules.may_keep(cast.bo, group)
    ending.reopen(group, by=cast.bo)
    with pytest.raises(Conflict):
        ending.delete(group, by=cast.bo, name="Something else")
    ending.delete(group, by=cast.bo, name="wooden BOATS")
    assert not Group.objects.filter(pk=group.pk).exists()
