"""Asking for an introduction, and withdrawing what one asked."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request
from collegium.conduct.rules import Wait
from collegium.graph.degrees import standings
from collegium.introductions import actions, rules
from collegium.introductions.forms import AskForm
from collegium.introductions.models import Introduction
from collegium.introductions.sight import as_asked
from collegium.introductions.views.common import ROOT, TAKEN, TOO_MANY, as_role
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.views.common import for_members, person
from collegium.network.ways.between import between
from collegium.ties.models import COOLDOWN
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def ask(request: Request, handle: str) -> HttpResponse:
    """Choose who could introduce one to this person, and write the letter."""
    target, viewer = person(request, handle), request.viewer
    first = request.POST.get("through", "") or request.GET.get("through", "")
    near = standings(viewer.member, [target.pk])[target.pk]
    offered = between(viewer, target, first=first[:100].replace("\0", "")) if near.degree == 2 else []
    chosen = next((each.person for each in offered if each.person.handle == first), None)
    initial = {"through": chosen.handle if chosen else offered[0].person.handle if offered else ""}
    handles = [each.person.handle for each in offered]
    form = AskForm(request.POST if request.method == "POST" else None, handles=handles, initial=initial)
    about = {"person": target, "near": near, "offered": offered, "form": form, "through": _through(form, initial)}
    if request.method != "POST":
        asked_of = chosen or (offered[0].person if len(offered) == 1 else None)
        return _form(request, about, hindrance=_hindrance(viewer.me, asked_of, target))
    if not form.is_valid():
        return _form(request, about, status=422)
    introducer = next(each.person for each in offered if each.person.handle == form.cleaned_data["through"])
    try:
        row = actions.ask(
            viewer.me,
            introducer,
            target,
            to_target=form.cleaned_data["to_target"],
            to_introducer=form.cleaned_data["to_introducer"],
        )
    except Conflict as conflict:
        return _hindered(request, about, conflict)
    words = _("%(name)s has your letter. You hear of it when %(other)s would like to meet you.")
    tell(request, words % {"name": introducer.name, "other": target.name})
    return HttpResponseRedirect(row.path)


def _through(form: AskForm, initial: dict[str, str]) -> str:
    """Who is chosen in the form: what was sent, else the first."""
    return str(form.data.get("through", "")) if form.is_bound else initial["through"]


def _hindrance(asker: Member, introducer: Member | None, target: Member) -> Conflict | None:
    """What stands in the way is said before anything is typed."""
    if introducer is None:
        return rules.hindrance_by_number(asker)
    return rules.hindrance_to_asking(asker, introducer, target)


def _form(
    request: Request, about: dict[str, Any], *, status: int = 200, hindrance: Conflict | None = None
) -> HttpResponse:
    limits = {"most": rules.MOST_WAITING, "weekly": rules.WEEKLY}
    context = about | limits | {"hindrance": hindrance.reason if hindrance else ""}
    return respond(request, "introductions/ask.html", "main", context, status=status)


def _hindered(request: Request, about: dict[str, Any], conflict: Conflict) -> HttpResponse:
    """What stood in the way, over the letter as it was typed."""
    response = _form(request, about, status=TOO_MANY if isinstance(conflict, Wait) else TAKEN, hindrance=conflict)
    if isinstance(conflict, Wait):
        response["Retry-After"] = str(conflict.seconds)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Say what withdrawing means, then withdraw.

    Raises:
        Http404: it is none of hers that waits.
    """
    row = as_role(request, pk, "asker")
    if row.state == Introduction.State.ACCEPTED or not as_asked(request.viewer, [row]):
        raise Http404
    if request.method != "POST":
        if not Introduction.objects.waiting().filter(pk=row.pk).exists():
            raise Http404
        context = {"row": row, "again": clock.now() + COOLDOWN}
        return respond(request, "introductions/withdrawal.html", "main", context)
    actions.withdraw(row, by=request.viewer.me)
    tell(request, _("Withdrawn. Nobody sees your letter any more."))
    return HttpResponseRedirect(f"{ROOT}mine/")
