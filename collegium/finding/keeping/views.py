"""The searches for work one keeps: the list, a name for a new one, a look at one, and taking one away."""

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.finding.asked import Asked, read
from collegium.finding.keeping import actions
from collegium.finding.keeping.forms import SearchForm
from collegium.finding.keeping.reading import PATH, kept
from collegium.finding.models.saved import ADDRESS_LIMIT, NAME_LIMIT, Rhythm, Saved
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.notifications.rules import may_be_mailed
from collegium.ui.respond import respond, tell

PAGES, CHANGES = "120/10m", "60/10m"
# The list works out all that one keeps.
OVERVIEWS = "60/10m"
HIGHEST_KEY = 2**63 - 1
FORM = "finding/keeping/form.html"


@require_safe
@signed_in
@limit("finding.overview", OVERVIEWS, reads=True)
def overview(request: Request) -> HttpResponse:
    """Everything one keeps, with how much matches and how much of it is new."""
    context = {"kept": kept(request.viewer), "can_be_mailed": may_be_mailed(request.viewer.me)}
    return respond(request, "finding/keeping/list.html", "main", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("finding.save", CHANGES)
def new(request: Request) -> HttpResponse:
    """Ask for a name, and keep the search of the address."""
    asked = read(request.GET)
    if not asked or len(asked.address) > ADDRESS_LIMIT:
        raise Http404
    initial = {"name": asked.summary[:NAME_LIMIT], "rhythm": Rhythm.WEEKLY}
    form = SearchForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.save(request.viewer.me, given["name"], asked.address, given["rhythm"])
        except Conflict as conflict:
            form.add_error("name", conflict.reason)
        else:
            tell(request, _("Saved. You find it under Saved searches."))
            return _gone(request, asked.path)
    context = {"form": form, "asked": asked, "saved": None}
    return respond(request, FORM, "main", context, status=422 if form.errors else 200)


@require_safe
@signed_in
@limit("finding.pages", PAGES, reads=True)
def show(request: Request, key: int) -> HttpResponse:
    """To the results of a search that one keeps; what is new stays new."""
    return HttpResponseRedirect(_asked(_own(request, key)).path)


@require_POST
@signed_in
@limit("finding.pages", PAGES)
def look(request: Request, key: int) -> HttpResponse:
    """Open a search that one keeps; from now on only what is posted later is new."""
    saved = _own(request, key)
    actions.look(saved, by=request.viewer.me)
    return _gone(request, _asked(saved).path)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("finding.save", CHANGES)
def change(request: Request, key: int) -> HttpResponse:
    """Call it something else, or be told more or less often."""
    saved = _own(request, key)
    initial = {"name": saved.name, "rhythm": saved.rhythm}
    form = SearchForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change(saved, given["name"], given["rhythm"], by=request.viewer.me)
        except Conflict as conflict:
            form.add_error("name", conflict.reason)
        else:
            return _gone(request, PATH)
    context = {"form": form, "asked": _asked(saved), "saved": saved}
    return respond(request, FORM, "main", context, status=422 if form.errors else 200)


@require_POST
@signed_in
@limit("finding.save", CHANGES)
def remove(request: Request, key: int) -> HttpResponse:
    """Take it away."""
    saved = _own(request, key)
    actions.remove(saved, by=request.viewer.me)
    tell(request, _("“%(name)s” is no longer kept.") % {"name": saved.name}, undo=f"{saved.path}restoration/")
    return _gone(request, PATH)


@require_POST
@signed_in
@limit("finding.save", CHANGES)
def restore(request: Request, key: int) -> HttpResponse:
    """Put it back."""
    actions.restore(_own(request, key, removed=True), by=request.viewer.me)
    return HttpResponseRedirect(PATH)


def _asked(saved: Saved) -> Asked:
    return read(QueryDict(saved.address))


def _own(request: Request, key: int, *, removed: bool = False) -> Saved:
    """One of the viewer's own.

    Raises:
        Http404: there is none of hers with that key.
    """
    rows = Saved.objects.filter(member=request.viewer.me, pk=min(key, HIGHEST_KEY), removed_at__isnull=not removed)
    saved = rows.first()
    if saved is None:
        raise Http404
    return saved


def _gone(request: Request, path: str) -> HttpResponse:
    """On to another page, also out of a dialog."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": path})
    return HttpResponseRedirect(path)
