"""The boxes of the inbox, as the page names them, and what stands where nothing does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.messaging.models.conversations import Box
from collegium.messaging.reading import inbox
from collegium.messaging.views.common import ROOT


@dataclass(frozen=True, slots=True)
class Place:
    """One box as the page leads to it."""

    name: str
    label: str | Promise
    icon: str
    href: str
    current: bool
    count: int
    more: bool


class Empty(NamedTuple):
    """What stands where nothing does."""

    title: str | Promise
    text: str | Promise
    icon: str


# Those that are not looked at every day stand in the menu.
BOXES = (
    (Box.FOCUSED, Box.FOCUSED.label, "inbox", False),
    (Box.OTHER, Box.OTHER.label, "mail", False),
    (Box.REQUESTS, Box.REQUESTS.label, "door-open", False),
    (inbox.STARRED, _("Starred"), "star", True),
    (inbox.ARCHIVED, _("Archived"), "archive", True),
    (inbox.DECLINED, _("Declined"), "x", True),
    (Box.SPAM, Box.SPAM.label, "shield-alert", True),
)
LEADS = {
    Box.OTHER.value: _("What is probably less urgent. Each says why it is here; in its menu you can move it."),
    Box.REQUESTS.value: _(
        "From people you are not connected with. They do not learn what you do with it, until you answer."
    ),
    Box.SPAM.value: _("Held back, with the reason. Nobody is told. It stays here until you move it."),
    inbox.DECLINED: _("What you declined. Its senders see it waiting; you can change your mind."),
    inbox.ARCHIVED: _("Out of the way. Each comes back when something new is said, unless you muted it."),
}
EMPTY = {
    Box.FOCUSED.value: Empty(
        _("No conversations yet"),
        _("Write to somebody you are connected with. Answers stand here, newest first."),
        "message-circle",
    ),
    Box.OTHER.value: Empty(_("Nothing here"), _("What seems less urgent is put here, with the reason."), "mail"),
    Box.REQUESTS.value: Empty(
        _("No requests"),
        _("When somebody you are not connected with writes to you, it waits here until you decide."),
        "door-open",
    ),
    Box.SPAM.value: Empty(_("No spam"), _("What looks like it is held here, with the reason."), "shield-check"),
    inbox.STARRED: Empty(_("Nothing starred"), _("Star a conversation in its menu, and you find it here."), "star"),
    inbox.ARCHIVED: Empty(_("Nothing archived"), _("Archive a conversation, and it rests here."), "archive"),
    inbox.DECLINED: Empty(_("Nothing declined"), _("What you decline can be found again here."), "x"),
}
ALL_READ = Empty(_("All read"), _("Nothing in this box waits for you."), "check-check")


def places(box: str, counts: Mapping[str, int]) -> list[Place]:
    """Every box, the open one marked.

    Args:
        box: which one is open.
        counts: what waits in each.
    """
    return [
        Place(
            str(name),
            label,
            icon,
            ROOT if name == Box.FOCUSED else f"{ROOT}?box={name}",
            name == box,
            counts.get(str(name), 0) if name != Box.SPAM else 0,
            more,
        )
        for name, label, icon, more in BOXES
    ]


def empty_of(box: str, only: str) -> Empty:
    """What stands in an empty box."""
    return ALL_READ if only else EMPTY[box]
