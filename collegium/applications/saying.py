"""What is told of applications, in which words, and to whom it may still be shown."""

from collections.abc import Callable, Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from collegium.applications.models import Application, Standing
from collegium.audience.viewer import Viewer
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification

STEPPED, WRITTEN, CLOSING = "applications.stepped", "applications.written", "applications.closing"
ARRIVED, LEFT = "applications.arrived", "applications.left"


def _mine(viewer: Viewer, keys: Collection[int]) -> dict[int, Application]:
    """The viewer's own; one that was erased is nobody's any more."""
    rows = Application.objects.filter(applicant=viewer.id, pk__in=list(keys))
    return {row.pk: row for row in rows.select_related("opening__organization")}


def _hired_for(viewer: Viewer, keys: Collection[int]) -> dict[int, Application]:
    """Those to openings for which the viewer hires now."""
    rows = Application.objects.visible_to(viewer).exclude(applicant=viewer.id).filter(pk__in=list(keys))
    return {row.pk: row for row in rows.filter(erased_at=None).select_related("opening__organization")}


SENTENCES = {
    Standing.SEEN: _("{organization} has read your application: {title}"),
    Standing.LISTED: _("{organization} is considering your application: {title}"),
    Standing.INTERVIEW: _("{organization} would like to meet you: {title}"),
    Standing.OFFER: _("{organization} makes you an offer: {title}"),
    Standing.HIRED: _("{organization} has chosen you: {title}"),
    Standing.DECLINED: _("{organization} does not go on with your application: {title}"),
    Standing.UNFIT: _("Your application ended by a question one must pass: {title}"),
    Standing.UNANSWERED: _("{organization} has not answered in time, so your application ended: {title}"),
}
OTHERWISE = _("There is news about your application: {title}")


def _sentence(told: Notification) -> str:
    return str(SENTENCES.get(told.data.get("standing", -1), OTHERWISE))


def _phrase(sentence: Callable[[Notification], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        opening = told.about.opening if isinstance(told.about, Application) else None
        title = format_html("<q><bdi>{}</bdi></q>", opening.title if opening else "")
        place = format_html('<b class="name"><bdi>{}</bdi></b>', opening.organization.name if opening else "")
        return format_html(sentence(told), title=title, organization=place, day=told.data.get("day", ""))

    return phrase


def _own_path(told: Notification) -> str:
    return f"/applications/{told.subject}/"


def _team_path(told: Notification) -> str:
    return f"/jobs/{told.data.get('opening', 0)}/hiring/"


KINDS = [
    Kind(STEPPED, "briefcase", _phrase(_sentence), _own_path, _mine, topic="jobs"),
    Kind(
        WRITTEN,
        "mail",
        _phrase(lambda _t: str(_("{organization} wrote to you about your application: {title}"))),
        _own_path,
        _mine,
        topic="jobs",
    ),
    Kind(
        CLOSING,
        "briefcase",
        _phrase(lambda _t: str(_("{title} is closed. {organization} owes you an answer by {day}"))),
        _own_path,
        _mine,
        topic="jobs",
    ),
    Kind(
        ARRIVED, "inbox", _phrase(lambda _t: str(_("A new application: {title}"))), _team_path, _hired_for, topic="jobs"
    ),
    Kind(
        LEFT,
        "inbox",
        _phrase(lambda _t: str(_("An application was withdrawn: {title}"))),
        _team_path,
        _hired_for,
        topic="jobs",
    ),
]
