"""Who works on a page, what one works on oneself, and the log."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import log, reading, rules
from collegium.pages.actions import working
from collegium.pages.actions.holding import is_orphaned
from collegium.pages.forms import PartForm
from collegium.pages.framing import frame
from collegium.pages.models import Part, Role
from collegium.ui.respond import done, respond, tell

PARTS = "/organizations/register/parts/"
RATE = "120/h"


@require_safe
@signed_in
@limit("pages.working", "600/10m", reads=True)
@of_organization
def manage(request: Request, organization: Organization) -> HttpResponse:
    """What there is to do for whoever works on the page; each sees her own part of it."""
    around = frame(request.viewer, organization, "manage")
    require(bool(around.parts))
    named = Role.objects.filter(member=request.viewer.id, organization=organization, named=True).exists()
    context = {"organization": organization, "frame": around, "named": named, "Part": Part}
    return respond(request, "pages/manage.html", "main", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("pages.roles", RATE)
@of_organization
def roles(request: Request, organization: Organization) -> HttpResponse:
    """Who works on it; and asking one more."""
    orphaned = is_orphaned(organization)
    require(rules.may_appoint(request.viewer.member, organization, orphaned=orphaned))
    only = None if rules.may_manage(request.viewer.member, organization) else Part.SUPER
    form = PartForm(request.POST if request.method == "POST" else None, viewer=request.viewer, only=only)
    if request.method == "POST" and form.is_valid() and _offered(request, organization, form):
        form = PartForm(viewer=request.viewer, only=only)
    context: dict[str, Any] = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "manage"),
        "form": form,
        "workers": reading.workers(organization),
        "orphaned": orphaned,
        "Part": Part,
    }
    status = 422 if form.errors else 200
    return respond(request, "pages/roles.html", "main", context, otherwise=f"{organization.path}roles/", status=status)


@require_POST
@signed_in
@limit("pages.roles", RATE)
@of_organization
def removal(request: Request, organization: Organization) -> HttpResponse:
    """Take a part away, or give one's own up."""
    member, part = _whose(request, organization)
    working.take_away(organization, member, part, by=request.viewer.me)
    if member.pk == request.viewer.id:
        return done(request, _("You gave the part up: %(part)s") % {"part": part.label}, organization)
    words = _("%(name)s no longer has this part: %(part)s") % {"name": member.name, "part": part.label}
    return done(request, words, f"{organization.path}roles/")


@require_POST
@signed_in
@limit("pages.roles", RATE)
@of_organization
def retraction(request: Request, organization: Organization) -> HttpResponse:
    """Take back what was asked."""
    member, part = _whose(request, organization)
    working.retract(organization, member, part, by=request.viewer.me)
    return done(request, _("Taken back."), f"{organization.path}roles/")


@require_POST
@signed_in
@limit("pages.roles", RATE)
@of_organization
def naming(request: Request, organization: Organization) -> HttpResponse:
    """Be named as a contact for work, or no longer."""
    named = request.POST.get("named") == "1"
    working.be_named(organization, named=named, by=request.viewer.me)
    words = _("The page names you as a contact for work.") if named else _("The page no longer names you.")
    return done(request, words, f"{organization.path}manage/")


@require_safe
@signed_in
@limit("pages.working", "600/10m", reads=True)
@of_organization
def history(request: Request, organization: Organization) -> HttpResponse:
    """The log; for administrators."""
    require(rules.may_manage(request.viewer.member, organization))
    after = request.GET.get("after", "")
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "manage"),
        "log": log.read(organization, after),
        "first": not after,
    }
    return respond(request, "pages/log.html", "stretch" if after else "main", context)


@require_safe
@signed_in
def parts(request: Request) -> HttpResponse:
    """The pages one works on, the parts one is asked to take, one's claims, what is contested of one's own."""
    me = request.viewer.me
    context = {
        "offers": reading.offers_to(me),
        "pages": reading.worked_on(me),
        "claims": reading.claims_of(me),
        "disputes": reading.disputes_with(me),
        "keeps": rules.may_keep(me),
        "Part": Part,
    }
    return respond(request, "pages/parts.html", "main", context)


@require_POST
@signed_in
@limit("pages.answering", RATE)
@of_organization
def acceptance(request: Request, organization: Organization) -> HttpResponse:
    """Yes."""
    working.accept(organization, _part(request), by=request.viewer.me)
    return done(request, _("You work on this page now."), f"{organization.path}manage/")


@require_POST
@signed_in
@limit("pages.answering", RATE)
@of_organization
def refusal(request: Request, organization: Organization) -> HttpResponse:
    """Rather not."""
    working.decline(organization, _part(request), by=request.viewer.me)
    tell(request, _("Declined."))
    return redirect(PARTS)


def _part(request: Request) -> Part:
    """The part that the form names.

    Raises:
        Http404: none such.
    """
    word = request.POST.get("part", "")
    if word not in Part.values:
        raise Http404
    return Part(word)


def _whose(request: Request, organization: Organization) -> tuple[Member, Part]:
    """The member and the part that the form names; whoever does not keep the page learns of nobody but herself.

    Raises:
        Http404: none such.
    """
    me, handle = request.viewer.me, request.POST.get("member", "").replace("\x00", "")
    if handle == me.handle:
        return me, _part(request)
    require(rules.may_appoint(me, organization, orphaned=is_orphaned(organization)))
    return get_object_or_404(Member, handle=handle), _part(request)


def _offered(request: Request, organization: Organization, form: PartForm) -> bool:
    """Whether it was asked; the sentence on the form where it cannot be."""
    member, part = form.cleaned_data["person"], Part(form.cleaned_data["part"])
    try:
        working.offer(organization, member, part, by=request.viewer.me)
    except Conflict as conflict:
        form.add_error("person", conflict.reason)
        return False
    tell(request, _("%(name)s is asked, and works here once the answer is yes.") % {"name": member.name})
    return True
