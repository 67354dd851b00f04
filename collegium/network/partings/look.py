"""What would change, on both sides, if a viewer took a step away from somebody: told before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.network import effects, letters, lists
from collegium.network.effects import Change, Effects
from collegium.network.mutuals import mutuals
from collegium.network.partings import lines
from collegium.network.relations import Relation, Step, relation
from collegium.ties.models import Connection, Follow, Invitation
from collegium.vouching.parting import Said, said


@dataclass(frozen=True, slots=True)
class Look:
    """The facts the dialogs put into sentences.

    Attributes:
        person: the other one.
        relation: how the viewer stands to that person now.
        connections: how many connections the viewer has now.
        follows_me: whether that person follows the viewer.
        both_know: the mutual connections in words, '' without any.
        asked_me_at: when that person asked the viewer, if that invitation would be closed.
        said: what the two say for each other.
    """

    person: Member
    relation: Relation
    connections: int
    follows_me: bool
    both_know: str
    asked_me_at: datetime | None
    said: Said

    @property
    def connected(self) -> bool:
        """Whether there is a connection to end."""
        return self.relation.step == Step.CONNECTED

    @property
    def asked_at(self) -> datetime | None:
        """When the viewer asked that person, if that invitation would be closed."""
        return self.relation.asked_at if self.relation.step == Step.SENT else None


def look(viewer: Viewer, other: Member) -> Look:
    """The facts as they are now. An invitation that the viewer declined counts as closed already."""
    me = viewer.me
    shared = mutuals(viewer, [other]).get(other.pk)
    theirs = Invitation.objects.to(me).filter(sender=other).first()
    return Look(
        person=other,
        relation=relation(viewer, other),
        connections=lists.connections(me, viewer).count(),
        follows_me=Follow.objects.filter(follower=other, followee=me).exists(),
        both_know=letters.both_know(shared) if shared else "",
        asked_me_at=theirs.created_at if theirs else None,
        said=said(me, [other]),
    )


def preview(member: Member, others: Sequence[Member], change: Change) -> Effects:
    """What this step would change on both sides, in sentences, for one person or for many.

    Args:
        member: who takes it.
        others: people she sees; for a removal those she is connected with.
        change: the step.
    """
    if not others:
        return Effects()
    told = lines.removal(member, others) if change == Change.REMOVED else lines.rung(member, others, change)
    told += effects.from_above(member, others, change)
    if not told.for_them:
        told.for_them.append(effects.nothing(effects.called(others)))
    return told


def connected_among(member: Member, others: Sequence[Member]) -> list[Member]:
    """Those of these people with whom she is connected."""
    tied = set(Connection.objects.filter(member=member, other__in=others).values_list("other", flat=True))
    return [other for other in others if other.pk in tied]
