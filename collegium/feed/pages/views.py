"""What a page posted: the tab on its page, and which of its posts stands first there."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed.composing import Composer
from collegium.feed.models import Post
from collegium.feed.pages import actions
from collegium.feed.pages.firsts import firsts
from collegium.feed.views.common import visible_post
from collegium.feed.views.posts import listing
from collegium.lib.limits import limit
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages.figures.counting import opened
from collegium.pages.framing import frame
from collegium.ui.respond import done, respond

# What the tab is called in the frame of the page.
TAB = "posts"


@require_GET
@limit("feed.read", rate="600/10m", reads=True)
@of_organization
def posts(request: Request, organization: Organization) -> HttpResponse:
    """What a page says, newest first, below what stands first."""
    viewer = request.viewer
    around = frame(viewer, organization, TAB)
    seen = Post.objects.visible_to(viewer).filter(page=organization)
    first_page = not request.GET.get("before")
    key = firsts([organization.pk]).get(organization.pk)
    context: dict[str, Any] = {"organization": organization, "frame": around, "pinned": []}
    if key is not None:
        context["pinned"] = list(seen.filter(pk=key).with_author()) if first_page else []
        seen = seen.exclude(pk=key)
    context |= listing(request, seen, context["pinned"])
    if around.speaks:
        context["composer"] = Composer(viewer.me, initial={"speaker": str(organization.pk)})
    opened(request, organization, around.parts)
    return respond(request, "feed/of_page.html", "stretch", context)


@require_POST
@signed_in
@limit("feed.keep", rate="600/h")
def pin(request: Request, pk: int) -> HttpResponse:
    """Put it first."""
    row = visible_post(request, pk)
    actions.put_first(row, by=request.viewer.me)
    return done(request, _("It stands first on the page."), _tab(row), undo=f"{row.path}page-pin/removal/")


@require_POST
@signed_in
@limit("feed.keep", rate="600/h")
def unpin(request: Request, pk: int) -> HttpResponse:
    """Let it stand in its place again."""
    row = visible_post(request, pk)
    actions.put_back(row, by=request.viewer.me)
    return done(request, _("It stands in its place again."), _tab(row), undo=f"{row.path}page-pin/")


def _tab(row: Post) -> str:
    return f"{row.page.path}posts/" if row.page is not None else row.path
