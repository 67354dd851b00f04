"""Asking for a recommendation, and answering such a question short of writing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ui.respond import done, respond
from collegium.vouching import actions, own, phrases, rules
from collegium.vouching.forms import AskForm
from collegium.vouching.models import RecommendationRequest
from collegium.vouching.views.common import for_members, key, person

TAKEN = 409


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def ask(request: Request, handle: str) -> HttpResponse:
    """Ask somebody for a recommendation."""
    me, other = request.viewer.me, person(request, handle)
    require(rules.may_ask(me, other), _("One asks people one is connected with."))
    form = AskForm(request.POST if request.method == "POST" else None, writer=other, items=rules.positions(me, other))
    if request.method != "POST":
        return _form(request, other, form, hindrance=rules.hindrance_to_asking(me, other))
    if not form.is_valid():
        return _form(request, other, form, status=422)
    try:
        actions.ask(me, other, **form.cleaned_data)
    except Conflict as conflict:
        return _form(request, other, form, hindrance=conflict, status=TAKEN)
    return done(request, _("%(name)s has your question.") % {"name": other.name}, "/vouching/asked/")


def _form(
    request: Request, other: Member, form: AskForm, *, hindrance: Conflict | None = None, status: int = 200
) -> HttpResponse:
    context = {"person": other, "form": form, "hindrance": hindrance.reason if hindrance else ""}
    return respond(request, "vouching/ask.html", "main", context, status=status)


@require_safe
@for_members
def request(request: Request, pk: int) -> HttpResponse:
    """One request to the viewer: where she writes."""
    wish = get_object_or_404(RecommendationRequest.objects.to(request.viewer).with_people(), pk=key(pk))
    [shown] = own.asks(request.viewer, [wish])
    return respond(request, "vouching/request.html", "main", {"wish": shown, "relation_of": phrases.told})


@require_POST
@for_members
def decline(request: Request, pk: int) -> HttpResponse:
    """No, quietly."""
    wish = _to_me(request, pk)
    actions.decline(wish, by=request.viewer.me)
    words = _("Declined. %(name)s is not told, and goes on seeing when you were asked.") % {"name": wish.asker.name}
    return done(request, words, "/vouching/requests/", undo=f"{wish.path}restoration/")


@require_POST
@for_members
def restoration(request: Request, pk: int) -> HttpResponse:
    """Take a decline back."""
    wish = _to_me(request, pk)
    actions.reopen(wish, by=request.viewer.me)
    return done(
        request, _("The request of %(name)s waits for you again.") % {"name": wish.asker.name}, "/vouching/requests/"
    )


@require_POST
@for_members
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Ask no more."""
    wish = _mine(request, pk)
    actions.withdraw(wish, by=request.viewer.me)
    return done(
        request, _("Withdrawn. %(name)s no longer sees your request.") % {"name": wish.writer.name}, "/vouching/asked/"
    )


@require_POST
@for_members
def reminder(request: Request, pk: int) -> HttpResponse:
    """The one reminder."""
    wish = _mine(request, pk)
    actions.remind(wish, by=request.viewer.me)
    return done(request, _("%(name)s is reminded, this once.") % {"name": wish.writer.name}, "/vouching/asked/")


def _to_me(request: Request, pk: int) -> RecommendationRequest:
    """A request the viewer has to answer, or declined a moment ago."""
    rows = RecommendationRequest.objects.answerable_by(request.viewer).with_people()
    return get_object_or_404(rows, pk=key(pk))


def _mine(request: Request, pk: int) -> RecommendationRequest:
    """A request of the viewer that has no answer."""
    return get_object_or_404(RecommendationRequest.objects.by(request.viewer).with_people(), pk=key(pk))
