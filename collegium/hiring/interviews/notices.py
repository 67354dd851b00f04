"""Who hears of an interview. Those who hire speak as one: the applicant is told what, not by whom."""

from collections.abc import Callable, Collection, Iterable, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.applications.models import Application
from collegium.applications.models.applications import FIRST_END
from collegium.audience.viewer import Viewer
from collegium.events.reading.times import by_clock
from collegium.hiring.interviews import actions
from collegium.hiring.models import Interview
from collegium.journal.models import Entry
from collegium.lib import mail
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke

TOPIC = "applications"
REMINDER = "hiring.interview_reminder"


def offered(entry: Entry) -> None:
    """The applicant, and those who come."""
    if (row := _row(entry)) is not None:
        _tell(_applicant(row), "offered", row, entry)
        _tell(_comers(row, entry.actor), "assigned", row, entry)


def chosen(entry: Entry) -> None:
    """Whoever offered it, and those who come."""
    if (row := _row(entry)) is not None:
        _tell(_hirers(row), "chosen", row, entry)


def asked(entry: Entry) -> None:
    """Whoever offered it."""
    if (row := _row(entry)) is not None:
        _tell([row.made_by_id] if row.made_by_id else _comers(row, None), "asked", row, entry)


def changed(entry: Entry) -> None:
    """The applicant, where it concerns her; and those who come."""
    if (row := _row(entry)) is None:
        return
    retract(kind="hiring.interview_asked", subject=row.pk)
    retract(kind=REMINDER, subject=row.pk)
    if entry.data.get("offer"):
        _tell(_applicant(row), "changed", row, entry)
    _tell(_comers(row, entry.actor), "assigned", row, entry)


def cancelled(entry: Entry) -> None:
    """Everybody; of one that went with its application, those who come alone, for the other end was told."""
    if (row := _row(entry)) is None:
        return
    for what in ("offered", "changed", "assigned", "asked", "chosen", "reminder", "restored"):
        retract(kind=f"hiring.interview_{what}", subject=row.pk)
    applicant = _applicant(row) if entry.actor is not None else []
    _tell([*applicant, *(key for key in _hirers(row) if key != entry.actor)], "cancelled", row, entry)


def restored(entry: Entry) -> None:
    """Everybody: it takes place after all."""
    if (row := _row(entry)) is None:
        return
    retract(kind="hiring.interview_cancelled", subject=row.pk)
    _tell([*_applicant(row), *_comers(row, entry.actor)], "restored", row, entry)


def ended(entry: Entry) -> None:
    """What was still to come of an application that ended is called off."""
    if entry.kind == "applications.moved" and int(entry.data.get("standing", 0)) < FIRST_END:
        return
    row = Application.objects.filter(pk=entry.subject or 0, erased_at=None).first()
    if row is not None:
        actions.end_with(row)


def _row(entry: Entry) -> Interview | None:
    return Interview.objects.with_faces().filter(pk=entry.subject or 0, application__erased_at=None).first()


def _applicant(row: Interview) -> list[int]:
    key = row.application.applicant_id
    return [key] if key is not None else []


def _comers(row: Interview, but: int | None) -> list[int]:
    keys = row.interviewers.values_list("member_id", flat=True)
    return [key for key in keys if key != but]


def _hirers(row: Interview) -> list[int]:
    """Whoever offered it, and those who come."""
    return sorted({*_comers(row, None), *([row.made_by_id] if row.made_by_id else [])})


def _tell(recipients: Iterable[int], what: str, row: Interview, entry: Entry) -> None:
    """Tell them, once for each thing that happened; nobody is named as the one who did it."""
    found = list(recipients)
    cause = f"interview-{what}:{row.pk}:{entry.pk}"
    retract(kind=f"hiring.interview_{what}", subject=row.pk)
    notify(found, kind=f"hiring.interview_{what}", actor=None, cause=cause, subject=row.pk, applicant=_applicant(row))
    poke(found, TOPIC)


def _visible(viewer: Viewer, keys: Collection[int]) -> dict[int, Interview]:
    rows = Interview.objects.visible_to(viewer).with_faces().filter(pk__in=keys)
    return {row.pk: row for row in rows}


def _coming(viewer: Viewer, keys: Collection[int]) -> dict[int, Interview]:
    rows = Interview.objects.standing().visible_to(viewer).with_faces().filter(pk__in=keys, starts_at__isnull=False)
    return {row.pk: row for row in rows}


def _mine(told: Notification) -> bool:
    """Whether its reader is the one who applied."""
    return told.recipient_id in told.data.get("applicant", [])


def _phrase(to_applicant: Callable[[], str], to_team: Callable[[], str]) -> Callable[[Notification], SafeString]:
    """A sentence for each side; both name what the work is, and where a time is chosen, when."""

    def phrase(told: Notification) -> SafeString:
        row = told.about
        if not isinstance(row, Interview):
            return format_html("{}", _("An interview"))
        sent = getattr(row.application, "sent", None)
        about = {
            "name": format_html("<bdi>{}</bdi>", sent.name if sent is not None else _("Somebody")),
            "organization": format_html("<bdi>{}</bdi>", row.application.opening.organization.name),
            "title": format_html("<q><bdi>{}</bdi></q>", row.application.opening.title),
            "when": _when(row),
        }
        return format_html(to_applicant() if _mine(told) else to_team(), **about)

    return phrase


def _when(row: Interview) -> str:
    if row.starts_at is None:
        return _("no time yet")
    when = by_clock(row.starts_at, row.starts_at + row.length, row.zone)
    return f"{when.line} ({when.place})"


def _path(told: Notification) -> str:
    row = told.about
    if not isinstance(row, Interview):
        return "/applications/" if _mine(told) else "/jobs/interviews/"
    return row.path if _mine(told) else row.team_path


def _file(told: Notification) -> Sequence[str]:
    """Where its calendar file is, where a time is chosen."""
    row = told.about
    if not isinstance(row, Interview) or row.starts_at is None:
        return ()
    return (_("For your calendar: %(address)s") % {"address": f"{mail.base_url()}{_path(told)}interview.ics"},)


def _asked_words(told: Notification) -> Sequence[str]:
    return (told.about.asked_words,) if isinstance(told.about, Interview) else ()


def _kind(
    what: str, icon: str, phrase: Callable[[Notification], SafeString], said: Callable[..., Sequence[str]]
) -> Kind:
    return Kind(f"hiring.interview_{what}", icon, phrase, _path, _visible, topic="jobs", said=said)


_offers = _phrase(
    lambda: _("{organization} offers you times for an interview: {title}"), lambda: _("Interview with {name}: {title}")
)
_assigned = _phrase(
    lambda: _("Your interview: {title}, {when}"), lambda: _("You come to the interview with {name}: {title}, {when}")
)
_chosen = _phrase(
    lambda: _("Your interview: {title}, {when}"), lambda: _("{name} comes to the interview: {when}, {title}")
)
_asks = _phrase(
    lambda: _("You asked for other times: {title}"), lambda: _("{name} asks for other times for the interview: {title}")
)
_changes = _phrase(
    lambda: _("{organization} changed your interview: {title}, {when}"),
    lambda: _("The interview with {name} was changed: {title}, {when}"),
)
_cancels = _phrase(
    lambda: _("{organization} called your interview off: {title}"),
    lambda: _("The interview with {name} does not take place: {title}"),
)
_restores = _phrase(
    lambda: _("Your interview takes place after all: {title}, {when}"),
    lambda: _("The interview with {name} takes place after all: {title}, {when}"),
)
_reminds = _phrase(
    lambda: _("Your interview at {organization}: {when}"), lambda: _("You come to the interview with {name}: {when}")
)

KINDS = [
    _kind("offered", "calendar", _offers, _file),
    _kind("assigned", "calendar", _assigned, _file),
    _kind("chosen", "calendar-check", _chosen, _file),
    _kind("asked", "calendar", _asks, _asked_words),
    _kind("changed", "calendar", _changes, _file),
    _kind("cancelled", "ban", _cancels, _file),
    _kind("restored", "calendar-check", _restores, _file),
    Kind(REMINDER, "clock", _reminds, _path, _coming, topic="reminders", said=_file),
]
