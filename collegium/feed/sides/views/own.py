"""The facets of one's own: the list of them, a new one, another name, taking one away."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.feed.models import MOST_SIDES, Post, Side
from collegium.feed.sides import actions, balance
from collegium.feed.sides.forms import NameForm, SideForm
from collegium.feed.sides.speaking import sides_of
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell

PAGE = "feed:facets"


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.sides", rate="120/h")
def facets(request: Request) -> HttpResponse:
    """All of them, one's own balance, and a new one."""
    form = SideForm(request.POST if request.method == "POST" else None, me=request.viewer.me)
    if request.method == "POST" and form.is_valid():
        made = actions.found(request.viewer.me, form.cleaned_data["name"], form.cleaned_data["facet"])
        tell(request, _("%(name)s is there. Choose it in the composer when it speaks.") % {"name": made.name})
        return respond(request, "feed/facets.html", "facets", _context(request), otherwise=PAGE)
    context = _context(request) | {"form": form}
    return respond(request, "feed/facets.html", "facets", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.sides", rate="120/h")
def renaming(request: Request, pk: int) -> HttpResponse:
    """Call one otherwise."""
    side = _mine(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = NameForm(sent, me=request.viewer.me, side=side, initial={"name": side.name})
    if request.method == "POST" and form.is_valid():
        actions.rename(side, form.cleaned_data["name"], by=request.viewer.me)
        tell(request, _("Renamed, on earlier posts too."))
        return respond(request, "feed/facets.html", "facets", _context(request), otherwise=PAGE)
    context = {"form": form, "side": side}
    return respond(request, "feed/facet_name.html", "main", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.sides", rate="120/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Say what changes, then take one away."""
    side = _mine(request, pk)
    if request.method == "GET":
        posts = Post.objects.visible_to(request.viewer).filter(side=side).count()
        return respond(request, "feed/facet_removal.html", "main", {"side": side, "posts": posts})
    actions.remove(side, by=request.viewer.me)
    tell(request, _("%(name)s is gone. The posts are still there.") % {"name": side.name})
    return respond(request, "feed/facets.html", "facets", _context(request), otherwise=PAGE)


def _mine(request: Request, pk: int) -> Side:
    """A facet of one's own; everybody else's does not exist here.

    Raises:
        Http404: it is none.
    """
    found = {side.pk: side for side in sides_of(request.viewer.me)}.get(pk)
    if found is None:
        raise Http404
    return found


def _context(request: Request) -> dict[str, Any]:
    me = request.viewer.me
    rows = Post.objects.visible_to(request.viewer).filter(author=me, side__isnull=False).order_by()
    counts = dict(rows.values_list("side").annotate(Count("pk")))
    sides = [(side, counts.get(side.pk, 0)) for side in sides_of(me)]
    return {
        "form": SideForm(me=me),
        "sides": sides,
        "full": len(sides) >= MOST_SIDES,
        "balance": balance.of(me),
        "most": MOST_SIDES,
    }
