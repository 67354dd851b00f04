"""Proving a domain: saying which, putting the token there, having it looked at."""

import threading
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.organizations.domains import domain_of
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import lapsing, reading, rules
from collegium.pages.actions import claiming
from collegium.pages.forms import DomainForm, WordsForm
from collegium.pages.framing import frame
from collegium.pages.models import Claim
from collegium.pages.proving import looking
from collegium.pages.proving.looking import Seen
from collegium.pages.views.common import key
from collegium.ui.respond import done, respond, tell

PAGE = "pages/claim.html"
AT_ONCE = 3
_places = threading.BoundedSemaphore(AT_ONCE)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.claiming", "20/h")
@of_organization
def claim(request: Request, organization: Organization) -> HttpResponse:
    """Say which domain, and read what to put there."""
    require(rules.may_claim(request.viewer.member, organization))
    first = {"domain": domain_of(organization.website)}
    form = DomainForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid() and (made := _begun(request, organization, form)) is not None:
        return respond(request, PAGE, "main", _shown(request, organization, form, made), otherwise=_path(organization))
    return respond(request, PAGE, "main", _shown(request, organization, form), status=422 if form.errors else 200)


@require_POST
@signed_in
@limit("pages.checking", "30/h")
@of_organization
def check(request: Request, organization: Organization) -> HttpResponse:
    """Look now, without waiting for the clock."""
    row = _own(request, organization)
    require(rules.may_claim(request.viewer.member, organization))
    seen = _look(row)
    if not seen.way:
        lapsing.looked(row)
        context = _shown(request, organization, _form(organization), row, seen)
        return respond(request, PAGE, "main", context, otherwise=_path(organization), status=422)
    claiming.prove(row, seen.way, by=request.viewer.me)
    words = _("%(domain)s is proved. You are an administrator of this page now.") % {"domain": row.domain}
    return done(request, words, f"{organization.path}manage/")


@require_POST
@signed_in
@limit("pages.claiming", "20/h")
@of_organization
def withdrawal(request: Request, organization: Organization) -> HttpResponse:
    """Take the claim back."""
    claiming.withdraw(_own(request, organization), by=request.viewer.me)
    return done(request, _("The claim is taken back."), _path(organization))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.closing", "30/h")
@of_organization
def closing(request: Request, organization: Organization) -> HttpResponse:
    """An owner of the community ends a page that should not be one."""
    require(rules.may_keep(request.viewer.member))
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        claiming.close(organization, form.cleaned_data["words"], by=request.viewer.me)
        return done(request, _("It is a plain record again."), organization)
    context = {"organization": organization, "frame": frame(request.viewer, organization, ""), "form": form}
    return respond(request, "pages/closing.html", "main", context, status=422 if form.errors else 200)


def _look(row: Claim) -> Seen:
    """Look, while somebody waits for it; only so many at once, since each holds a thread for as long as it takes.

    Raises:
        Conflict: too many look at this moment.
    """
    if not _places.acquire(blocking=False):
        raise Conflict(_("Many domains are being looked at. Please try again in a minute; it is looked at hourly too."))
    try:
        return looking.look(row.domain, row.token)
    finally:
        _places.release()


def _own(request: Request, organization: Organization) -> Claim:
    """The viewer's claim that waits here, the one that the form names.

    Raises:
        Http404: there is none.
    """
    rows = Claim.objects.waiting().select_related("organization")
    return get_object_or_404(
        rows, pk=key(request.POST.get("claim", "")), organization=organization, member=request.viewer.me
    )


def _begun(request: Request, organization: Organization, form: DomainForm) -> Claim | None:
    """The claim; None, and the sentence on the form, where it cannot be."""
    try:
        made = claiming.claim(organization, form.cleaned_data["domain"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("domain", conflict.reason)
        return None
    tell(request, _("Put the text at your domain, then have it looked at."))
    return made


def _form(organization: Organization) -> DomainForm:
    return DomainForm(initial={"domain": domain_of(organization.website)})


def _shown(
    request: Request, organization: Organization, form: DomainForm, one: Claim | None = None, seen: Seen | None = None
) -> dict[str, Any]:
    waiting = Claim.objects.waiting().filter(organization=organization, member=request.viewer.me).order_by("-pk")
    return {
        "organization": organization,
        "frame": frame(request.viewer, organization, ""),
        "form": form,
        "claims": list(waiting),
        "proofs": list(Claim.objects.proved().filter(organization=organization).order_by("proved_at")),
        "looked_at": one,
        "seen": seen,
        "label": looking.LABEL,
        "file": looking.FILE,
        "administrators": reading.administrators(request.viewer, organization) if organization.is_page else [],
    }


def _path(organization: Organization) -> str:
    return f"{organization.path}claim/"
