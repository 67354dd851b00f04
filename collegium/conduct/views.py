"""The page of one's own standing, and the appeal written on it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.conduct import actions, reading, words
from collegium.conduct.account import Cause, Line
from collegium.conduct.forms import AppealForm
from collegium.conduct.levels import LEVELS, above
from collegium.conduct.models import Restriction
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.ui.respond import respond, tell

PAGE = "conduct/standing.html"
HERE = "/network/standing/"
LINES = 30
ENDED_SHOWN = 5
HIGHEST_KEY = 2**63 - 1
WRONG, TAKEN = 422, 409


@require_safe
@signed_in
def standing(request: Request) -> HttpResponse:
    """What one may still send, what earned and what cost it, and any restriction."""
    if after := request.GET.get("after", ""):
        lines = reading.ledger(request.viewer.me).lines
        return respond(request, PAGE, "stretch", _stretch(request, lines, cursor.unpack(after, 1)[0]))
    return _page(request)


@require_POST
@signed_in
@limit("conduct.appeal", "20/h")
def appeal(request: Request, pk: int) -> HttpResponse:
    """Say what there is to say against a restriction."""
    row = get_object_or_404(Restriction, pk=min(pk, HIGHEST_KEY), member=request.viewer.me)
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=WRONG)
    try:
        actions.appeal(row, form.cleaned_data["words"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _page(request, form=form, status=TAKEN)
    tell(request, _("Your appeal is sent. The answer will stand here, and you will be told."))
    return _page(request, otherwise=HERE)


def _page(
    request: Request, *, form: AppealForm | None = None, status: int = 200, otherwise: str | None = None
) -> HttpResponse:
    """The page as it stands."""
    me = request.viewer.me
    stands = reading.standing(me)
    account = stands.ledger
    earlier = Restriction.objects.of(me).select_related("appeal")
    living = next((row for row in earlier.living()), None)
    context: dict[str, Any] = {
        "stands": stands,
        "account": account,
        "weekly": reading.WEEKLY,
        "most_pending": reading.MOST_PENDING,
        "rungs": words.rungs(),
        "rung": LEVELS.index(account.level),
        "above": above(account.level),
        "above_name": words.rung(found.rung) if (found := above(account.level)) else "",
        "needs": words.needs(account.level, account.tally),
        "patience": words.patience(account.level, account.tally),
        "restriction": living,
        "ended": [row for row in earlier[:ENDED_SHOWN] if not row.is_living],
        "form": form or AppealForm(),
    }
    context |= _stretch(request, account.lines, len(account.lines))
    return respond(request, PAGE, "main", context, status=status, otherwise=otherwise)


def _stretch(request: Request, lines: Sequence[Line[Cause]], end: int) -> dict[str, Any]:
    """A page of the account before the line with this number, newest first; the past never changes its numbers."""
    end = max(0, min(end, len(lines)))
    begin = max(0, end - LINES)
    said = words.say(lines[begin:end][::-1], request.viewer)
    return {"lines": said, "older": cursor.pack(begin) if begin else "", "first": end == len(lines)}
