"""Asking somebody for a referral, and withdrawing one's question."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.conduct.rules import Wait
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.views.common import for_members, person
from collegium.network.ways import reading as ways
from collegium.openings.models import Opening
from collegium.referrals import actions, rules
from collegium.referrals.forms import AskForm
from collegium.referrals.models import Referral
from collegium.referrals.people import WHENS
from collegium.referrals.standing import GIVEN, LAPSED, as_asked
from collegium.referrals.views.common import MINE, TAKEN, TOO_MANY, WRITES, WRONG, as_role, opening_of, too_late
from collegium.ui.respond import done, respond, tell


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
@limit("referrals.write", WRITES)
def ask(request: Request, pk: int) -> HttpResponse:
    """Write a note to a connection who works or worked there.

    Raises:
        Http404: the viewer does not read the opening, or may not know that this person was ever there.
    """
    opening, me = opening_of(request, pk), request.viewer.me
    if not request.GET.get("of"):
        return HttpResponseRedirect(f"{opening.path}people/")
    other = _other(request)
    asked = next(iter(as_asked(request.viewer, _rows(me, other, opening))), None)
    if asked is None and not rules.may_ask(me, other, opening):
        raise Http404
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        hindrance = rules.hindrance_to_asking(me, other, opening)
        return _form(request, opening, other, form, hindrance=hindrance)
    if not form.is_valid():
        return _form(request, opening, other, form, status=WRONG)
    try:
        row = actions.ask(me, other, opening, note=form.cleaned_data["note"])
    except Conflict as conflict:
        status = TOO_MANY if isinstance(conflict, Wait) else TAKEN
        response = _form(request, opening, other, form, hindrance=conflict, status=status)
        if isinstance(conflict, Wait):
            response["Retry-After"] = str(conflict.seconds)
        return response
    words = _("%(name)s has your question. You hear of it when there is a word for you.")
    return done(request, words % {"name": other.name}, row.path)


def _other(request: Request) -> Member:
    handle = request.GET.get("of", "")[:100]
    if "\0" in handle:
        raise Http404
    return person(request, handle)


def _rows(me: Member, other: Member, opening: Opening) -> "list[Referral]":
    return list(Referral.objects.filter(asker=me, referrer=other, opening=opening).with_faces())


def _form(
    request: Request,
    opening: Opening,
    other: Member,
    form: AskForm,
    *,
    hindrance: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    there, viewer = opening.organization, request.viewer
    lines = [ways.contacts(viewer, there, when, [(other.pk, 0)], 1) for when in WHENS]
    held = next((each[0] for each in lines if each and each[0].when), None) or next((e[0] for e in lines if e), None)
    context = {
        "opening": opening,
        "person": other,
        "line": held.line if held else other.headline,
        "form": form,
        "hindrance": hindrance.reason if hindrance else "",
        "most": rules.MOST_OPEN,
        "weekly": rules.WEEKLY,
        "here": f"{opening.path}referral/?of={other.handle}",
    }
    return respond(request, "referrals/ask.html", "main", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
@limit("referrals.write", WRITES)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take one's question back; asked again at once as long as its time is not over.

    Raises:
        Http404: it is none of hers.
    """
    row = as_role(request, pk, "asker")
    shown = next(iter(as_asked(request.viewer, [row])), None)
    if shown is None or shown.state in (GIVEN, LAPSED):
        raise Http404
    if request.method != "POST":
        return respond(request, "referrals/withdrawal.html", "main", {"row": row, "asked": shown})
    try:
        actions.withdraw(row, by=request.viewer.me)
    except Conflict as conflict:
        return too_late(request, conflict)
    return done(request, _("Withdrawn. Your question is gone."), MINE, undo=f"{row.path}asking-again/")


@require_POST
@for_members
@limit("referrals.write", WRITES)
def ask_again(request: Request, pk: int) -> HttpResponse:
    """Undo a withdrawal.

    Raises:
        Http404: it is none of hers.
    """
    row = as_role(request, pk, "asker")
    if not as_asked(request.viewer, [row]):
        raise Http404
    try:
        actions.ask_again(row, by=request.viewer.me)
    except Conflict as conflict:
        return too_late(request, conflict)
    tell(request, _("Your question stands again."))
    return HttpResponseRedirect(row.path)
