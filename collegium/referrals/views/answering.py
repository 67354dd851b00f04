"""Giving a word, declining, taking it back, and thinking better of each."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.views.common import for_members
from collegium.referrals import actions
from collegium.referrals.forms import GiveForm
from collegium.referrals.models import Referral
from collegium.referrals.standing import as_received
from collegium.referrals.views.common import ROOT, WRITES, WRONG, as_role, lane, too_late
from collegium.ui.respond import done, respond

Verb = Callable[..., Referral]


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
@limit("referrals.write", WRITES)
def give(request: Request, pk: int) -> HttpResponse:
    """Say something in one's own words.

    Raises:
        Http404: it was not asked of the viewer.
    """
    row = as_role(request, pk, "referrer")
    if request.method != "POST":
        return HttpResponseRedirect(row.path)
    form = GiveForm(request.POST)
    if not form.is_valid():
        return show(request, row, form, status=WRONG)
    try:
        actions.give(row, by=request.viewer.me, **form.cleaned_data)
    except Conflict as conflict:
        return too_late(request, conflict)
    words = _("Given. Those who hire read it with the application of %(name)s.")
    return done(request, words % {"name": row.asker.name}, row.path, undo=f"{row.path}taking-back/")


@require_POST
@for_members
@limit("referrals.write", WRITES)
def decline(request: Request, pk: int) -> HttpResponse:
    """No, and nobody is told.

    Raises:
        Http404: it was not asked of the viewer.
    """
    row = as_role(request, pk, "referrer")
    return _do(request, row, actions.decline, _("Declined. Nobody is told."), where=ROOT, undo=f"{row.path}reopening/")


@require_POST
@for_members
@limit("referrals.write", WRITES)
def reopen(request: Request, pk: int) -> HttpResponse:
    """Undo a silent no.

    Raises:
        Http404: it was not asked of the viewer.
    """
    row = as_role(request, pk, "referrer")
    return _do(request, row, actions.reopen, _("The question lies here again."), where=row.path)


@require_POST
@for_members
@limit("referrals.write", WRITES)
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take back what one said.

    Raises:
        Http404: it was not asked of the viewer.
    """
    row = as_role(request, pk, "referrer")
    said = _("Taken back. Those who hire read it no more.")
    return _do(request, row, actions.take_back, said, where=row.path, undo=f"{row.path}putting-back/")


@require_POST
@for_members
@limit("referrals.write", WRITES)
def put_back(request: Request, pk: int) -> HttpResponse:
    """Undo that.

    Raises:
        Http404: it was not asked of the viewer.
    """
    row = as_role(request, pk, "referrer")
    return _do(request, row, actions.put_back, _("Your words stand again."), where=row.path)


def _do(request: Request, row: Referral, verb: Verb, said: str, *, where: str, undo: str = "") -> HttpResponse:
    me: Member = request.viewer.me
    try:
        verb(row, by=me)
    except Conflict as conflict:
        return too_late(request, conflict)
    return done(request, said, where, undo=undo)


def show(request: Request, row: Referral, form: GiveForm | None = None, status: int = 200) -> HttpResponse:
    """What one was asked, as it stands."""
    received = as_received(request.viewer, [row])[0]
    context = {"received": received, "asked": None, "form": form or GiveForm(), "lane": lane("received")}
    return respond(request, "referrals/one.html", "main", context, status=status)
