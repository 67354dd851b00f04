"""A person's page, the people around her, and the settings of one's own."""

from typing import Any

from django.conf import settings as site_settings
from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request, signed_in
from collegium.audience.viewer import Viewer
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.lib.text import render
from collegium.members import actions
from collegium.members.models import Member, MemberQuerySet
from collegium.profiles import circle, preview
from collegium.profiles.circle import Sight
from collegium.profiles.forms import LIST_AUDIENCES, VISIBILITIES, ProfileForm
from collegium.ties.degrees import FAR, standings
from collegium.ui.respond import respond, tell


@require_safe
@limit("profiles.read", "600/10m", reads=True)
def person(request: Request, handle: str) -> HttpResponse:
    """Somebody's page; one's own also as others see it (`?as=public`, `?as=member`)."""
    viewer, sight = request.viewer, _sight(request, handle)
    shown = sight.person
    other = preview.eyes(viewer, shown, request.GET.get("as", ""))
    context = {
        "person": shown,
        "mine": shown.pk == viewer.id,
        "preview": request.GET["as"] if other is not None else "",
    }
    if other is not None:
        as_other = circle.sight(other, handle)
        if as_other is None:
            return respond(request, "profiles/unseen.html", "main", context)
        viewer, sight = other, as_other
    context |= _around(viewer, sight)
    context |= {
        "about": render(shown.about).html,
        "since": date_format(shown.joined_at, "YEAR_MONTH_FORMAT"),
        "canonical": _absolute(request, shown.path),
        "picture": _absolute(request, shown.photo_url) if shown.photo else "",
    }
    return respond(request, "profiles/person.html", "main", context)


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


def _around(viewer: Viewer, sight: Sight) -> dict[str, Any]:
    """How the viewer stands to somebody, and which of the numbers around that person may be told."""
    shown = sight.person
    stands = standings(viewer.member, [shown.pk]).get(shown.pk, FAR)
    return {
        "stands": stands,
        "connections": circle.count(circle.connections_of(viewer, shown)) if sight.list_open else None,
        "mutual": circle.faces(circle.known_to_both(viewer, shown, open_list=sight.list_open), stands.mutual),
    }


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
        lists["mutual"] = circle.known_to_both(viewer, shown, open_list=sight.list_open)
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


def _absolute(request: Request, path: str) -> str:
    """The address as others on the internet write it."""
    return (
        f"{site_settings.PUBLIC_URL.rstrip('/')}{path}"
        if site_settings.PUBLIC_URL
        else request.build_absolute_uri(path)
    )
