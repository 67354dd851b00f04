"""Who may write to one, the keys one hands out, and the account of one's own messages to strangers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib import clock, cursor
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.reach import actions, comembers, keys, reading, words
from collegium.reach.account import ALLOWANCES
from collegium.reach.forms import KeyForm, WelcomeForm
from collegium.reach.models import Key, Welcome
from collegium.reach.purposes import Purpose
from collegium.ui.respond import respond, tell

HERE = "/settings/contact/"
PAGE, ACCOUNT = "reach/contact.html", "reach/account.html"
LINES = 15
HIGHEST_KEY = 2**63 - 1
RATE = "120/h"
WRONG, TAKEN = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("reach.choose", RATE)
def contact(request: Request) -> HttpResponse:
    """What is welcome for which purpose, and the keys below it."""
    if request.method != "POST":
        return _page(request)
    form = WelcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=WRONG)
    actions.choose_welcome(request.viewer.me, doors=form.doors, groups=form.cleaned_data["groups"])
    tell(request, _("Your choice is kept. It counts for what is written from now on."))
    return _page(request, otherwise=HERE)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("reach.keys", RATE)
def make(request: Request) -> HttpResponse:
    """Make a key."""
    if request.method != "POST":
        return _page(request)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, key_form=form, status=WRONG)
    given = form.cleaned_data
    ends_at = clock.now() + given["lasts"] if given["lasts"] else None
    try:
        made = actions.make_key(request.viewer.me, label=given["label"], most=given["most"], ends_at=ends_at)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _page(request, key_form=form, status=TAKEN)
    tell(
        request, _("The key is %(code)s. It stands below, with a link to hand out.") % {"code": keys.spoken(made.code)}
    )
    return _page(request, otherwise=f"{HERE}#keys")


@require_POST
@signed_in
@limit("reach.keys", RATE)
def revocation(request: Request, pk: int) -> HttpResponse:
    """It opens no more."""
    row = _mine(request, pk)
    actions.revoke_key(row, by=request.viewer.me)
    tell(request, _("The key opens no more. Who wrote with it stays."), undo=f"{HERE}keys/{row.pk}/restoration/")
    return _page(request, otherwise=f"{HERE}#keys")


@require_POST
@signed_in
@limit("reach.keys", RATE)
def restoration(request: Request, pk: int) -> HttpResponse:
    """It opens again."""
    try:
        actions.restore_key(_mine(request, pk), by=request.viewer.me)
    except Conflict as conflict:
        return _page(request, problem=conflict.reason, status=TAKEN)
    tell(request, _("The key opens again."))
    return _page(request, otherwise=f"{HERE}#keys")


@require_safe
@signed_in
def account(request: Request) -> HttpResponse:
    """What one may still send to strangers, what earned and what cost it: the standing page borrows this part."""
    stands = reading.standing(request.viewer.me)
    lines = stands.cold.lines
    after = request.GET.get("after", "")
    end = cursor.unpack(after, 1)[0] if after else len(lines)
    end = max(0, min(end, len(lines)))
    begin = max(0, end - LINES)
    context: dict[str, Any] = {
        "stands": stands,
        "cold": stands.cold,
        "comembers": stands.comembers,
        "most_comembers": comembers.MOST,
        "lines": words.say(lines[begin:end][::-1], request.viewer),
        "older": cursor.pack(begin) if begin else "",
        "first": end == len(lines),
        "levels": list(ALLOWANCES.values()),
    }
    return respond(request, ACCOUNT, "stretch" if after else "account", context)


def _mine(request: Request, pk: int) -> Key:
    return get_object_or_404(Key, pk=min(pk, HIGHEST_KEY), owner=request.viewer.me)


def _page(
    request: Request,
    *,
    form: WelcomeForm | None = None,
    key_form: KeyForm | None = None,
    problem: str = "",
    status: int = 200,
    otherwise: str | None = None,
) -> HttpResponse:
    """The page as it stands; a form with errors comes back with what was typed."""
    row = reading.welcome(request.viewer.me)
    chosen = {purpose: getattr(row, purpose) for purpose in Purpose.values} | {"groups": row.groups}
    context: dict[str, Any] = {
        "form": form or WelcomeForm(initial=chosen),
        "purposes": [(purpose.value, purpose.label) for purpose in Purpose],
        "doors": Welcome.Door.choices,
        "group_choices": Welcome.Groups.choices,
        "key_form": key_form or KeyForm(),
        "problem": problem,
        "keys": reading.keys(request.viewer),
        "spoken": keys.spoken,
        "link": lambda key: request.build_absolute_uri(keys.link(key)),
        "now": clock.now(),
    }
    return respond(request, PAGE, "main", context, status=status, otherwise=otherwise)
