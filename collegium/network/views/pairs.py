"""What one does about one person: ask, leave, follow, block."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network import actions, letters, partings, rules
from collegium.network.forms import InviteForm
from collegium.network.mutuals import mutuals
from collegium.network.relations import Step, relation
from collegium.network.views.common import back, for_members, person, show_relation
from collegium.ties.models import Connection, Invitation
from collegium.ui.respond import respond, tell

TOO_MANY = 429
TAKEN = 409


@require_safe
@for_members
def pair(request: Request, handle: str) -> HttpResponse:
    """The buttons beside a person."""
    return show_relation(request, person(request, handle))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def invitation(request: Request, handle: str) -> HttpResponse:
    """Ask somebody to connect, with a note."""
    other = person(request, handle)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _ask(request, other, form, hindrance=rules.hindrance_to_inviting(request.viewer.me, other))
    if not form.is_valid():
        return _ask(request, other, form, status=422)
    try:
        made = actions.invite(request.viewer.me, other, note=form.cleaned_data["note"])
    except Conflict as conflict:
        return _hindered(request, other, form, conflict)
    at_once = isinstance(made, Connection)
    words = _("You and %(name)s are connected: you had both asked.") if at_once else _("%(name)s has your invitation.")
    tell(request, words % {"name": other.name})
    return show_relation(request, other)


def _ask(
    request: Request, other: Member, form: InviteForm, *, status: int = 200, hindrance: Conflict | None = None
) -> HttpResponse:
    """The question, with whom both know; what stands in the way is said before anything is typed."""
    stands = relation(request.viewer, other)
    theirs = None
    if stands.step == Step.RECEIVED:
        row = Invitation.objects.to(request.viewer.me).with_people().get(pk=stands.invitation or 0)
        theirs = letters.lay_out(request.viewer, [row])[0]
    shared = mutuals(request.viewer, [other]).get(other.pk)
    context = {
        "person": other,
        "form": form,
        "letter": theirs,
        "hindrance": hindrance.reason if hindrance and not theirs else "",
        "both_know": letters.both_know(shared) if shared else "",
    }
    return respond(request, "network/invite.html", "main", context, status=status)


def _hindered(request: Request, other: Member, form: InviteForm, conflict: Conflict) -> HttpResponse:
    """What stood in the way: in the open dialog as a line under the note, else the page again with the note kept."""
    status = TOO_MANY if isinstance(conflict, rules.Wait) else TAKEN
    if request.htmx:
        response = HttpResponse(conflict.reason, status=status, content_type="text/plain; charset=utf-8")
    else:
        response = _ask(request, other, form, status=status, hindrance=conflict)
    if isinstance(conflict, rules.Wait):
        response["Retry-After"] = str(conflict.seconds)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def removal(request: Request, handle: str) -> HttpResponse:
    """Say what changes on both sides, then end the connection."""
    other = person(request, handle)
    if request.method != "POST":
        return respond(request, "network/removal.html", "main", {"parting": partings.look(request.viewer, other)})
    actions.disconnect(request.viewer.me, other)
    tell(request, _("You and %(name)s are no longer connected. %(name)s is not told.") % {"name": other.name})
    return show_relation(request, other)


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
        return respond(request, "network/block.html", "main", {"parting": partings.look(request.viewer, other)})
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
