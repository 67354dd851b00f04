"""Contested positions: put by the page, answered by the person, decided by an owner."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career.models import Item
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import reading, rules
from collegium.pages.actions import disputing
from collegium.pages.forms import DecideForm, WordsForm
from collegium.pages.framing import frame
from collegium.pages.models import Dispute
from collegium.pages.views.common import key
from collegium.ui.respond import done, respond, tell

NEW, LIST = "pages/contest.html", "pages/disputes.html"
ONE, WAITING = "pages/dispute.html", "pages/to_decide.html"
RATE = "60/h"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.disputing", RATE)
@of_organization
def new(request: Request, organization: Organization) -> HttpResponse:
    """The sheet on which an administrator contests an entry (`?item=`)."""
    require(rules.may_manage(request.viewer.member, organization))
    item = _item(request, organization)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _contested(request, organization, item, form):
        words = _("%(name)s is told and has 14 days to answer.") % {"name": item.member.name}
        return done(request, words, f"{organization.path}disputes/")
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "manage"),
        "item": item,
        "form": form,
    }
    return respond(request, NEW, "sheet", context, status=422 if form.errors else 200)


@require_safe
@signed_in
@of_organization
def disputes(request: Request, organization: Organization) -> HttpResponse:
    """What this page contests; for its administrators."""
    require(rules.may_manage(request.viewer.member, organization))
    after = request.GET.get("after", "")
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "manage"),
        "found": reading.disputes_of(organization, after),
        "first": not after,
    }
    return respond(request, LIST, "stretch" if after else "main", context)


@require_safe
@signed_in
def to_decide(request: Request) -> HttpResponse:
    """What waits for an owner."""
    require(rules.may_keep(request.viewer.member))
    return respond(request, WAITING, "main", {"rows": reading.to_decide()})


@require_safe
@signed_in
def dispute(request: Request, pk: int) -> HttpResponse:
    """One, for those whom it concerns."""
    return _answer(request, _seen(request, pk))


@require_POST
@signed_in
@limit("pages.disputing", RATE)
def answer(request: Request, pk: int) -> HttpResponse:
    """The person says how it is."""
    row = _seen(request, pk)
    require(rules.may_answer(request.viewer.member, row))
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _answer(request, row, form, status=422)
    disputing.answer(row, form.cleaned_data["words"], by=request.viewer.me)
    tell(request, _("Your answer is kept. Somebody who runs this network decides, and you are told."))
    return _answer(request, _seen(request, pk))


@require_POST
@signed_in
@limit("pages.disputing", RATE)
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """The page takes it back."""
    disputing.withdraw(_seen(request, pk), by=request.viewer.me)
    tell(request, _("It is no longer contested."))
    return _answer(request, _seen(request, pk))


@require_POST
@signed_in
@limit("pages.disputing", RATE)
def decision(request: Request, pk: int) -> HttpResponse:
    """An owner decides."""
    row = _seen(request, pk)
    require(rules.may_decide(request.viewer.member, row))
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _answer(request, row, form, status=422)
    upheld = form.cleaned_data["upheld"] == "page"
    disputing.decide(row, upheld=upheld, words=form.cleaned_data["words"], by=request.viewer.me)
    tell(request, _("Decided. Both sides are told."))
    return _answer(request, _seen(request, pk))


def _item(request: Request, organization: Organization) -> Item:
    """The entry that the address names, which she reads and which is tied to this page.

    Raises:
        Http404: none such.
    """
    rows = disputing.contestable(request.viewer.me, organization).select_related("member")
    item = rows.filter(pk=key(request.GET.get("item", ""))).first()
    if item is None:
        raise Http404
    return item


def _seen(request: Request, pk: int) -> Dispute:
    """The dispute, when it concerns the viewer.

    Raises:
        Http404: it does not, or there is none.
    """
    rows = Dispute.objects.select_related("organization", "member", "by", "item")
    row = rows.filter(pk=key(str(pk))).first()
    if row is None or not rules.may_see_dispute(request.viewer.member, row):
        raise Http404
    return row


def _contested(request: Request, organization: Organization, item: Item, form: WordsForm) -> bool:
    try:
        disputing.contest(organization, item, form.cleaned_data["words"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("words", conflict.reason)
        return False
    return True


def _answer(
    request: Request, row: Dispute, form: WordsForm | DecideForm | None = None, status: int = 200
) -> HttpResponse:
    member = request.viewer.member
    answers = rules.may_answer(member, row) and row.state == Dispute.State.OPEN
    decides = rules.may_decide(member, row) and row.state == Dispute.State.ANSWERED
    context: dict[str, Any] = {
        "dispute": row,
        "organization": row.organization,
        "mine": request.viewer.id == row.member_id,
        "manages": rules.may_manage(member, row.organization),
        "form": form or (WordsForm() if answers else DecideForm() if decides else None),
        "answers": answers,
        "decides": decides,
    }
    return respond(request, ONE, "main", context, otherwise=row.path, status=status)
