"""Two records that are one: saying so, looking at what would move, doing it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.organizations.door import of_organization
from collegium.organizations.merging import preview
from collegium.organizations.models import Organization
from collegium.pages import reading, rules
from collegium.pages.actions import merging
from collegium.pages.forms import MergeForm, SameForm
from collegium.pages.framing import frame
from collegium.pages.models import Likeness
from collegium.pages.views.common import key
from collegium.ui.respond import done, respond, tell

PAGE, SAME, LIST = "pages/merge.html", "pages/same.html", "pages/likenesses.html"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.same", "20/24h")
@of_organization
def same(request: Request, organization: Organization) -> HttpResponse:
    """Say that another record is the same body."""
    form = SameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _said(request, organization, form):
        return done(request, _("Thank you. Those who run this network will look."), organization)
    context = {"organization": organization, "frame": frame(request.viewer, organization, ""), "form": form}
    return respond(request, SAME, "sheet", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.merging", "60/h")
@of_organization
def merge(request: Request, organization: Organization) -> HttpResponse:
    """Look at what would move from another record to this one (`?from=`), and do it."""
    require(_may_at_all(request, organization))
    asked = request.POST if request.method == "POST" else request.GET if "other" in request.GET else None
    form = MergeForm(asked)
    other = form.cleaned_data["other"] if asked is not None and form.is_valid() else None
    if other is not None and (problem := _problem(request, other, organization)):
        form.add_error("other", problem)
        other = None
    if (
        request.method == "POST"
        and other is not None
        and "sure" in request.POST
        and _merged(request, other, form, organization)
    ):
        return done(request, _("“%(name)s” is part of this record now.") % {"name": other.name}, organization)
    context: dict[str, Any] = {
        "organization": organization,
        "frame": frame(request.viewer, organization, ""),
        "form": form,
        "other": other,
        "moves": list(preview(other)) if other is not None else [],
    }
    return respond(request, PAGE, "main", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def likenesses(request: Request) -> HttpResponse:
    """What members take for one; for owners."""
    require(rules.may_keep(request.viewer.member))
    return respond(request, LIST, "main", {"rows": reading.likenesses()})


@require_POST
@signed_in
@limit("pages.merging", "60/h")
def parting(request: Request, pk: int) -> HttpResponse:
    """They are two."""
    require(rules.may_keep(request.viewer.member))
    merging.part(get_object_or_404(Likeness, pk=key(str(pk))), by=request.viewer.me)
    tell(request, _("They stay two."))
    return respond(request, LIST, "main", {"rows": reading.likenesses()}, otherwise="/organizations/register/same/")


def _may_at_all(request: Request, organization: Organization) -> bool:
    member = request.viewer.member
    return rules.may_keep(member) or rules.may_manage(member, organization)


def _problem(request: Request, other: Organization, organization: Organization) -> str:
    """Why the two cannot be merged so; empty when they can."""
    if other.pk == organization.pk:
        return _("Choose another record than this one.")
    if not rules.may_merge(request.viewer.member, other, organization):
        return _("You can merge only pages that you administer both.")
    if other.is_page and not organization.is_page:
        return _("That one is a page, and pages stay. Merge this record into it instead.")
    return ""


def _said(request: Request, organization: Organization, form: SameForm) -> bool:
    """Whether it was said; the sentence on the form where it cannot be."""
    try:
        merging.suggest(organization, form.cleaned_data["other"], form.cleaned_data["words"], by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("other", conflict.reason)
        return False
    return True


def _merged(request: Request, other: Organization, form: MergeForm, organization: Organization) -> bool:
    try:
        merging.merge(other, organization, by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("other", conflict.reason)
        return False
    return True
