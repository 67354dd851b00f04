"""Following a page, and who does."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages import reading, rules
from collegium.pages.actions import following
from collegium.pages.framing import frame
from collegium.ui.respond import respond, tell


@require_POST
@signed_in
@limit("pages.following", "120/h")
@of_organization
def follow(request: Request, organization: Organization) -> HttpResponse:
    """Read what it posts."""
    following.follow(organization, by=request.viewer.me)
    return _answer(request, organization)


@require_POST
@signed_in
@limit("pages.following", "120/h")
@of_organization
def unfollow(request: Request, organization: Organization) -> HttpResponse:
    """No longer."""
    following.unfollow(organization, by=request.viewer.me)
    tell(request, _("You no longer follow %(name)s.") % {"name": organization.name}, undo=f"{organization.path}follow/")
    return _answer(request, organization)


@require_safe
@signed_in
@limit("pages.followers", "300/10m", reads=True)
@of_organization
def followers(request: Request, organization: Organization) -> HttpResponse:
    """Who follows; for administrators."""
    require(rules.may_manage(request.viewer.member, organization))
    after = request.GET.get("after", "")
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "manage"),
        "found": reading.followers(request.viewer, organization, after),
        "first": not after,
    }
    return respond(request, "pages/followers.html", "stretch" if after else "main", context)


def _answer(request: Request, organization: Organization) -> HttpResponse:
    organization.refresh_from_db()
    context = {"organization": organization, "frame": frame(request.viewer, organization, "about")}
    return respond(request, "pages/following.html", "following", context, otherwise=organization)
