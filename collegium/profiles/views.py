"""A person's page, the people around her, and the settings of one's own."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request, signed_in
from collegium.career.sections import Part
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.members import actions
from collegium.members.models import Member, MemberQuerySet
from collegium.profiles import circle, guide, machines, parts, preview
from collegium.profiles import scene as scenes
from collegium.profiles.circle import Sight
from collegium.profiles.forms import LIST_AUDIENCES, VISIBILITIES, ProfileForm
from collegium.ui.respond import respond, tell
from collegium.visits.log import saw


@require_safe
@limit("profiles.read", "600/10m", reads=True)
def person(request: Request, handle: str) -> HttpResponse:
    """Somebody's page; one's own also as others see it (`?as=public`, `member`, `recruiter`, or a connection)."""
    sight = _sight(request, handle)
    eyes = preview.eyes(request.viewer, sight.person, request.GET.get("as", ""))
    if eyes is not None:
        as_other = circle.sight(eyes.viewer, handle)
        if as_other is None:
            return respond(request, "profiles/unseen.html", "main", {"person": sight.person, "eyes": eyes})
        sight = as_other
    scene = scenes.look(request, sight, eyes)
    if eyes is None:
        saw(request.viewer, scene.person)
    sections = [(str(part), parts.view(scene, part)) for part in parts.ORDER]
    context = {
        "scene": scene,
        "person": scene.person,
        "mine": scene.person.pk == request.viewer.id,
        "sections": sections,
        "guide": guide.next_steps(scene.career) if scene.mine else None,
        "empty": not any(shown for _part, shown in sections),
    }
    context |= machines.of(request, scene)
    return machines.dressed(respond(request, "profiles/person.html", "main", context), scene)


@require_safe
@limit("profiles.read", "600/10m", reads=True)
def whole(request: Request, handle: str, part: str) -> HttpResponse:
    """All of one part, page by page; one that is closed or empty does not exist, but for its owner.

    Raises:
        Http404: so it is, or the cursor is none of it.
    """
    sight = _sight(request, handle)
    scene = scenes.look(request, sight)
    shown = parts.view(scene, part, whole=True, after=request.GET.get("after", ""))
    if shown is None and not scene.mine:
        raise Http404
    context = {"scene": scene, "person": scene.person, "part": part, "shown": shown, "title": Part(part).label}
    return machines.dressed(respond(request, "profiles/whole.html", "rest", context), scene)


@require_safe
@signed_in
@limit("profiles.read", "600/10m", reads=True)
def piece(request: Request, handle: str, part: str) -> HttpResponse:
    """One part as it stands on the page: what a form in its place gives way to when it is left."""
    sight = _sight(request, handle)
    if not request.htmx:
        return HttpResponseRedirect(f"{sight.person.path}#part-{part}")
    return respond(request, "profiles/_section.html", "section", parts.section(request, sight.person, part))


@require_safe
@signed_in
@limit("profiles.read", "600/10m", reads=True)
def choose_eyes(request: Request, handle: str) -> HttpResponse:
    """Whose eyes to look with: a few of one's connections, or those of a name; for the owner alone.

    Raises:
        Http404: it is not one's own page.
    """
    me, q = request.viewer.me, request.GET.get("q", "")[:100].replace("\0", "").strip()
    if handle != me.handle:
        raise Http404
    context = {"person": me, "q": q, "found": preview.connections_named(me, q)}
    return respond(request, "profiles/preview.html", "sheet", context)


@require_safe
@limit("profiles.read", "600/10m", reads=True)
def connections(request: Request, handle: str) -> HttpResponse:
    """With whom somebody is connected, where the list is open to the reader."""
    return _people(request, _sight(request, handle), "connections")


@require_safe
@signed_in
@limit("profiles.read", "600/10m", reads=True)
def mutual(request: Request, handle: str) -> HttpResponse:
    """Whom the reader and somebody else both know."""
    return _people(request, _sight(request, handle), "mutual")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("profiles.edit", "60/h")
def settings(request: Request) -> HttpResponse:
    """What one says about oneself, and who may read it."""
    me = request.viewer.me
    form = ProfileForm(request.POST if request.method == "POST" else None, member=me)
    if request.method == "POST" and form.is_valid() and _save(form, me):
        tell(request, _("Saved."))
        return respond(request, "profiles/settings.html", "sheet", _form(form, me), otherwise=me)
    return respond(request, "profiles/settings.html", "sheet", _form(form, me), status=422 if form.errors else 200)


def _save(form: ProfileForm, me: Member) -> bool:
    """Whether it was kept; a handle that somebody took in between is an error of that field like any other."""
    if not (changes := form.changes()):
        return True
    try:
        actions.edit(me, **changes)
    except Conflict as taken:
        form.add_error("handle", taken.reason)
        return False
    return True


def _form(form: ProfileForm, me: Member) -> dict[str, Any]:
    return {"form": form, "person": me, "visibilities": VISIBILITIES, "list_audiences": LIST_AUDIENCES}


def _sight(request: Request, handle: str) -> Sight:
    """The person, when the viewer may see her.

    Raises:
        Http404: she may not, or there is nobody of that name; the two look the same.
    """
    found = circle.sight(request.viewer, handle)
    if found is None:
        raise Http404
    return found


def _people(request: Request, sight: Sight, which: str) -> HttpResponse:
    """One of the two lists of people on a page of its own; a list that is closed does not exist.

    Raises:
        Http404: it is closed to her, or it is the one of acquaintances in common and she is the person.
    """
    viewer, shown = request.viewer, sight.person
    lists: dict[str, MemberQuerySet] = {}
    if sight.list_open:
        lists["connections"] = circle.connections_of(viewer, shown)
    if viewer and shown.pk != viewer.id:
        lists["mutual"] = circle.known_to_both(viewer, shown)
    if which not in lists:
        raise Http404
    context = {
        "person": shown,
        "which": which,
        "counts": {name: circle.count(each) for name, each in lists.items()},
        "page": circle.page(viewer, lists[which], request.GET.get("after", "")),
        "mine": shown.pk == viewer.id,
    }
    return respond(request, "profiles/people.html", "people", context)
