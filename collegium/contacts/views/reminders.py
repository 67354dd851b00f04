"""Reminders: those whose day has come, those to come, and the answers to one."""

from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.contacts.actions import reminders as verbs
from collegium.contacts.forms import DAYS, SnoozeForm
from collegium.contacts.models import Reminder
from collegium.contacts.views.common import HERE, around, for_members, mine, settle
from collegium.graph.degrees import standings
from collegium.lib import cursor
from collegium.ui.respond import respond
from collegium.ui.text import day

PAGE = 50
REMINDERS = f"{HERE}reminders/"


@require_safe
@for_members
def reminders(request: Request) -> HttpResponse:
    """All that are open, the nearest first; about people one still sees."""
    rows = Reminder.objects.open().filter(owner=request.viewer.id).select_related("person")
    rows = rows.filter(person__in=people.visible_to(request.viewer).values("pk")).order_by("due", "id")
    if after := request.GET.get("after", ""):
        last = Reminder.objects.filter(pk=cursor.unpack(after, 1)[0], owner=request.viewer.id).first()
        later = rows.filter(due__gt=last.due) | rows.filter(due=last.due, pk__gt=last.pk) if last else rows.none()
        rows = later.order_by("due", "id")
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "here": [row for row in shown if row.is_due],
        "later": [row for row in shown if not row.is_due],
        "older": f"{REMINDERS}?after={cursor.pack(shown[-1].pk)}" if len(found) > PAGE else "",
        "first": not after,
        "days": DAYS,
        "degrees": standings(request.viewer.me, [row.person_id for row in shown]),
        **around(request),
    }
    return respond(request, "contacts/reminders.html", "stretch", context)


@require_POST
@for_members
def snooze(request: Request, pk: int) -> HttpResponse:
    """Another day."""
    row = mine(request, Reminder, pk)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        return settle(request, " ".join(str(error) for error in form.errors.get("due", [])), _back(request))
    row = verbs.snooze(row, form.cleaned_data["due"], by=request.viewer.me)
    return settle(request, _("You will be reminded on %(day)s.") % {"day": day(row.due)}, _back(request))  # type: ignore[arg-type]


@require_POST
@for_members
def completion(request: Request, pk: int) -> HttpResponse:
    """Done."""
    row = verbs.finish(mine(request, Reminder, pk), by=request.viewer.me)
    return settle(request, _("Done."), _back(request), undo=f"{row.path}reopening/")


@require_POST
@for_members
def reopening(request: Request, pk: int) -> HttpResponse:
    """Not done after all."""
    verbs.reopen(mine(request, Reminder, pk), by=request.viewer.me)
    return settle(request, _("It waits again."), _back(request))


def _back(request: Request) -> str:
    """To the page the form stood on, where it said so."""
    to = request.POST.get("to", "")
    ours = to.startswith("/") and to.isprintable() and url_has_allowed_host_and_scheme(to, {request.get_host()})
    return to if ours else REMINDERS
