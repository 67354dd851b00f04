"""A group with somebody in every role, and somebody at every side of its door.

Bo owns it, Cy manages, Di moderates, Ada is a member; Hal was one and left; Flo is invited, Kim asks, Liv is
banned; Ned is nobody to it. Ada blocked Ed, who is a member too.
"""

from dataclasses import dataclass, fields
from typing import Any

from django.test import Client

from collegium.audience.viewer import NOBODY, Viewer
from collegium.groups.actions import barring, doors
from collegium.groups.actions.founding import Charter, found
from collegium.groups.models import Ban, Group, Invitation, Joining, Membership, Request, Role
from collegium.lib import clock
from collegium.members.models import Member
from collegium.testing.cast import Cast, client_of, make_member

RULES = "Be kind. Say where you know it from."
OF_OWNER, OF_MANAGER, OF_MODERATOR, OF_MEMBER = "bo", "cy", "di", "ada"


@dataclass
class Scene:
    """The group and everybody around it."""

    group: Group
    owner: Member
    manager: Member
    moderator: Member
    member: Member
    gone: Member
    invited: Member
    asking: Member
    banned: Member
    stranger: Member
    blocked: Member

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, nobody last."""
        return (*(each.name for each in fields(self) if each.name != "group"), "nobody")

    def who(self, name: str) -> Member | None:
        """One of them as the database has her now."""
        return None if name == "nobody" else Member.objects.select_related("user").get(pk=getattr(self, name).pk)

    def viewer(self, name: str) -> Viewer:
        """Her eyes."""
        return NOBODY if name == "nobody" else Viewer(self.who(name))

    def client(self, name: str) -> Client:
        """Her browser."""
        return client_of(self.who(name))

    def fresh(self) -> Group:
        """The group as the database has it now."""
        return Group.objects.get(pk=self.group.pk)


def seat(group: Group, member: Member, role: int = Role.MEMBER, **more: Any) -> Membership:
    """Somebody in it, whatever its door says."""
    return Membership.objects.create(group=group, member=member, role=role, agreed_at=clock.now(), **more)


def group_of(owner: Member, name: str = "Wooden boats", **charter: Any) -> Group:
    """A group with nobody in it but who founded it."""
    return found(owner, Charter(name=name, **charter))


def make_scene(cast: Cast, **charter: Any) -> Scene:
    """The group with everybody around it; as the charter says, and with rules."""
    group = group_of(cast.bo, **{"rules": RULES, "joining": Joining.REQUEST} | charter)
    kim, liv, ned = (make_member(name) for name in ("Kim Lund", "Liv Aas", "Ned Poole"))
    for member, role in ((cast.cy, Role.MANAGER), (cast.di, Role.MODERATOR), (cast.ada, Role.MEMBER)):
        seat(group, member, role)
    seat(group, cast.ed)
    Invitation.objects.create(group=group, member=cast.flo, sender=cast.bo, note="Come and see.")
    Request.objects.create(group=group, member=kim, answers=[], agreed_at=clock.now())
    barring.ban(group, liv, by=cast.bo, reason="Sold things.")
    group.refresh_from_db()
    return Scene(group, cast.bo, cast.cy, cast.di, cast.ada, cast.hal, cast.flo, kim, liv, ned, cast.ed)


def asked(scene: Scene) -> Request:
    """The request that waits."""
    return Request.objects.get(group=scene.group, member=scene.asking)


def ban_of(scene: Scene) -> Ban:
    """The ban that holds."""
    return Ban.objects.get(group=scene.group, member=scene.banned)


def joins(scene: Scene, name: str) -> Membership:
    """Somebody comes in."""
    member = scene.who(name)
    assert member is not None
    return doors.join(scene.group, by=member, agreed=True)
