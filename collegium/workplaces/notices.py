"""Who hears that a proof runs out: the one whose it is, once."""

from collections.abc import Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.journal.models import Entry
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify
from collegium.workplaces.models import Proof


def ending(entry: Entry) -> None:
    """A month before the year is over."""
    proof = Proof.objects.living().filter(pk=entry.subject or 0).first()
    if proof is not None:
        cause = f"workplace-ending:{proof.pk}"
        notify([proof.member_id], kind="workplaces.ending", actor=None, cause=cause, subject=proof.pk)


def _phrase(told: Notification) -> SafeString:
    domain = told.about.domain if told.about else ""
    return format_html("{}", _("The proof of your address at %(domain)s runs out soon.") % {"domain": domain})


def _path(told: Notification) -> str:
    return "/settings/workplace/"


def _visible(viewer: Viewer, subjects: Collection[int]) -> dict[int, Proof]:
    """One's own that still hold."""
    return Proof.objects.living().filter(member_id=viewer.id).in_bulk(subjects)


KINDS = [Kind("workplaces.ending", "mail-check", _phrase, _path, _visible, topic="reminders")]
