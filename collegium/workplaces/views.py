"""The page on which one proves where one works."""

import logging
from smtplib import SMTPException
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.career.models import Item
from collegium.lib import limits, mail
from collegium.lib.limits import TooMany, charge
from collegium.lib.refusal import Conflict
from collegium.ui.respond import respond, tell
from collegium.workplaces import actions, reading
from collegium.workplaces.addresses import Address
from collegium.workplaces.forms import AskForm, CodeForm
from collegium.workplaces.models import Code, Proof

HERE = "/settings/workplace/"
PAGE = "workplaces/workplace.html"
HIGHEST_KEY = 2**63 - 1
# Codes are mails to people who may not have asked for them: few for one who asks, for one who gets them, for one house.
BY_MEMBER, BY_MEMBER_DAILY, BY_ADDRESS, BY_DOMAIN = "5/h", "10/d", "4/d", "40/h"
WRONG, TOO_MANY, TAKEN, UNSENT = 422, 429, 409, 503
log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limits.limit("workplaces.write", "60/h")
def workplace(request: Request) -> HttpResponse:
    """What is proved, and a form to prove more; or the form for the code that is on its way."""
    if request.method != "POST":
        return _page(request)
    form = AskForm(request.POST, positions=_positions(request))
    if not form.is_valid():
        return _page(request, ask=form, status=WRONG)
    address, place = form.cleaned_data["address"], form.cleaned_data["workplace"]
    try:
        _charge(request, address)
        digits = actions.ask(request.viewer.me, address, place)
    except TooMany as wait:
        form.add_error(None, _wait(wait))
        response = _page(request, ask=form, status=TOO_MANY)
        response["Retry-After"] = str(limits.seconds(wait.wait))
        return response
    except Conflict as conflict:
        form.add_error("address", conflict.reason)
        return _page(request, ask=form, status=WRONG)
    if not _send(request, address, digits):
        form.add_error(None, _("The mail could not be sent just now. Nothing is lost; please try again in a while."))
        return _page(request, ask=form, status=UNSENT)
    return _page(request, otherwise=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limits.limit("workplaces.write", "60/h")
def code(request: Request) -> HttpResponse:
    """The digits come back."""
    if request.method != "POST":
        return _page(request)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, code_form=form, status=WRONG)
    try:
        made = actions.prove(request.viewer.me, form.cleaned_data["code"])
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _page(request, code_form=form, status=TAKEN)
    if isinstance(made, Code):
        form.add_error("code" if made.left else None, _not_it(made))
        return _page(request, code_form=form, status=WRONG)
    tell(request, _("%(words)s.") % {"words": made.words})
    return _page(request, otherwise=HERE)


@require_POST
@signed_in
@limits.limit("workplaces.write", "60/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Take a proof away."""
    proof = _mine(request, pk)
    actions.remove(proof, by=request.viewer.me)
    tell(request, _("The proof is removed."), undo=f"{proof.path}restoration/")
    return _page(request, otherwise=HERE)


@require_POST
@signed_in
@limits.limit("workplaces.write", "60/h")
def restoration(request: Request, pk: int) -> HttpResponse:
    """Put back what was just taken away."""
    actions.restore(_mine(request, pk), by=request.viewer.me)
    tell(request, _("The proof is back."))
    return _page(request, otherwise=HERE)


def _mine(request: Request, pk: int) -> Proof:
    return get_object_or_404(Proof, pk=min(pk, HIGHEST_KEY), member=request.viewer.me)


def _positions(request: Request) -> list[Item]:
    mine = Item.objects.visible_to(request.viewer).filter(member=request.viewer.me)
    return list(mine.current().select_related("organization").in_order())


def _page(
    request: Request,
    *,
    ask: AskForm | None = None,
    code_form: CodeForm | None = None,
    status: int = 200,
    otherwise: str | None = None,
) -> HttpResponse:
    """The page as it stands; a form with errors comes back with what was typed."""
    waiting = reading.waiting(request.viewer.me)
    anew = "anew" in request.GET or ask is not None
    context: dict[str, Any] = {
        "standings": reading.standings(request.viewer.me),
        "waiting": None if anew else waiting,
        "code_form": code_form or CodeForm(),
        "ask": ask or AskForm(positions=_positions(request), chosen=request.GET.get("position", "")),
    }
    return respond(request, PAGE, "sheet", context, status=status, otherwise=otherwise)


def _charge(request: Request, address: Address) -> None:
    """Count the mail before it is written.

    Raises:
        TooMany: for who asks, for the mailbox, or for the whole domain.
    """
    for rate in (BY_MEMBER, BY_MEMBER_DAILY):
        charge(f"workplaces.ask.{rate}", limits.requester(request), rate)
    charge("workplaces.ask.address", address.mark, BY_ADDRESS)
    charge("workplaces.ask.domain", address.domain, BY_DOMAIN)


def _send(request: Request, address: Address, digits: str) -> bool:
    """Whether the mail went out; a mail server that is away is no reason for a page that says nothing."""
    try:
        mail.send(
            "workplaces/mails/code",
            to=str(address),
            context={"code": f"{digits[:3]} {digits[3:]}"},
            headers={"Auto-Submitted": "auto-generated"},
        )
    except (OSError, SMTPException):
        log.exception("the code for a workplace could not be mailed")
        return False
    return True


def _wait(wait: TooMany) -> str:
    minutes = max(1, round(wait.wait / 60))
    words = ngettext(
        "Enough codes were sent for now. The next one can be asked for in %(num)d minute.",
        "Enough codes were sent for now. The next one can be asked for in %(num)d minutes.",
        minutes,
    )
    return words % {"num": minutes}


def _not_it(code: Code) -> str:
    if not code.left:
        return _("That is not the code, and it was the last try. Ask for another.")
    words = ngettext(
        "That is not the code. You can try %(num)d more time.",
        "That is not the code. You can try %(num)d more times.",
        code.left,
    )
    return words % {"num": code.left}
