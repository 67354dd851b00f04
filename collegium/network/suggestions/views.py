"""Pages of suggestions, the few beside other pages, and those one does not want to see again."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.network.relations import relations
from collegium.network.suggestions import actions, dismissals, suggesting
from collegium.network.views.common import back, for_members, person
from collegium.ui.respond import respond, tell

HERE = "/network/suggestions/"
FEW = 3
# The few stand beside other pages, so they are asked for with each of these.
PAGES = "600/10m"


@require_safe
@for_members
@limit("network.suggestions", PAGES, reads=True)
def suggestions(request: Request) -> HttpResponse:
    """People the viewer may know, with reasons."""
    after = request.GET.get("after", "")
    page = suggesting.page(request.viewer, after)
    near = relations(request.viewer, [each.person for each in page.suggestions])
    context = {"page": page, "relations": near, "first": not after}
    return respond(request, "network/suggestions.html", "stretch" if after else "main", context)


@require_safe
@for_members
@limit("network.suggestions", PAGES, reads=True)
def few(request: Request) -> HttpResponse:
    """The first few, to stand beside another page's content; nothing when there is nobody."""
    if not request.htmx:
        return HttpResponseRedirect(HERE)
    found = suggesting.suggest(request.viewer, FEW)
    return respond(request, "network/suggestions.html", "few", {"few": found, "relations": {}})


@require_safe
@for_members
def dismissed(request: Request) -> HttpResponse:
    """Whom the viewer does not want suggested."""
    after = request.GET.get("after", "")
    context = {"page": dismissals.page(request.viewer, after), "first": not after}
    return respond(request, "network/suggestions_dismissed.html", "stretch" if after else "main", context)


@require_POST
@for_members
def dismissal(request: Request, handle: str) -> HttpResponse:
    """Never suggest this person again."""
    other = dismissals.find(request.viewer.me, handle) or person(request, handle)
    actions.dismiss(request.viewer.me, other)
    words = _("%(name)s will not be suggested again. Nobody is told.") % {"name": other.name}
    tell(request, words, undo=f"{HERE}{other.handle}/return/")
    return respond(request, "network/suggestions.html", "gone", {}, otherwise=back(request, HERE))


@require_POST
@for_members
def taking_back(request: Request, handle: str) -> HttpResponse:
    """Let this person be suggested again."""
    other = dismissals.find(request.viewer.me, handle) or person(request, handle)
    actions.take_back(request.viewer.me, other)
    tell(request, _("%(name)s may be suggested again.") % {"name": other.name})
    return respond(request, "network/suggestions.html", "gone", {}, otherwise=back(request, HERE))
