"""The page on which one says that one is open to work, to whom, and to whom never."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career.models import Item
from collegium.graph.degrees import standings
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.lib.text import clean_line
from collegium.members.models import Member
from collegium.openness import actions, naming, reading
from collegium.openness.forms import EXPLAINED, ExclusionForm, OpennessForm
from collegium.openness.models import Exclusion, Recruiter
from collegium.ui.respond import respond, tell
from collegium.workplaces.models import Proof

HERE = "/settings/open-to-work/"
PAGE = "openness/openness.html"
HIGHEST_KEY = 2**63 - 1
RATE = "240/h"
WRONG, TAKEN = 422, 409
WHO_LIMIT = 100
What = Exclusion.What


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("openness.write", RATE)
def openness(request: Request) -> HttpResponse:
    """What one looks for and who may know; saving it opens it."""
    if request.method != "POST":
        return _page(request)
    form = OpennessForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=WRONG)
    actions.put(request.viewer.me, **form.cleaned_data)
    tell(request, reading.effect(request.viewer.me).words)
    return _page(request, otherwise=HERE)


@require_POST
@signed_in
@limit("openness.write", RATE)
def end(request: Request) -> HttpResponse:
    """It is no longer so."""
    actions.end(request.viewer.me)
    tell(request, _("You are no longer open to work. Nobody is told."), undo=f"{HERE}reopening/")
    return _page(request, otherwise=HERE)


@require_POST
@signed_in
@limit("openness.write", RATE)
def reopening(request: Request) -> HttpResponse:
    """Take the end back."""
    actions.reopen(request.viewer.me)
    tell(request, reading.effect(request.viewer.me).words)
    return _page(request, otherwise=HERE)


@require_POST
@signed_in
@limit("openness.write", RATE)
def confirmation(request: Request) -> HttpResponse:
    """It is still so."""
    actions.keep(request.viewer.me)
    tell(request, _("Thank you. You will be asked again in two months."))
    return _page(request, otherwise=HERE)


@require_POST
@signed_in
@limit("openness.write", RATE)
def hiring(request: Request) -> HttpResponse:
    """Say that one hires people, or no longer."""
    hires = request.POST.get("hires") == "on"
    actions.hire(request.viewer.me, hires)
    tell(request, _("Noted: you hire people.") if hires else _("Noted: you no longer hire people."))
    return _page(request, otherwise=f"{HERE}#hiring")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("openness.write", RATE)
def exclusions(request: Request) -> HttpResponse:
    """Leave somebody out. The undo of the opposite comes without a form, so its words stand in the address."""
    if request.method != "POST":
        return _page(request)
    form = ExclusionForm(request.POST if "what" in request.POST else request.GET)
    if not form.is_valid():
        return _leaving(request, leave=form, status=WRONG)
    try:
        made = _exclude(request, form)
    except Conflict as conflict:
        form.add_error("value", conflict.reason)
        return _leaving(request, leave=form, status=TAKEN)
    if isinstance(made, list):
        if not made:
            form.add_error("value", _("Nobody you can see is called so. Try the name in the address of the page."))
        return _leaving(request, leave=form, candidates=made, status=WRONG)
    named = reading.left_out(request.viewer.me).named(made)
    tell(request, _("%(name)s never learns of it.") % {"name": named})
    return _leaving(request, otherwise=f"{HERE}#left-out")


@require_POST
@signed_in
@limit("openness.write", RATE)
def inclusion(request: Request, pk: int) -> HttpResponse:
    """Leave somebody out no longer."""
    mine = Exclusion.objects.select_related("person")
    row = get_object_or_404(mine, pk=min(pk, HIGHEST_KEY), member=request.viewer.me)
    named = reading.left_out(request.viewer.me).named(row)
    actions.include(row, by=request.viewer.me)
    tell(request, _("%(name)s is not left out any more.") % {"name": named or _("Somebody")}, undo=_undo(row, named))
    return _leaving(request, otherwise=f"{HERE}#left-out")


@require_safe
@signed_in
@limit("openness.read", "240/h", reads=True)
def knowing(request: Request) -> HttpResponse:
    """Whether one person sees it, as far as may be told."""
    try:
        asked = clean_line(request.GET.get("who", ""), WHO_LIMIT)
    except ValidationError:
        asked = ""  # nobody is called that
    found = naming.meant(request.viewer, asked)
    context: dict[str, Any] = {"asked": asked, "who_candidates": found if len(found) > 1 else []}
    if len(found) == 1:
        context |= {"answer": reading.answer(request.viewer.me, found[0]), "answer_about": found[0]}
    elif asked and not found:
        context["nobody"] = True
    return _page(request, **context)


def _exclude(request: Request, form: ExclusionForm) -> Exclusion | list[Member]:
    """Leave out what the form names; several people of one name come back to be chosen from.

    Raises:
        Conflict: the list is full.
    """
    me, what, value = request.viewer.me, form.cleaned_data["what"], form.cleaned_data["value"]
    if what == What.ORGANIZATION:
        return actions.exclude_organization(me, value)
    if what == What.DOMAIN:
        return actions.exclude_domain(me, value)
    found = naming.meant(request.viewer, value)
    return actions.exclude_person(me, found[0]) if len(found) == 1 else found


def _undo(row: Exclusion, named: str) -> str:
    """Where leaving it out again is asked for; nowhere for a person whom she sees no longer."""
    if not named:
        return ""
    value = f"@{row.person.handle}" if row.person is not None else row.name or row.domain
    return f"{HERE}exclusions/?{urlencode({'what': row.what, 'value': value})}"


def _leaving(request: Request, **more: Any) -> HttpResponse:
    """Whom one leaves out, alone where the page can take it so, and the present effect beside it."""
    return _page(request, block="exclusions", beside=True, **more)


def _page(
    request: Request, *, block: str = "main", status: int = 200, otherwise: str | None = None, **more: Any
) -> HttpResponse:
    """The page as it stands; a form with errors comes back with what was typed."""
    me = request.viewer.me
    row = reading.of(me)
    without = reading.left_out(me)
    context: dict[str, Any] = {
        "openness": row,
        "form": OpennessForm(openness=row),
        "audiences": EXPLAINED,
        "effect": reading.effect(me),
        "left_out": without,
        "suggested": _suggested(request, without),
        "hires": Recruiter.objects.filter(member=me).exists(),
        "proved": Proof.objects.living().filter(member=me).exists(),
    }
    meant = [*more.get("candidates", []), *more.get("who_candidates", [])]
    context["standings"] = standings(me, [person.pk for person in meant])
    return respond(request, PAGE, block, context | more, status=status, otherwise=otherwise)


def _suggested(request: Request, without: reading.LeftOut) -> list[str]:
    """Where one works now and is not left out yet: what most people would want to write first."""
    mine = Item.objects.visible_to(request.viewer).filter(member=request.viewer.me).current().in_order()
    named = {row.folded_name for row in without.rows}
    return list(dict.fromkeys(item.organization_name for item in mine if item.folded_organization not in named))
