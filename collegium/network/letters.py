"""Invitations as they are read: who asks, how close, whom both know, and the note."""

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, standings
from collegium.lib import cursor
from collegium.network.context import NOTHING, both_know, context
from collegium.ties.models import Invitation

__all__ = ["Letter", "both_know", "lay_out", "received"]
PAGE = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """One received invitation with what helps to answer it: how close, and, in sentences, what both share."""

    invitation: Invitation
    degree: int | None
    context: list[str]


def lay_out(viewer: Viewer, invitations: Sequence[Invitation]) -> list[Letter]:
    """Letters for these invitations (with people), in a constant number of statements."""
    senders = [invitation.sender for invitation in invitations]
    near = standings(viewer.member, [sender.pk for sender in senders])
    shared = context(viewer, senders)
    return [
        Letter(row, near.get(row.sender_id, FAR).degree, shared.get(row.sender_id, NOTHING).words)
        for row in invitations
    ]


def received(viewer: Viewer, after: str = "", most: int = PAGE) -> tuple[list[Letter], str]:
    """A page of the invitations that wait for the viewer, newest first, and the cursor of the next one or ''."""
    if viewer.member is None:
        return [], ""
    waiting = Invitation.objects.to(viewer.member).with_people().order_by("-pk")
    if after:
        waiting = waiting.filter(pk__lt=cursor.unpack(after, 1)[0])
    rows = list(waiting[: most + 1])
    return lay_out(viewer, rows[:most]), cursor.pack(rows[most - 1].pk) if len(rows) > most else ""
