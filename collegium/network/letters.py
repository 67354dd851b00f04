"""Invitations as they are read: who asks, how close, whom both know, and the note."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.network.mutuals import NOBODY_SHARED, Mutual, mutuals
from collegium.ties.degrees import FAR, standings
from collegium.ties.models import Invitation

PAGE = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """One received invitation with what helps to answer it."""

    invitation: Invitation
    degree: int | None
    mutual: Mutual

    @property
    def context(self) -> list[str]:
        """Why one may know the person, in sentences."""
        return [both_know(self.mutual)] if self.mutual.people else []


def both_know(mutual: Mutual) -> str:
    """The mutual connections in words: "You both know Bo, Cy and 3 others."."""
    names = [person.name for person in mutual.people]
    if mutual.others:
        words = ngettext(
            "You both know %(names)s and %(n)s other.", "You both know %(names)s and %(n)s others.", mutual.others
        )
        return words % {"names": ", ".join(names), "n": mutual.others}
    if len(names) == 1:
        return _("You both know %(name)s.") % {"name": names[0]}
    return _("You both know %(names)s and %(last)s.") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def lay_out(viewer: Viewer, invitations: Sequence[Invitation]) -> list[Letter]:
    """Letters for these invitations (with people), in a constant number of statements."""
    senders = [invitation.sender for invitation in invitations]
    near = standings(viewer.member, [sender.pk for sender in senders])
    shared = mutuals(viewer, senders)
    return [
        Letter(row, near.get(row.sender_id, FAR).degree, shared.get(row.sender_id, NOBODY_SHARED))
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
