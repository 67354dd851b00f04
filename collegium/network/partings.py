"""What would change, on both sides, if a viewer removed or blocked somebody: told before it is done."""

from dataclasses import dataclass
from datetime import datetime

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.network import letters, lists
from collegium.network.mutuals import mutuals
from collegium.network.relations import Relation, Step, relation
from collegium.ties.models import Follow, Invitation


@dataclass(frozen=True, slots=True)
class Parting:
    """The facts the dialogs put into sentences.

    Attributes:
        person: the other one.
        relation: how the viewer stands to that person now.
        connections: how many connections the viewer has now.
        follows_me: whether that person follows the viewer.
        both_know: the mutual connections in words, '' without any.
        asked_me_at: when that person asked the viewer, if that invitation would be closed.
    """

    person: Member
    relation: Relation
    connections: int
    follows_me: bool
    both_know: str
    asked_me_at: datetime | None

    @property
    def connected(self) -> bool:
        """Whether there is a connection to end."""
        return self.relation.step == Step.CONNECTED

    @property
    def asked_at(self) -> datetime | None:
        """When the viewer asked that person, if that invitation would be closed."""
        return self.relation.asked_at if self.relation.step == Step.SENT else None


def look(viewer: Viewer, other: Member) -> Parting:
    """The facts as they are now. An invitation that the viewer declined counts as closed already."""
    me = viewer.member
    assert me is not None  # noqa: S101 - only members part
    shared = mutuals(viewer, [other]).get(other.pk)
    theirs = Invitation.objects.to(me).filter(sender=other).first()
    return Parting(
        person=other,
        relation=relation(viewer, other),
        connections=lists.connections(me, viewer).count(),
        follows_me=Follow.objects.filter(follower=other, followee=me).exists(),
        both_know=letters.both_know(shared) if shared else "",
        asked_me_at=theirs.created_at if theirs else None,
    )
