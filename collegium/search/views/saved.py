"""The searches one keeps: the list, a name for a new one, a look at one, and taking one away."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict
from collegium.search import actions, asking, keeping
from collegium.search.asking import Asked
from collegium.search.eyes import Eyes
from collegium.search.forms import NameForm
from collegium.search.models import ADDRESS_LIMIT, NAME_LIMIT, Saved
from collegium.search.searching import Search
from collegium.ui.respond import respond, tell

PAGES, CHANGES = "120/10m", "60/10m"
# The list works out all that one keeps.
OVERVIEWS = "30/10m"
HIGHEST_KEY = 2**63 - 1


@require_safe
@signed_in
@limit("search.overview", OVERVIEWS, reads=True)
def overview(request: Request) -> HttpResponse:
    """Everything one keeps, with how many match and how many of them are new."""
    return respond(request, "search/saved.html", "main", {"kept": keeping.kept(request.viewer)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("search.save", CHANGES)
def new(request: Request) -> HttpResponse:
    """Ask for a name, and keep the search of the address."""
    asked = asking.read(request.GET)
    if not asked or len(asked.address) > ADDRESS_LIMIT:
        raise Http404
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": _suggested(asked)})
    if request.method == "POST" and form.is_valid():
        search = Search(Eyes(request.viewer), asked, similar=False)
        try:
            actions.save(request.viewer.me, form.cleaned_data["name"], asked.address, keeping.known(search))
        except Conflict as conflict:
            form.add_error("name", conflict.reason)
        else:
            tell(request, _("Saved. It tells you who is new each time you look."))
            return _gone(request, asked.path)
    status = 422 if form.errors else 200
    return respond(request, "search/name.html", "main", {"form": form, "asked": asked, "saved": None}, status=status)


@require_safe
@signed_in
@limit("search.saved", PAGES, reads=True)
def show(request: Request, key: int) -> HttpResponse:
    """To the results of a search that one keeps, by an address one wrote down; who is new stays new."""
    return HttpResponseRedirect(keeping.read(_own(request, key)).path)


@require_POST
@signed_in
@limit("search.saved", PAGES)
def look(request: Request, key: int) -> HttpResponse:
    """Open a search that one keeps; from now on only others are new. The address it leads to can be shared."""
    saved = _own(request, key)
    asked = keeping.read(saved)
    search = Search(Eyes(request.viewer), asked, similar=False)
    if not search.wide:
        actions.look(saved, keeping.known(search), by=request.viewer.me)
    return _gone(request, asked.path)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("search.save", CHANGES)
def rename(request: Request, key: int) -> HttpResponse:
    """Call it something else."""
    saved = _own(request, key)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": saved.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(saved, form.cleaned_data["name"], by=request.viewer.me)
        except Conflict as conflict:
            form.add_error("name", conflict.reason)
        else:
            return _gone(request, keeping.PATH)
    context = {"form": form, "asked": keeping.read(saved), "saved": saved}
    return respond(request, "search/name.html", "main", context, status=422 if form.errors else 200)


@require_POST
@signed_in
@limit("search.save", CHANGES)
def remove(request: Request, key: int) -> HttpResponse:
    """Take it away."""
    saved = _own(request, key)
    actions.remove(saved, by=request.viewer.me)
    tell(request, _("“%(name)s” is no longer kept.") % {"name": saved.name}, undo=f"{saved.path}restoration/")
    return _gone(request, keeping.PATH)


@require_POST
@signed_in
@limit("search.save", CHANGES)
def restore(request: Request, key: int) -> HttpResponse:
    """Put it back."""
    saved = _own(request, key, removed=True)
    actions.restore(saved, by=request.viewer.me)
    return HttpResponseRedirect(keeping.PATH)


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


def _suggested(asked: Asked) -> str:
    """A name for a search, of its words and of what is chosen."""
    return ", ".join(part for part in (asked.typed, *(value.label for value in asked.chosen)) if part)[:NAME_LIMIT]
