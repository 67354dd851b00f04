"""The pages and fragments of finding people. For members: what is public is found by its address."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.network.relations import relations
from collegium.search import finding, words
from collegium.ui.respond import respond

PAGES, FRAGMENTS = "120/10m", "900/10m"
"""How often one member may ask: nobody reads more pages, nobody types faster."""


@require_safe
@signed_in
@limit("search.results", PAGES, reads=True)
def results(request: Request) -> HttpResponse:
    """The people a query means, a page at a time."""
    typed = words.shown(request.GET.get("q", ""))
    asked = words.read(typed)
    page = finding.page(request.viewer, asked, request.GET.get("after", "")) if asked else None
    near = relations(request.viewer, [each.person for each in page.found]) if page else {}
    return respond(request, "search/results.html", "people", {"query": typed, "page": page, "relations": near})


@require_safe
@signed_in
@limit("search.ahead", FRAGMENTS, reads=True)
def suggestions(request: Request) -> HttpResponse:
    """What the search box offers while one types."""
    typed = words.shown(request.GET.get("q", ""))
    found = finding.ahead(request.viewer, words.read(typed))
    return respond(request, "search/suggestions.html", "options", {"query": typed, "found": found})


@require_safe
@signed_in
@limit("search.ahead", FRAGMENTS, reads=True)
def mentions(request: Request) -> HttpResponse:
    """Whom an `@` in a text could mean; a `#` means nobody."""
    typed = words.shown(request.GET.get("q", ""))
    asked = words.read("" if typed.startswith("#") else typed)
    found = finding.known_first(request.viewer, asked)
    return respond(request, "search/mentions.html", "options", {"found": found})
