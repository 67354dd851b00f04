"""“We worked together”: asking the other to say so too, saying so, and no longer saying so."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.lib.refusal import Conflict, require
from collegium.ui.respond import respond, tell
from collegium.vouching import actions, rules
from collegium.vouching.forms import TogetherForm
from collegium.vouching.models import Confirmation
from collegium.vouching.together import places
from collegium.vouching.views.common import for_members, key, person

PAGE = "/vouching/together/"
TAKEN = 409


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def propose(request: Request, handle: str) -> HttpResponse:
    """Ask somebody to confirm a time together."""
    me, other = request.viewer.me, person(request, handle)
    require(rules.may_propose(me, other), _("One confirms this with people one is connected with."))
    known = places(request.viewer, other.pk)
    form = TogetherForm(request.POST if request.method == "POST" else None, places=known)
    context = {"person": other, "form": form, "places": known, "hindrance": ""}
    if request.method != "POST" or not form.is_valid():
        return respond(request, "vouching/propose.html", "main", context, status=422 if form.errors else 200)
    try:
        made = actions.propose(me, other, **form.cleaned_data)
    except Conflict as conflict:
        context["hindrance"] = conflict.reason
        return respond(request, "vouching/propose.html", "main", context, status=TAKEN)
    said = _("You both say so now.") if made.confirmed_at else _("%(name)s is asked to confirm it.")
    tell(request, said % {"name": other.name})
    return HttpResponseRedirect(PAGE)


@require_safe
@for_members
def confirmation(request: Request, pk: int) -> HttpResponse:
    """One of them, for its two people."""
    return respond(request, "vouching/confirmation.html", "main", {"row": _mine(request, pk)})


@require_POST
@for_members
def confirming(request: Request, pk: int) -> HttpResponse:
    """Say it too."""
    row = _mine(request, pk)
    actions.confirm(row, by=request.viewer.me)
    other = row.other_than(request.viewer.me)
    tell(request, _("You and %(name)s both say so now.") % {"name": other.name})
    return HttpResponseRedirect(PAGE)


@require_POST
@for_members
def ending(request: Request, pk: int) -> HttpResponse:
    """Say it no more, or decline to."""
    row = _mine(request, pk)
    actions.end(row, by=request.viewer.me)
    tell(request, _("Gone for both of you. %(name)s is not told.") % {"name": row.other_than(request.viewer.me).name})
    return HttpResponseRedirect(PAGE)


def _mine(request: Request, pk: int) -> Confirmation:
    """One between the viewer and somebody she is connected with."""
    rows = Confirmation.objects.visible_to(request.viewer).with_people()
    row = get_object_or_404(rows, pk=key(pk))
    require(request.viewer.id in (row.low_id, row.high_id))
    return row
