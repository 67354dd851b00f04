"""Applying: the form, what of it will be read, and sending it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.applications import actions, beginning, consenting, reading, rules
from collegium.applications import snapshot as snapshots
from collegium.applications.actions import cvs
from collegium.applications.forms import KEEP, LOOK, NONE, ApplyForm
from collegium.applications.models import Application, Cv
from collegium.applications.previewing import preview
from collegium.applications.views.common import FORBIDDEN, TAKEN, WRONG, opening_for
from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.openings.models import Opening, Question
from collegium.ui.respond import respond, tell
from collegium.ui.text import moment

PAGE = "applications/apply.html"


@require_http_methods(["GET", "POST"])
@signed_in
@limit("applications.apply", "60/h")
def apply(request: Request, pk: int) -> HttpResponse:
    """The form; sent, looked at, or kept as a draft."""
    opening, me = opening_for(request.viewer, pk), request.viewer.me
    before = Application.objects.of(me).filter(opening=opening).first()
    if before is not None:
        return redirect(before.path)
    require(not (hindrance := rules.hindrance_to_applying(me, opening)), hindrance)
    if request.method == "GET":
        return _page(request, opening, _form(request, opening, kept=True))
    say = request.POST.get("say", "")
    if say == KEEP:
        beginning.keep(opening, dict(request.POST.lists()), by=me)
        tell(request, _("Your draft is kept. Nobody but you reads it."))
        return redirect(f"/jobs/{opening.pk}/apply/")
    form = _form(request, opening)
    if not form.is_valid() or say == LOOK:
        return _page(request, opening, form, status=WRONG if form.errors else 200)
    return _send(request, opening, form)


@require_POST
@signed_in
@limit("applications.preview", "1800/h")
def look(request: Request, pk: int) -> HttpResponse:
    """What they will read of what stands in the form now."""
    opening = opening_for(request.viewer, pk)
    form = _form(request, opening, looking=True)
    return respond(request, PAGE, "preview", {"shown": preview(form, opening), "opening": opening})


@require_POST
@signed_in
@limit("applications.preview", "1800/h")
def keep(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed, quietly."""
    row = beginning.keep(opening_for(request.viewer, pk), dict(request.POST.lists()), by=request.viewer.me)
    words = _("Kept as a draft: %(when)s") % {"when": moment(row.at)}
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_POST
@signed_in
@limit("applications.apply", "60/h")
def drop(request: Request, pk: int) -> HttpResponse:
    """Throw the draft away."""
    beginning.drop(opening_for(request.viewer, pk), request.viewer.me)
    tell(request, _("The draft is gone."))
    return redirect("/applications/")


def _form(request: Request, opening: Opening, *, kept: bool = False, looking: bool = False) -> ApplyForm:
    me = request.viewer.me
    parts = snapshots.filled(me)
    given: dict[str, Any] = {
        "parts": parts,
        "cvs": list(Cv.objects.filter(member=me).order_by("-added_at", "-pk")),
        "questions": list(Question.objects.filter(opening=opening).order_by("place")),
        "owner": me,
    }
    if not kept:
        # While one only looks, a file is not taken in again and again.
        return ApplyForm(request.POST, None if looking else request.FILES, **given)
    first = {
        "parts": sorted(snapshots.shown_parts(me) & {part for part, _label in parts}),
        "email": me.user.email,
        "phone": next(iter(reading.phones(request.viewer)), ""),
        "cv": NONE,
        "days": opening.kept_days,
    }
    return ApplyForm(initial=first | beginning.of(opening, me), **given)


def _send(request: Request, opening: Opening, form: ApplyForm) -> HttpResponse:
    me, values = request.viewer.me, form.cleaned_data
    if form.ending and not values["anyway"]:
        form.add_error("anyway", _("Please read this before you send."))
        return _page(request, opening, form, status=WRONG)
    if values["days"] != opening.kept_days:
        form.add_error("consent", _("The days have changed since you read them. Please read the sentence again."))
        form.say(days=str(opening.kept_days))
        return _page(request, opening, form, status=TAKEN)
    try:
        made = _sent(request, opening, form)
    except Conflict as no:
        form.add_error(None, no.reason)
        return _page(request, opening, form, status=TAKEN)
    except Refusal as no:
        form.add_error(None, no.reason or _("You cannot apply to this."))
        return _page(request, opening, form, status=FORBIDDEN)
    beginning.drop(opening, me)
    if made.has_ended:
        tell(request, _("Your application was sent, and ended by a question. It says here by which."), tone="info")
    else:
        tell(request, _("Your application is on its way."))
    return redirect(made.path)


def _sent(request: Request, opening: Opening, form: ApplyForm) -> Application:
    me, values = request.viewer.me, form.cleaned_data
    cv = form.chosen
    if form.brought is not None:
        cv = cvs.keep(form.brought, by=me)
        form.take(cv)
    return actions.send(
        opening,
        by=me,
        snapshot=snapshots.of(me, values["parts"], photo=values["photo"], email=values["email"], phone=values["phone"]),
        answers=form.answers,
        letter=values["letter"],
        cv=cv,
        consent=consenting.of(opening),
        form_key=values["form_key"],
    )


def _page(request: Request, opening: Opening, form: ApplyForm, status: int = 200) -> HttpResponse:
    context = {
        "opening": opening,
        "form": form,
        "consent": consenting.of(opening),
        "shown": preview(form, opening),
        "me": request.viewer.me,
        "phones": reading.phones(request.viewer),
    }
    return respond(request, PAGE, "main", context, status=status)
