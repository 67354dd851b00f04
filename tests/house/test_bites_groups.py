"""The tests of groups bite: each fault planted in a rule, a model, a verb or a page makes one of them fail.

The faults are those that such systems really had: a banned person who asks again, an invitation that was declined and
opens the door still, a suspended owner who counts as one, a moderator who bans an owner, a private group that a form
makes public in passing.
"""

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from collegium.groups import rules, succession
from collegium.groups.actions import barring, doors, founding, holding, inviting, keeping
from collegium.groups.models import doors as door_models
from collegium.groups.models import groups as group_models
from collegium.groups.models.doors import BanQuerySet, DoorQuerySet
from collegium.groups.models.groups import GroupQuerySet
from collegium.groups.reading import doors as waiting
from collegium.groups.reading import members, suggesting
from collegium.groups.tests import test_doors, test_matrix, test_pages, test_suggesting, test_visibility
from collegium.groups.tests.scene import asked, ban_of, group_of, make_scene, seat
from collegium.lib.refusal import Conflict, Refusal
from collegium.network import actions as network
from collegium.testing.cast import Cast
from tests.house.planting import anew, rewritten  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("anew")]

Plant = Callable[[pytest.MonkeyPatch], None]
Check = Callable[[Cast, Callable[[], None]], object]
BITES = (AssertionError, pytest.fail.Exception, Refusal, Conflict)


def method(of: type, name: str, right: str, planted: str) -> Plant:
    """As `rewritten`, for a function of a class."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        source = textwrap.dedent(inspect.getsource(getattr(of, name)))
        assert right in source, "the fault has no place to be planted in any more"
        module = inspect.getmodule(of)
        names: dict[str, Any] = dict(vars(module))
        exec(compile(source.replace(right, planted), name, "exec"), names)
        patch.setattr(of, name, names[name])

    return plant


def rule(name: str) -> Check:
    return lambda cast, _hear: test_matrix.test_role_by_rule(cast, name)


def action(name: str, role: str) -> Check:
    return lambda cast, _hear: test_matrix.test_role_by_action(cast, name, test_matrix.ROLES.index(role))


def page(address: str, visibility: str) -> Check:
    return lambda cast, _hear: test_visibility.test_who_has_which_page(cast, visibility, address)


def listed(visibility: str, name: str) -> Check:
    return lambda cast, _hear: test_visibility.test_who_is_named_on_the_list_of_members(cast, name, visibility)


def only_keepers_post(cast: Cast, _hear: object) -> None:
    scene = make_scene(cast, posting="moderators")
    assert [rules.may_post(each, scene.group) for each in (cast.bo, cast.di, cast.ada)] == [True, True, False]


def members_do_not_invite(cast: Cast, _hear: object) -> None:
    scene = make_scene(cast, members_invite=False)
    assert [rules.may_invite(each, scene.group) for each in (cast.cy, cast.di, cast.ada)] == [True, False, False]


def a_lifted_ban_is_none(cast: Cast, _hear: object) -> None:
    scene = make_scene(cast)
    barring.lift(ban_of(scene), by=cast.di)
    assert rules.may_ask(scene.banned, scene.group)


def strangers_read_what_is_public(cast: Cast, _hear: object) -> None:
    group = group_of(cast.bo)
    assert rules.may_read(cast.viewer("nobody"), group)
    assert group_models.Group.objects.read_by(cast.viewer("di")).contains(group)
    private = group_of(cast.bo, visibility="private")
    seat(private, cast.ada)
    reads = [group_models.Group.objects.read_by(cast.viewer(name)).contains(private) for name in ("ada", "di")]
    assert reads == [True, False]


def blocked_people_ask_in_vain(cast: Cast, _hear: object) -> None:
    scene = make_scene(cast)
    network.block(scene.asking, cast.bo)
    key = asked(scene).pk
    assert scene.asking.name not in cast.client("bo").get(f"{scene.group.path}requests/").content.decode()
    assert cast.client("bo").post(f"{scene.group.path}requests/{key}/acceptance/").status_code == 404
    assert scene.asking.name in cast.client("cy").get(f"{scene.group.path}requests/").content.decode()


def plain(check: Callable[[Cast], None]) -> Check:
    return lambda cast, _hear: check(cast)


LAST_OWNER = plain(test_doors.test_leaving_and_the_last_owner)
FAULTS: dict[str, tuple[Plant, Check]] = {
    "the suspended keep their roles": (
        rewritten(rules, "seat", "member is None or not member.is_active", "member is None"),
        rule("may own"),
    ),
    "everybody reads in a private group": (
        rewritten(rules, "may_read", "group.visibility == Visibility.PUBLIC", "True"),
        rule("may read"),
    ),
    "nobody outside reads in a public group": (
        rewritten(rules, "may_read", "group.visibility == Visibility.PUBLIC", "False"),
        strangers_read_what_is_public,
    ),
    "rules accepted once are accepted for ever": (
        rewritten(rules, "has_agreed", "mine.agreed_at >= group.rules_at", "True"),
        test_doors.test_changed_rules_silence_until_they_are_accepted,
    ),
    "one posts in a group that has ended": (
        rewritten(rules, "why_seat_is_silent", "not group.is_open", "False"),
        plain(test_doors.test_ended_is_for_reading_and_deleted_is_gone),
    ),
    "members post where keepers alone do": (
        rewritten(rules, "why_seat_is_silent", "mine.role < Role.MODERATOR", "mine.role < Role.MEMBER"),
        only_keepers_post,
    ),
    "posts of members wait for nobody": (
        rewritten(rules, "waits", "mine < Role.MODERATOR", "mine < Role.MEMBER"),
        rule("waits"),
    ),
    "members keep the group": (rewritten(rules, "may_keep", "Role.MODERATOR", "Role.MEMBER"), rule("may keep")),
    "moderators manage": (rewritten(rules, "may_manage", "Role.MANAGER", "Role.MODERATOR"), rule("may manage")),
    "managers own": (rewritten(rules, "may_own", "Role.OWNER", "Role.MANAGER"), rule("may own")),
    "moderators read the log": (
        rewritten(rules, "may_read_log", "Role.MANAGER", "Role.MODERATOR"),
        rule("may read the log"),
    ),
    "a lifted ban holds": (rewritten(rules, "banned", ".holding()", ".all()"), a_lifted_ban_is_none),
    "the banned ask again": (
        rewritten(rules, "may_knock", "banned(member, group) is None", "True"),
        action("ask to be let in", "banned"),
    ),
    "the door of a closed group is open": (
        rewritten(rules, "may_join", "invited(member, group) is not None", "True"),
        action("join", "stranger"),
    ),
    "an invitation opens nothing": (
        rewritten(rules, "may_join", "invited(member, group) is not None", "False"),
        action("join", "invited"),
    ),
    "one asks where nobody is let in": (
        rewritten(rules, "may_ask", "group.joining == Joining.REQUEST and ", ""),
        page("request/", "unlisted"),
    ),
    "every member invites everywhere": (
        rewritten(rules, "may_invite", "mine >= Role.MANAGER or group.members_invite", "True"),
        members_do_not_invite,
    ),
    "a moderator removes another": (
        rewritten(rules, "may_remove", "theirs < mine", "theirs <= mine"),
        action("take out a moderator", "moderator"),
    ),
    "members remove": (
        rewritten(rules, "may_remove", "mine < Role.MODERATOR", "False"),
        action("ban a stranger", "member"),
    ),
    "unlisted groups are listed": (
        method(GroupQuerySet, "visible_to", "~Q(visibility=Visibility.UNLISTED)", "Q(pk__gt=0)"),
        page("about/", "unlisted"),
    ),
    "whoever was ever invited knows of it": (
        method(GroupQuerySet, "visible_to", "Invitation.objects.standing()", "Invitation.objects.all()"),
        plain(test_pages.test_inviting_by_ticking_and_by_name),
    ),
    "the invited know nothing of it": (
        method(GroupQuerySet, "visible_to", " | Exists(asked)", ""),
        page("about/", "unlisted"),
    ),
    "private groups are read by all": (
        method(GroupQuerySet, "read_by", "Q(visibility=Visibility.PUBLIC)", "Q(pk__gt=0)"),
        strangers_read_what_is_public,
    ),
    "a settled request waits": (
        method(DoorQuerySet, "standing", "settled_at=None", "pk__gt=0"),
        test_doors.test_who_is_turned_away_is_told_and_may_ask_again,
    ),
    "a ban never runs out": (
        method(BanQuerySet, "holding", "Q(until=None) | Q(until__gt=clock.now()), ", ""),
        lambda cast, _hear: a_ban_runs_out(cast),
    ),
    "the last owner leaves": (rewritten(keeping, "leave", "not owners_left(row, without=by)", "False"), LAST_OWNER),
    "the suspended inherit": (
        rewritten(keeping, "_hand_over", "theirs is None or not theirs.member.is_active", "theirs is None"),
        lambda cast, _hear: no_suspended_heir(cast),
    ),
    "the last owner lays her role down": (
        rewritten(keeping, "give_role", "not owners_left(row, without=member)", "False"),
        lambda cast, _hear: the_last_owner_stays_one(cast),
    ),
    "a suspended owner counts as one": (
        rewritten(holding, "_owners", ", member__standing=Member.Standing.ACTIVE", ""),
        test_doors.test_an_owner_who_loses_her_standing_is_succeeded,
    ),
    "anybody succeeds before those who keep it": (
        rewritten(succession, "succeed", '"-role"', '"role"'),
        test_doors.test_an_owner_who_loses_her_standing_is_succeeded,
    ),
    "a form makes it public in passing": (
        rewritten(founding, "edit", "opening(row, charter) and not opens", "False"),
        test_doors.test_a_private_group_opens_only_when_it_is_said_twice,
    ),
    "rules one has not read are accepted": (
        rewritten(doors, "agree", "row.rules_at > read_at", "False"),
        test_doors.test_changed_rules_silence_until_they_are_accepted,
    ),
    "one joins without the rules": (
        rewritten(doors, "_require_agreed", "group.rules and not agreed", "False"),
        plain(test_doors.test_an_open_group_is_joined_at_once_and_only_with_its_rules),
    ),
    "a question that must be answered is not": (
        rewritten(doors, "_answered", "each.required and not answer", "False"),
        test_doors.test_a_request_keeps_the_questions_as_they_stood,
    ),
    "whoever declined is asked again at once": (
        rewritten(
            inviting, "_passed_over", "Invitation.objects.standing() | recently", "Invitation.objects.standing()"
        ),
        test_doors.test_declining_is_not_told_and_holds_for_a_while,
    ),
    "strangers are invited": (
        rewritten(inviting, "_require_near", "if key not in seen", "if key in ()"),
        test_doors.test_only_connections_are_invited_and_nobody_twice,
    ),
    "the banned stay in it": (
        rewritten(barring, "_put_out", "Membership.objects.filter(group=group, member=member).delete()[0]", "True"),
        lambda cast, _hear: whoever_is_banned_is_out(cast),
    ),
    "hidden people are named to those outside": (
        rewritten(members, "_judged", 'PUBLIC if inside else F("member__visibility")', "PUBLIC"),
        listed("public", "stranger"),
    ),
    "blocked people are on each other's list": (
        rewritten(members, "_judged", ".filter(near__gte=least)", ".exclude(near__lt=least - 9)"),
        listed("private", "member"),
    ),
    "private groups tell who is in them": (
        rewritten(suggesting, "_of_people", ", group__visibility=Visibility.PUBLIC", ""),
        plain(test_suggesting.test_people_are_a_reason_in_public_groups_alone),
    ),
    "unlisted groups are suggested": (
        rewritten(suggesting, "_open_to", ".exclude(visibility=Visibility.UNLISTED)", ".all()"),
        plain(test_suggesting.test_a_skill_is_a_reason_where_it_stands_whole),
    ),
    "who is blocked asks by name": (
        rewritten(
            waiting,
            "requests",
            'written_by_visible(Request.objects.standing().filter(group=group), viewer, owner="member")',
            "Request.objects.standing().filter(group=group)",
        ),
        blocked_people_ask_in_vain,
    ),
}


def a_ban_runs_out(cast: Cast) -> None:
    scene = make_scene(cast)
    ban = ban_of(scene)
    ban.until = ban.group.founded_at
    ban.save(update_fields=["until"])
    assert rules.may_ask(scene.banned, scene.group)


def no_suspended_heir(cast: Cast) -> None:
    scene = make_scene(cast)
    seat(scene.group, cast.gus)
    with pytest.raises(Conflict):
        keeping.leave(scene.group, by=cast.bo, heir=cast.gus)


def the_last_owner_stays_one(cast: Cast) -> None:
    scene = make_scene(cast)
    with pytest.raises(Conflict):
        keeping.give_role(scene.group, cast.bo, 0, by=cast.bo)


def whoever_is_banned_is_out(cast: Cast) -> None:
    scene = make_scene(cast)
    barring.ban(scene.group, cast.ada, by=cast.di, reason="x")
    assert rules.role(cast.ada, scene.group) is None


@pytest.mark.parametrize("fault", list(FAULTS))
def test_the_tests_of_groups_bite(
    fault: str, cast: Cast, hear: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant, check = FAULTS[fault]
    plant(monkeypatch)
    with pytest.raises(BITES):
        check(cast, hear)


@pytest.mark.parametrize(
    "check",
    [
        only_keepers_post,
        members_do_not_invite,
        a_lifted_ban_is_none,
        strangers_read_what_is_public,
        blocked_people_ask_in_vain,
        lambda cast, _hear: a_ban_runs_out(cast),
        lambda cast, _hear: the_last_owner_stays_one(cast),
        lambda cast, _hear: no_suspended_heir(cast),
        lambda cast, _hear: whoever_is_banned_is_out(cast),
    ],
)
def test_what_is_checked_here_alone_holds_without_a_fault(check: Check, cast: Cast) -> None:
    assert door_models.MOST_QUESTIONS == 5
    check(cast, lambda: None)
