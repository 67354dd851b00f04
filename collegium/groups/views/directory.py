"""All groups: one's own, what waits for one, what there is. And founding one."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request, signed_in
from collegium.groups.actions import founding
from collegium.groups.forms import FoundForm, SearchForm
from collegium.groups.models import Group
from collegium.groups.reading import directory
from collegium.groups.reading.suggesting import suggestions
from collegium.groups.views.common import TAKEN, WRONG
from collegium.lib.limits import charge, limit, requester
from collegium.lib.refusal import Conflict
from collegium.ui.respond import respond, tell

LIST, NEW = "groups/directory.html", "groups/new.html"
A_DAY = "5/1d"


@require_safe
@signed_in
@limit("groups.search", "600/h", reads=True)
def groups(request: Request) -> HttpResponse:
    """The page; with words, what fits them."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    after, viewer = request.GET.get("after", ""), request.viewer
    context: dict[str, Any] = {"words": words, "page": directory.others(viewer, words, after), "first": not after}
    if words and not after:
        context |= {"found": directory.mine_called(viewer, words)}
    elif not after:
        context |= {
            "own": directory.own(viewer),
            "invitations": directory.invitations(viewer),
            "requests": directory.requests(viewer),
            "suggestions": suggestions(viewer),
        }
    return respond(request, LIST, "stretch" if after else "main", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("groups.form", "60/h")
def new(request: Request) -> HttpResponse:
    """Found one."""
    form = FoundForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return respond(request, NEW, "main", {"form": form})
    if not form.is_valid():
        return respond(request, NEW, "main", {"form": form}, status=WRONG)
    made = _founded(request, form)
    if made is None:
        return respond(request, NEW, "main", {"form": form}, status=TAKEN)
    tell(request, _("“%(name)s” is founded. Invite the first people into it.") % {"name": made.name})
    return respond(request, NEW, "main", {"form": form}, otherwise=f"{made.path}invite/")


def _founded(request: Request, form: FoundForm) -> Group | None:
    """The new one; None, and the sentence on the form, where it cannot be."""
    charge("groups.founding", requester(request), A_DAY)
    try:
        return founding.found(
            request.viewer.me, form.charter(), handle=form.cleaned_data["handle"], questions=form.asked()
        )
    except Conflict as conflict:
        form.add_error("handle", conflict.reason)
        return None
