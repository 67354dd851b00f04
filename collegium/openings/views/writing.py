"""Writing: the sheet of an opening, how readers will see it, posting, copying, throwing away."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.openings import actions, details, reading, rules
from collegium.openings.actions.posting import Hindered
from collegium.openings.editor import editor_policy
from collegium.openings.forms.details import SheetForm
from collegium.openings.models import Opening, State
from collegium.openings.views.common import teamed
from collegium.organizations.models import Organization
from collegium.ui.respond import done, respond, tell

SHEET = "openings/sheet.html"
RATE = "600/h"
WRONG, TAKEN = 422, 409
# What others call the fields whose names differ in the form.
FIELDS = {"text": "source", "questions": None}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@editor_policy
@limit("openings.write", RATE)
def new(request: Request) -> HttpResponse:
    """Begin one: for which organisation, and the empty sheet."""
    handle = request.GET.get("organization", "")[:80]
    if not handle:
        return respond(request, "openings/choose.html", "main", {"places": reading.places_of(request.viewer.me)})
    if "\0" in handle:
        return redirect("/jobs/new/")
    place = get_object_or_404(Organization.objects.filter(merged_into=None), handle=handle)
    require(rules.may_post_for(request.viewer.me, place), _why_not(place))
    if request.method != "POST":
        return _sheet(request, SheetForm(viewer=request.viewer), place)
    form = SheetForm(request.POST, viewer=request.viewer)
    if not form.is_valid():
        return _sheet(request, form, place, status=WRONG)
    try:
        made = actions.draft(request.viewer.me, place, form.details, form.cleaned_data["form_key"])
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _sheet(request, form, place, status=TAKEN)
    return _kept(request, form, made)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@editor_policy
@limit("openings.write", RATE)
def edit(request: Request, pk: int) -> HttpResponse:
    """The sheet of one that is there."""
    opening = teamed(request, pk, rules.may_change)
    said, fixed = details.of(opening), _is_fixed(opening)
    if request.method != "POST":
        if opening.state != State.DRAFT and not opening.stands:
            tell(request, _("This opening is over. Copy it into a draft to offer the post again."), tone="info")
            return redirect(opening.path)
        form = SheetForm(viewer=request.viewer, said=said, fixed=fixed)
        return _sheet(request, form, opening.organization, opening)
    form = SheetForm(request.POST, viewer=request.viewer, said=said, fixed=fixed)
    if not form.is_valid():
        return _sheet(request, form, opening.organization, opening, status=WRONG)
    try:
        saved = actions.edit(opening, form.details, by=request.viewer.me)
    except Hindered as hindered:
        return _hindered(request, form, opening, hindered)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _sheet(request, form, opening.organization, opening, status=TAKEN)
    return _kept(request, form, saved)


@require_safe
@signed_in
def preview(request: Request, pk: int) -> HttpResponse:
    """Exactly what readers will see; for the team."""
    opening = teamed(request, pk)
    context = {"shown": reading.show(request.viewer, opening), "opening": opening, "signals": []}
    return respond(request, "openings/preview.html", "main", context)


@require_POST
@signed_in
@limit("openings.post", "60/h")
def posting(request: Request, pk: int) -> HttpResponse:
    """Offer it to readers; what is missing is told on the sheet."""
    opening = teamed(request, pk, rules.may_change)
    form = SheetForm(viewer=request.viewer, said=details.of(opening))
    return _posted(request, form, opening)


@require_POST
@signed_in
@limit("openings.write", RATE)
def copy(request: Request, pk: int) -> HttpResponse:
    """A draft with the same words."""
    opening = teamed(request, pk, rules.may_change)
    made = actions.clone(opening, by=request.viewer.me)
    return done(request, _("Copied into a draft. Say anew whether the post is free."), f"{made.path}edit/")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("openings.write", RATE)
def removal(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away."""
    opening = teamed(request, pk, rules.may_change)
    if opening.state != State.DRAFT:
        raise Conflict(_("This opening was posted: close it instead."))
    if request.method != "POST":
        return respond(request, "openings/removal.html", "main", {"opening": opening})
    actions.discard(opening, by=request.viewer.me)
    return done(request, _("The draft is thrown away."), "/jobs/mine/")


def _kept(request: Request, form: SheetForm, opening: Opening) -> HttpResponse:
    """What was sent is safe; on to where the button leads."""
    then = request.POST.get("then", "")
    if then == "post" and opening.state == State.DRAFT:
        return _posted(request, form, opening)
    if then == "preview" and opening.state == State.DRAFT:
        return redirect(f"{opening.path}preview/")
    if opening.state == State.DRAFT:
        return done(request, _("Saved as a draft."), f"{opening.path}edit/")
    return done(request, _("Saved. Readers see the change, and that there was one."), opening.path)


def _posted(request: Request, form: SheetForm, opening: Opening) -> HttpResponse:
    try:
        posted = actions.post(opening, by=request.viewer.me)
    except Hindered as hindered:
        return _hindered(request, form, opening, hindered)
    days = reading.days_left(posted)
    return done(request, _("Your opening stands, for %(days)s days.") % {"days": days}, posted.path)


def _hindered(request: Request, form: SheetForm, opening: Opening, hindered: Hindered) -> HttpResponse:
    """Everything that hinders, beside its field; the words are kept."""
    if not form.is_bound:
        form = SheetForm(form_data(form), viewer=request.viewer, said=form.said)
        form.is_valid()
    for problem in hindered.problems:
        name = FIELDS.get(problem.field, problem.field)
        field = name if name in form.fields else None
        if problem.words not in form.errors.get(field or "__all__", []):
            form.add_error(field, problem.words)
    return _sheet(request, form, opening.organization, opening, status=WRONG)


def form_data(form: SheetForm) -> dict[str, Any]:
    """What a browser would send for a sheet as it stands, so that it can be judged without being sent."""
    found: dict[str, Any] = {}
    for each in (form, *form.asks):
        for bound in each:
            value = bound.field.prepare_value(bound.initial) if hasattr(bound.field, "prepare_value") else bound.initial
            if value is True:
                found[bound.html_name] = "on"
            elif value is not None and value is not False:
                found[bound.html_name] = str(value)
    return found


def _sheet(
    request: Request, form: SheetForm, place: Organization, opening: Opening | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "organization": place,
        "opening": opening,
        "here": f"{opening.path}edit/" if opening else f"/jobs/new/?organization={place.handle}",
        "stands": opening is not None and opening.state != State.DRAFT,
        "fixed": form.fixed,
    }
    return respond(request, SHEET, "main", context, status=status)


def _is_fixed(opening: Opening) -> bool:
    return opening.state != State.DRAFT and reading.has_answers(opening)


def _why_not(place: Organization) -> str:
    if place.is_page:
        return _("For this page its administrators and recruiters post. Ask one of them for that part.")
    return _("Whoever says on a public profile that she works there now can post for this organisation.")
