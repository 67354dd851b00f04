"""Who comes, decided by the hosts; and inviting."""

from typing import Any

from django.db.models import Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.events import rules
from collegium.events.actions import deciding, inviting
from collegium.events.forms.answers import InviteForm
from collegium.events.forms.details import WordsForm
from collegium.events.models import Event, Invitation, State
from collegium.events.views.common import WRONG, answer_of, hosted, visible
from collegium.feed.views.common import number
from collegium.graph.degrees import standings
from collegium.lib.limits import charge, limit, requester
from collegium.lib.refusal import require
from collegium.members.models import Fold, MemberQuerySet
from collegium.ui.respond import done, respond, tell

PAGE = 60
A_DAY = "300/1d"


@require_POST
@signed_in
@limit("events.decide", rate="600/h")
def acceptance(request: Request, pk: int, answer: int) -> HttpResponse:
    """Say yes to somebody."""
    event = hosted(request, pk)
    row = deciding.accept(answer_of(event, answer), by=request.viewer.me)
    words = _("%(name)s comes.") if row.state == State.GOING else _("%(name)s is on the waiting list.")
    tell(request, words % {"name": row.member.name})
    return redirect(f"{event.path}people/?on={row.occurrence_id}")


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.decide", rate="600/h")
def refusal(request: Request, pk: int, answer: int) -> HttpResponse:
    """Say no to somebody, with words."""
    event = hosted(request, pk)
    row = answer_of(event, answer)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        context = {"event": event, "row": row, "form": form}
        return respond(request, "events/refusal.html", "sheet", context, status=status)
    deciding.refuse(row, form.cleaned_data["words"], by=request.viewer.me)
    where = f"{event.path}people/?on={row.occurrence_id}"
    return done(request, _("%(name)s is told.") % {"name": row.member.name}, where)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.invite_form", rate="600/h")
def invite(request: Request, pk: int) -> HttpResponse:
    """Ask people to come, from among one's connections."""
    event = visible(request, pk)
    me = request.viewer.me
    require(rules.may_invite(me, event), _("Only the hosts invite to this event."))
    if request.method == "POST":
        return _invite(request, event)
    context = _askable(request, event) | {"event": event, "form": InviteForm()}
    return respond(request, "events/invite.html", "stretch" if request.htmx else "main", context)


@require_POST
@signed_in
@limit("events.invite_form", rate="600/h")
def uninvite(request: Request, pk: int, invitation: int) -> HttpResponse:
    """Take an invitation back."""
    event = visible(request, pk)
    row = get_object_or_404(Invitation, pk=min(invitation, (1 << 63) - 1), event=event)
    inviting.uninvite(row, by=request.viewer.me)
    return done(request, _("The invitation is taken back."), f"{event.path}invite/")


def _invite(request: Request, event: Event) -> HttpResponse:
    keys = [key for key in map(number, request.POST.getlist("who")[: inviting.MOST_AT_ONCE]) if key]
    form = InviteForm(request.POST)
    problem = "" if keys else _("Choose at least one person.")
    if not form.is_valid() or problem:
        context = _askable(request, event) | {"event": event, "form": form, "problem": problem, "chosen": keys}
        return respond(request, "events/invite.html", "main", context, status=WRONG)
    charge("events.invite", requester(request), A_DAY, cost=len(keys))
    made = inviting.invite(event, keys, form.cleaned_data["note"], by=request.viewer.me)
    words = ngettext("%(n)s person is invited.", "%(n)s people are invited.", len(made)) % {"n": len(made)}
    return done(request, words, event.path)


def _askable(request: Request, event: Event) -> dict[str, Any]:
    """Those one may ask, the first by name or by the words, and whom one has asked already."""
    me = request.viewer.me
    words = request.GET.get("q", "")[:100].strip()
    rows = _called(inviting.askable(me, event), words)
    found = list(rows.order_by("sort_name", "pk")[: PAGE + 1])
    asked = Invitation.objects.filter(event=event, by=me).select_related("member").order_by("-pk")
    return {
        "words": words,
        "people": found[:PAGE],
        "near": standings(me, [each.pk for each in found]),
        "more": len(found) > PAGE,
        "asked": list(asked[:PAGE]),
    }


def _called(rows: MemberQuerySet, words: str) -> MemberQuerySet:
    return rows.filter(folded__contains=Fold(Value(words))) if words else rows
