"""What one does about one person: ask, leave, follow, block."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.members.models import Member
from collegium.network import actions
from collegium.network.partings.look import look
from collegium.network.views.common import back, for_members, person, show_relation
from collegium.ui.respond import respond, tell


@require_safe
@for_members
def pair(request: Request, handle: str) -> HttpResponse:
    """The buttons beside a person."""
    return show_relation(request, person(request, handle))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def block(request: Request, handle: str) -> HttpResponse:
    """Say what changes on both sides, then block."""
    try:
        other = person(request, handle)
    except Http404:
        # The same form may have been sent twice, at once: whom she blocked a moment ago she sees no more.
        if request.method == "POST" and (mine := _blocked(request, handle)) is not None:
            return _after_block(request, mine)
        raise
    if request.method != "POST":
        return respond(request, "network/block.html", "main", {"parting": look(request.viewer, other)})
    actions.block(request.viewer.me, other)
    return _after_block(request, other)


def _after_block(request: Request, other: Member) -> HttpResponse:
    """The page the person stood on is no longer hers to see, so a block leads to the list where it can be lifted."""
    tell(request, _("%(name)s is blocked.") % {"name": other.name}, undo=f"/network/with/{other.handle}/unblock/")
    return HttpResponseRedirect("/network/blocked/")


@require_POST
@for_members
def unblock(request: Request, handle: str) -> HttpResponse:
    """Let each other be seen again."""
    if (other := _blocked(request, handle)) is None:
        other = person(request, handle)
    actions.unblock(request.viewer.me, other)
    tell(request, _("%(name)s is no longer blocked.") % {"name": other.name})
    return HttpResponseRedirect("/network/blocked/")


@require_POST
@for_members
def follow(request: Request, handle: str) -> HttpResponse:
    """Read somebody's posts."""
    other = person(request, handle)
    actions.follow(request.viewer.me, other)
    tell(request, _("You follow %(name)s.") % {"name": other.name}, undo=f"/network/with/{other.handle}/unfollow/")
    return show_relation(request, other, otherwise=back(request, other.path))


@require_POST
@for_members
def unfollow(request: Request, handle: str) -> HttpResponse:
    """Read somebody's posts no more."""
    other = person(request, handle)
    actions.unfollow(request.viewer.me, other)
    tell(
        request,
        _("You no longer follow %(name)s.") % {"name": other.name},
        undo=f"/network/with/{other.handle}/follow/",
    )
    return show_relation(request, other, otherwise=back(request, other.path))


def _blocked(request: Request, handle: str) -> Member | None:
    """The person with this handle, when the viewer blocked her."""
    mine = request.viewer.me.blocks.select_related("blocked").filter(blocked__handle=handle).first()
    return mine.blocked if mine else None
