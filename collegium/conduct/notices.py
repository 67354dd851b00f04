"""Who hears of a restriction: the one whom it restricts; and of an appeal: the owners, who owe an answer."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.accounts.models import User
from collegium.audience.viewer import Viewer
from collegium.conduct.models import Restriction
from collegium.journal.models import Entry
from collegium.members.models import Member
from collegium.notifications.kinds import Kind, who
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify
from collegium.ui.text import day


def restricted(entry: Entry) -> None:
    """With its reason, on the page of standing."""
    _tell(entry, "conduct.restricted")


def lifted(entry: Entry) -> None:
    """Before its time."""
    _tell(entry, "conduct.lifted")


def answered(entry: Entry) -> None:
    """The answer to an appeal."""
    _tell(entry, "conduct.answered")


def appealed(entry: Entry) -> None:
    """The owners; who appeals need not be told."""
    owners = Member.objects.active().filter(user__role=User.Role.OWNER).values_list("pk", flat=True)
    cause = f"conduct.appealed:{entry.subject}"
    notify(owners, kind="conduct.appealed", actor=entry.actor, cause=cause, subject=entry.subject)


def _tell(entry: Entry, kind: str) -> None:
    cause = f"{kind}:{entry.subject}"
    notify([entry.data["member"]], kind=kind, actor=None, cause=cause, subject=entry.subject)


def _say_restricted(told: Notification) -> SafeString:
    until = day(told.about.until) if told.about else ""
    return format_html(_("You can invite nobody until {day}. See why, and what you can do."), day=until)


def _say_lifted(told: Notification) -> SafeString:
    return format_html("{}", _("You can invite people again: a restriction was lifted."))


def _say_answered(told: Notification) -> SafeString:
    return format_html("{}", _("Your appeal was answered."))


def _say_appealed(told: Notification) -> SafeString:
    words = _("{who} appeals against a restriction. “collegium restrictions list” shows it, and how to answer.")
    return format_html(words, who=who(told))


def _person_path(told: Notification) -> str:
    return told.actor.path if told.actor else "/network/"


def _path(told: Notification) -> str:
    return "/network/standing/"


def _visible(viewer: Viewer, subjects: Collection[int]) -> dict[int, Restriction]:
    """One's own."""
    return Restriction.objects.filter(member_id=viewer.id).in_bulk(subjects)


def _for_owners(viewer: Viewer, subjects: Collection[int]) -> dict[int, Restriction]:
    """Any, for those who run the network."""
    if not User.objects.filter(member=viewer.id, role=User.Role.OWNER).exists():
        return {}
    return Restriction.objects.in_bulk(subjects)


KINDS = [
    Kind("conduct.restricted", "gauge", _say_restricted, _path, _visible, topic="account"),
    Kind("conduct.lifted", "gauge", _say_lifted, _path, _visible, topic="account"),
    Kind("conduct.answered", "gauge", _say_answered, _path, _visible, topic="account"),
    Kind("conduct.appealed", "gauge", _say_appealed, _person_path, _for_owners, topic="account"),
]
