"""Conversations and invitations in words, for the review and for their pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.portability.correspondence.judging import other
from collegium.portability.correspondence.letters import told
from collegium.portability.correspondence.models import moment
from collegium.portability.linkedin.things import Invitation
from collegium.ui import text

Words = tuple[str, tuple[str, ...], str]
LISTED = 3
FOLDERS = {
    "ARCHIVE": gettext_lazy("put away"),
    "SPAM": gettext_lazy("spam"),
    "OTHER": gettext_lazy("other messages"),
}


def folder(name: str) -> str:
    """Where it lay there; nothing for the plain inbox."""
    return str(FOLDERS.get(name, name.capitalize() if name not in ("", "INBOX") else ""))


def heading(title: str, names: Sequence[str]) -> str:
    """What a conversation is called: its title, or who is in it."""
    if title:
        return title
    if not names:
        return _("Without a name")
    shown = ", ".join(names[:LISTED])
    more = len(names) - LISTED
    return f"{shown} {ngettext('and %(num)d more', 'and %(num)d more', more) % {'num': more}}" if more > 0 else shown


def messages(count: int) -> str:
    """So many."""
    return ngettext("%(n)s message", "%(n)s messages", count) % {"n": text.number(count)}


def talk_words(data: Mapping[str, Any]) -> Words:
    """A conversation as a line of the review; or so many messages that stay behind."""
    if "left" in data:
        return messages(data["left"]), (), ""
    names = [name for name, _slug in data["people"]]
    fresh = data["new"] if 0 < data["new"] < data["count"] else 0
    at = moment(data["last"])
    notes = (
        messages(data["count"]),
        ngettext("%(n)s of them new", "%(n)s of them new", fresh) % {"n": text.number(fresh)} if fresh else "",
        text.day(at) if at is not None else _("Without a date"),
        folder(data["folder"]),
    )
    return heading(data["title"], names), tuple(note for note in notes if note), ""


def invitation_words(said: Invitation) -> Words:
    """An invitation as a line of the review."""
    at = moment(told(said.at))
    way = _("invited you") if said.incoming else _("invited by you")
    return (
        other(said)[0] or other(said)[1],
        (way, text.day(at) if at is not None else _("Without a date")),
        said.message,
    )
