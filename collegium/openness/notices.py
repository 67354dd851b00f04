"""Who hears of being open to work: nobody but whose it is, and only what the clock asks or ends."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify
from collegium.openness.models import OpenToWork


def asked(entry: Entry) -> None:
    """Is it still so? Once for each time that it is asked."""
    row = OpenToWork.objects.living().filter(member=entry.subject or 0).exclude(asked_at=None).first()
    if row is not None:
        _tell("openness.asked", entry)


def ended(entry: Entry) -> None:
    """It ended by itself; who ends it herself knows."""
    if entry.actor is None and OpenToWork.objects.filter(member=entry.subject or 0).exclude(ended_at=None).exists():
        _tell("openness.ended", entry)


def _tell(kind: str, entry: Entry) -> None:
    owner = entry.subject or 0
    notify([owner], kind=kind, actor=None, cause=f"{kind}:{entry.pk}", subject=owner)


def _ask(told: Notification) -> SafeString:
    return format_html("{}", _("Are you still open to work? Without an answer it ends by itself in a month."))


def _end(told: Notification) -> SafeString:
    return format_html("{}", _("You are no longer shown as open to work: ninety days have passed."))


def _path(told: Notification) -> str:
    return "/settings/open-to-work/"


def _waits(viewer: Viewer, subjects: Collection[int]) -> set[int]:
    """One's own, while the question stands."""
    rows = OpenToWork.objects.living().filter(member_id=viewer.id, member_id__in=subjects).exclude(asked_at=None)
    return set(rows.values_list("member_id", flat=True))


def _over(viewer: Viewer, subjects: Collection[int]) -> set[int]:
    """One's own, while it is so."""
    rows = OpenToWork.objects.filter(member_id=viewer.id, member_id__in=subjects).exclude(ended_at=None)
    return set(rows.values_list("member_id", flat=True))


KINDS = [
    Kind("openness.asked", "briefcase", _ask, _path, _waits, topic="reminders"),
    Kind("openness.ended", "briefcase", _end, _path, _over, topic="reminders"),
]
