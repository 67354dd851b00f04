"""What this room itself tells: that mails to a member's address come back, so that nothing is sent there any more."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification, Returned
from collegium.notifications.tell import notify, retract

KIND = "notifications.stopped"


def stopped(entry: Entry) -> None:
    """She hears of it in the app, and by push where she has that."""
    cause = f"address-stopped:{entry.pk}"
    notify([entry.data["member"]], kind=KIND, actor=None, cause=cause, subject=entry.subject)


def arrived(entry: Entry) -> None:
    """Mails go there again: nothing is left to tell."""
    retract(kind=KIND, subject=entry.subject)


def _say(told: Notification) -> SafeString:
    words = _("Mails to {address} come back, so nothing is sent there any more")
    return format_html(words, address=format_html("<bdi>{}</bdi>", told.about.address))


def _path(told: Notification) -> str:
    return "/notifications/settings/#address"


def _seen(viewer: Viewer, subjects: Collection[int]) -> dict[int, Returned]:
    """What came back of her own present address."""
    if viewer.member is None:
        return {}
    mine = Returned.objects.filter(user=viewer.member.user_id, stopped_at__isnull=False, pk__in=subjects)
    return {row.pk: row for row in mine}


KINDS = [Kind(KIND, "mail", _say, _path, _seen, topic="account")]
