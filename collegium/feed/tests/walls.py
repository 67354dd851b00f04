"""A group with somebody in every role, and posts in every state on its wall; all of them Ada's, who is a plain member.

Beside the scene of groups there is Moa, a second plain member.
"""

from dataclasses import dataclass

from django.test import Client

from collegium.audience.viewer import NOBODY, Viewer
from collegium.feed import actions
from collegium.feed.models import Held, PlaceState, Post
from collegium.feed.places import keeping, queue
from collegium.feed.selecting import Choice
from collegium.groups.models import Group, Joining, Visibility
from collegium.groups.tests.scene import Scene, make_scene, seat
from collegium.members.models import Member
from collegium.testing.cast import Cast, client_of, make_member

# Everybody the tables are about, in their order.
NAMES = (
    "owner",
    "manager",
    "moderator",
    "member",
    "moa",
    "blocked",
    "gone",
    "invited",
    "asking",
    "banned",
    "stranger",
    "nobody",
)


@dataclass
class Walls:
    """The scene, and Moa."""

    scene: Scene
    moa: Member

    @property
    def group(self) -> Group:
        """The group as it is now."""
        return self.scene.fresh()

    def who(self, name: str) -> Member | None:
        """One of them, as the database has her."""
        return Member.objects.get(pk=self.moa.pk) if name == "moa" else self.scene.who(name)

    def one(self, name: str) -> Member:
        """One of them who is somebody."""
        found = self.who(name)
        assert found is not None
        return found

    def viewer(self, name: str) -> Viewer:
        """Her eyes."""
        member = self.who(name)
        return NOBODY if member is None else Viewer(member)

    def client(self, name: str) -> Client:
        """Her browser."""
        return client_of(self.who(name))

    def says(self, name: str, body: str = "words", *, state: PlaceState = PlaceState.SHOWN) -> Post:
        """A post of hers in this state, made by the verbs."""
        author, group = self.one(name), self.group
        Group.objects.filter(pk=group.pk).update(approving=state in (PlaceState.WAITING, PlaceState.RETURNED))
        made = actions.post(author, body, choice=Choice(group=self.group))
        if state == PlaceState.RETURNED:
            queue.refuse(made, by=self.one("moderator"), words="Not here, please.")
        if state == PlaceState.HIDDEN:
            keeping.hide(made, by=self.one("moderator"), words="Not here, please.")
        Group.objects.filter(pk=group.pk).update(approving=False)
        made.refresh_from_db()
        assert made.place_state == state
        assert Held.objects.filter(post=made).exists() == (state != PlaceState.SHOWN)
        return made


def make_walls(cast: Cast, visibility: str = Visibility.PRIVATE) -> Walls:
    """The group of this visibility, with everybody; whose profile is open stays a matter of hers."""
    joining = Joining.INVITATION if visibility == Visibility.UNLISTED else Joining.REQUEST
    scene = make_scene(cast, visibility=visibility, joining=joining)
    moa = make_member("Moa Berg")
    seat(scene.group, moa)
    Member.objects.filter(pk=cast.ada.pk).update(visibility=Member.Visibility.PUBLIC)
    return Walls(scene, moa)
