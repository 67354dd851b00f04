"""The pages and fragments of finding people. For members: what is public is found by its address."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.lib.query import said
from collegium.network.relations import relations
from collegium.search import asking, facets, people
from collegium.search.asking import Asked
from collegium.search.eyes import Eyes
from collegium.search.query import parse
from collegium.search.searching import Search
from collegium.ui.respond import respond

PAGES, FRAGMENTS = "240/10m", "900/10m"
"""How often one member may ask: nobody reads more pages, nobody types faster."""


@require_safe
@signed_in
@limit("search.results", PAGES, reads=True)
def results(request: Request) -> HttpResponse:
    """The people a query means, a page at a time, and the facets to narrow it by."""
    asked, after = asking.read(request.GET), request.GET.get("after", "")
    return pushed(request, asked, "search/results.html", found(request, asked, after))


def pushed(request: Request, asked: Asked, page: str, context: dict[str, Any]) -> HttpResponse:
    """A page of results; the address line says what was asked for, so that it can always be shared."""
    after = request.GET.get("after", "")
    response = respond(request, page, "more" if after else "found", context)
    if request.htmx and not after:
        response["HX-Push-Url"] = asked.path
    return response


def found(request: Request, asked: Asked, after: str) -> dict[str, Any]:
    """What a page of results draws from."""
    search = Search(Eyes(request.viewer), asked) if asked else None
    page = people.page(search, after) if search else None
    near = relations(request.viewer, [each.person for each in page.found]) if page else {}
    return {
        "asked": asked,
        "page": page,
        "relations": near,
        "facets": facets.shown(search) if search and not after and not (search.alike or search.wide) else [],
        "too_wide": said.wide(search.wide) if search and search.wide else "",
        "understood": said.said(asked.node) if said.needs_saying(asked.node, asked.typed) else "",
    }


@require_safe
@signed_in
@limit("search.results", PAGES, reads=True)
def facet(request: Request, name: str) -> HttpResponse:
    """All values of one facet, with a box to find one by its name."""
    return values(request, asking.read(request.GET), name)


def values(request: Request, asked: Asked, name: str) -> HttpResponse:
    """All values of one facet among those who match.

    Raises:
        Http404: there is no such list.
    """
    known = asking.FACETS.get(name)
    if known is None or not known.find or not asked:
        raise Http404
    find = parse.shown(request.GET.get("find", ""))
    search = Search(Eyes(request.viewer), asked)
    shown = facets.shown(search, [name], facets.MOST, find)
    lines = shown[0].lines if shown else []
    context = {"facet": known, "asked": asked, "lines": lines, "find": find, "more": shown[0].more if shown else 0}
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
