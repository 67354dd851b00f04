"""Role by action: every verb done by everybody around a group, compared with `matrix.toml`."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collegium.audience.viewer import Viewer
from collegium.groups import rules
from collegium.groups.actions import barring, doors, ending, founding, inviting, keeping
from collegium.groups.actions.founding import Charter
from collegium.groups.models import Group, Invitation, Membership, Role
from collegium.groups.tests.scene import Scene, asked, ban_of, make_scene, seat
from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.testing.cast import Cast, connect, make_member

pytestmark = pytest.mark.django_db

MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
ROLES: list[str] = MATRIX["roles"]
Act = Callable[[Scene, Member], Any]


def charter(scene: Scene, **changes: Any) -> Charter:
    return replace(Charter.of(scene.fresh()), **changes)


def newcomer(scene: Scene, role: int = Role.MEMBER) -> Member:
    """Somebody of the group who stands to nobody in any way."""
    return seat(scene.group, make_member("Pia Holt"), role).member


def friend(scene: Scene, by: Member) -> Member:
    other = make_member("Pia Holt")
    if by.is_active:
        connect(other, by)
    return other


def kept_invitation(scene: Scene) -> Invitation:
    return Invitation.objects.select_related("group").get(member=scene.invited)


def _reopen(scene: Scene, by: Member) -> bool:
    ending.end(scene.group, by=scene.owner)
    return ending.reopen(scene.group, by=by)


ACTIONS: dict[str, Act] = {
    "change its words": lambda s, by: founding.edit(s.group, charter(s, line="Otherwise."), by=by),
    "make it public": lambda s, by: founding.edit(s.group, charter(s, visibility="public"), by=by, opens=True),
    "change the questions": lambda s, by: founding.ask(s.group, [("Why?", True)], by=by),
    "put a picture": lambda s, by: founding.put_picture(s.group, "photo", "0" * 64, by=by),
    "join": lambda s, by: doors.join(s.group, by=by, agreed=True),
    "ask to be let in": lambda s, by: doors.ask(s.group, by=by, answers={}, agreed=True),
    "take a request back": lambda s, by: doors.withdraw_request(s.group, by=by),
    "let somebody in": lambda s, by: doors.accept(asked(s), by=by),
    "turn somebody away": lambda s, by: doors.decline(asked(s), by=by),
    "accept the rules": lambda s, by: doors.agree(s.group, by=by),
    "invite a connection": lambda s, by: inviting.invite(s.group, [friend(s, by)], by=by),
    "decline an invitation": lambda s, by: inviting.decline(s.group, by=by),
    "take an invitation back": lambda s, by: inviting.withdraw(kept_invitation(s), by=by),
    "make a moderator": lambda s, by: keeping.give_role(s.group, newcomer(s), Role.MODERATOR, by=by),
    "make an owner": lambda s, by: keeping.give_role(s.group, newcomer(s), Role.OWNER, by=by),
    "take out a member": lambda s, by: keeping.remove(s.group, newcomer(s), by=by),
    "take out a moderator": lambda s, by: keeping.remove(s.group, newcomer(s, Role.MODERATOR), by=by),
    "take out a manager": lambda s, by: keeping.remove(s.group, newcomer(s, Role.MANAGER), by=by),
    "take out an owner": lambda s, by: keeping.remove(s.group, newcomer(s, Role.OWNER), by=by),
    "ban a member": lambda s, by: barring.ban(s.group, newcomer(s), by=by, reason="x"),
    "ban a manager": lambda s, by: barring.ban(s.group, newcomer(s, Role.MANAGER), by=by, reason="x"),
    "ban a stranger": lambda s, by: barring.ban(s.group, make_member("Pia Holt"), by=by, reason="x"),
    "lift a ban": lambda s, by: barring.lift(ban_of(s), by=by),
    "leave": lambda s, by: keeping.leave(s.group, by=by, heir=s.manager),
    "choose what reaches one": lambda s, by: keeping.choose(
        s.group, by=by, at_home=False, in_digest=False, reachable=False
    ),
    "end it": lambda s, by: ending.end(s.group, by=by),
    "open it again": _reopen,
    "delete it": lambda s, by: ending.delete(s.group, by=by, name=s.group.name),
}


def named(rule: str) -> Callable[[Member, Group], bool]:
    """Looked up each time it is asked: a fault that is planted in the rules must be met here."""

    def ask(member: Member, group: Group) -> bool:
        return bool(getattr(rules, rule)(member, group))

    return ask


RULES: dict[str, Callable[[Member, Group], bool]] = {
    "may read": lambda m, g: rules.may_read(Viewer(m if m.is_active else None), g),
    "may know": lambda m, g: rules.may_know(Viewer(m), g),
    "may post": named("may_post"),
    "waits": named("waits"),
    "may keep": named("may_keep"),
    "may manage": named("may_manage"),
    "may own": named("may_own"),
    "may read the log": named("may_read_log"),
    "may invite": named("may_invite"),
    "may knock": named("may_knock"),
    "may join": named("may_join"),
    "may ask": named("may_ask"),
}


def who(scene: Scene, cast: Cast, name: str) -> Member:
    """Everybody as the database has them now; the suspended one owns the group too, for all that helps her."""
    if name == "suspended":
        Membership.objects.get_or_create(member=cast.gus, group=scene.group, defaults={"role": Role.OWNER})
        return Member.objects.get(pk=cast.gus.pk)
    member = scene.who(name)
    assert member is not None
    return member


def outcome(act: Callable[[], Any]) -> str:
    try:
        done = act()
    except Refusal:
        return "0"
    except Conflict:
        return "C"
    return "-" if done is False or (isinstance(done, Membership) and done.role != Role.MEMBER) else "1"


@pytest.mark.parametrize("action", list(ACTIONS))
@pytest.mark.parametrize("place", range(len(ROLES)), ids=ROLES)
def test_role_by_action(cast: Cast, action: str, place: int) -> None:
    scene = make_scene(cast, visibility="private")
    by = who(scene, cast, ROLES[place])
    was = Membership.objects.filter(group=scene.group, member=by).exists()
    found = outcome(lambda: ACTIONS[action](scene, by))
    if action == "join" and was and found == "1":
        found = "-"
    assert found == MATRIX["actions"][action].split()[place]


@pytest.mark.parametrize("rule", list(RULES))
def test_role_by_rule(cast: Cast, rule: str) -> None:
    scene = make_scene(cast, visibility="private", approving=True)
    cells = [str(int(bool(RULES[rule](who(scene, cast, name), scene.group)))) for name in ROLES]
    assert cells == MATRIX["rules"][rule].split()


def test_the_file_names_every_action_and_rule() -> None:
    assert list(MATRIX["actions"]) == list(ACTIONS)
    assert list(MATRIX["rules"]) == list(RULES)
