"""The pages and fragments of finding people. For members: what is public is found by its address."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.network.relations import relations
from collegium.search import asking, facets, people
from collegium.search.eyes import Eyes
from collegium.search.query import parse, said
from collegium.search.searching import Search
from collegium.ui.respond import respond

PAGES, FRAGMENTS = "240/10m", "900/10m"
"""How often one member may ask: nobody reads more pages, nobody types faster."""


@require_safe
@signed_in
@limit("search.results", PAGES, reads=True)
def results(request: Request) -> HttpResponse:
    """The people a query means, a page at a time, and the facets to narrow it by."""
    asked = asking.read(request.GET)
    after = request.GET.get("after", "")
    search = Search(Eyes(request.viewer), asked) if asked else None
    page = people.page(search, after) if search else None
    near = relations(request.viewer, [each.person for each in page.found]) if page else {}
    context = {
        "asked": asked,
        "page": page,
        "relations": near,
        "facets": facets.shown(search) if search and not after and not (search.alike or search.wide) else [],
        "too_wide": said.wide(search.wide) if search and search.wide else "",
        "understood": said.said(asked.node) if said.needs_saying(asked.node, asked.typed) else "",
    }
    response = respond(request, "search/results.html", "more" if after else "found", context)
    if request.htmx and not after:
        response["HX-Push-Url"] = asked.path  # so that what the address line says can always be shared
    return response


@require_safe
@signed_in
@limit("search.results", PAGES, reads=True)
def facet(request: Request, name: str) -> HttpResponse:
    """All values of one facet, with a box to find one by its name."""
    known = asking.FACETS.get(name)
    asked = asking.read(request.GET)
    if known is None or not known.find or not asked:
        raise Http404
    find = parse.shown(request.GET.get("find", ""))
    search = Search(Eyes(request.viewer), asked)
    values = facets.shown(search, [name], facets.MOST, find)
    lines = values[0].lines if values else []
    context = {"facet": known, "asked": asked, "lines": lines, "find": find, "more": values[0].more if values else 0}
    return respond(request, "search/facet.html", "choices", context)


@require_safe
@signed_in
@limit("search.ahead", FRAGMENTS, reads=True)
def suggestions(request: Request) -> HttpResponse:
    """What the search box offers while one types."""
    typed = parse.shown(request.GET.get("q", ""))
    found = people.ahead(request.viewer, typed)
    return respond(request, "search/suggestions.html", "options", {"query": typed, "found": found})


@require_safe
@signed_in
@limit("search.ahead", FRAGMENTS, reads=True)
def mentions(request: Request) -> HttpResponse:
    """Whom an `@` in a text could mean; a `#` means nobody."""
    typed = parse.shown(request.GET.get("q", ""))
    found = [] if typed.startswith("#") else people.ahead(request.viewer, typed, mention=True)
    return respond(request, "search/mentions.html", "options", {"found": found})
