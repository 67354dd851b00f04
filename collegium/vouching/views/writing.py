"""What the author does with a recommendation: write it, change it, take it back."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request
from collegium.lib.refusal import Conflict, require
from collegium.ui.respond import respond, tell
from collegium.vouching import actions, rules
from collegium.vouching.bonds import bond
from collegium.vouching.forms import EditForm, WriteForm
from collegium.vouching.models import Recommendation, RecommendationRequest
from collegium.vouching.own import entry
from collegium.vouching.views.common import for_members, key, person

GIVEN = "/vouching/given/"
TAKEN = 409


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def write(request: Request, handle: str) -> HttpResponse:
    """Write a recommendation, asked or unasked."""
    me, other = request.viewer.me, person(request, handle)
    require(rules.may_write(me, other), _("One writes recommendations for people one is connected with."))
    asked = RecommendationRequest.objects.answerable_by(request.viewer).filter(asker=other).first()
    first = {"item": asked.item_id or "", "relationship": asked.relationship} if asked else {}
    posted = request.POST if request.method == "POST" else None
    form = WriteForm(posted, recipient=other, items=rules.positions(other, me), initial=first)
    context: dict[str, Any] = {
        "person": other,
        "form": form,
        "asked": asked,
        "bond": bond(request.viewer, me.pk, other.pk),
    }
    if posted is None or not form.is_valid():
        return respond(request, "vouching/write.html", "main", context, status=422 if form.errors else 200)
    try:
        actions.write(me, other, **form.cleaned_data)
    except Conflict as conflict:
        context["hindrance"] = conflict.reason
        return respond(request, "vouching/write.html", "main", context, status=TAKEN)
    tell(request, _("%(name)s has your recommendation, and decides whether to show it.") % {"name": other.name})
    return HttpResponseRedirect(GIVEN)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def edit(request: Request, pk: int) -> HttpResponse:
    """Change one's own words."""
    words = _mine(request, pk)
    require(rules.may_edit(request.viewer.me, words), _("You are no longer connected. You can still take it back."))
    first = {"body": words.newest, "relationship": words.newest_relationship}
    form = EditForm(request.POST if request.method == "POST" else None, recipient=words.recipient, initial=first)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "words": words, "person": words.recipient}
        return respond(request, "vouching/edit.html", "main", context, status=422 if form.errors else 200)
    actions.edit(words, by=request.viewer.me, **form.cleaned_data)
    tell(request, _("Changed. %(name)s decides whether to show it.") % {"name": words.recipient.name})
    return HttpResponseRedirect(GIVEN)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def retraction(request: Request, pk: int) -> HttpResponse:
    """Say what goes, then take it back."""
    words = _mine(request, pk)
    if request.method != "POST":
        context = {"words": words, "entry": entry(request.viewer, words)}
        return respond(request, "vouching/retraction.html", "main", context)
    actions.retract(words, by=request.viewer.me)
    tell(request, _("Taken back. It is gone everywhere."))
    return HttpResponseRedirect(GIVEN)


def _mine(request: Request, pk: int) -> Recommendation:
    """One the viewer wrote, of somebody she may meet."""
    rows = Recommendation.objects.given(request.viewer).with_people()
    return get_object_or_404(rows, pk=key(pk))
