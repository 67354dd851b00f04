"""The sentences of notes: who came, went, renamed. Made when read, of the names that are to be read now."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from collegium.members.models import Member
from collegium.messaging.models import Message


def sentence(message: Message, people: Mapping[int, Member], me: int) -> str:
    """What a note says.

    Args:
        message: a note, with its author.
        people: those whom the reader meets, by key; others stay unnamed.
        me: the reader's key.
    """
    about = message.note.get("people", [])
    mine = message.author_id == me
    who = _("You") if mine else (message.author.name if message.author else _("Somebody"))
    given = {"who": who, "names": _names(about, people, me), "name": message.note.get("name", "")}
    return _words(message.note.get("what", ""), bool(given["name"]), mine) % given


def _names(about: list[int], people: Mapping[int, Member], me: int) -> str:
    names = [_("you") if key == me else people[key].name for key in about if key == me or key in people]
    if len(names) < len(about):
        names.append(_("somebody"))
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _words(what: str, named: bool, mine: bool) -> str:
    """Whole sentences, since in many languages "you" takes other words than a name."""
    if mine:
        return {
            "begun": _("You began this group with %(names)s."),
            "together": _("You introduced %(names)s to each other."),
            "added": _("You added %(names)s."),
            "removed": _("You removed %(names)s."),
            "left": _("You left."),
            "renamed": _("You called the group “%(name)s”.") if named else _("You took the group's name away."),
            "appointed": _("You made %(names)s host."),
            "dismissed": _("You took the role of host from %(names)s."),
        }.get(what, "")
    return {
        "begun": _("%(who)s began this group with %(names)s."),
        "together": _("%(who)s introduced %(names)s to each other."),
        "added": _("%(who)s added %(names)s."),
        "removed": _("%(who)s removed %(names)s."),
        "left": _("%(who)s left."),
        "renamed": _("%(who)s called the group “%(name)s”.") if named else _("%(who)s took the group's name away."),
        "appointed": _("%(who)s made %(names)s host."),
        "dismissed": _("%(who)s took the role of host from %(names)s."),
    }.get(what, "")
