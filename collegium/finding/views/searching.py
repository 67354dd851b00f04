"""The board: every opening one may see, the newest first, by words, place, pay and whatever else narrows it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.audience.viewer import NOBODY
from collegium.finding import asked as asking
from collegium.finding import listing, showing
from collegium.finding.asked import Asked
from collegium.finding.facets import FACETS
from collegium.finding.parts import PERIODS, RADII
from collegium.finding.searching import Search
from collegium.gazetteer import money, places
from collegium.lib.limits import by_address, limit
from collegium.lib.query import parse
from collegium.openings.out import answer, feeds
from collegium.ui.respond import respond

PAGES, FEEDS = "360/10m", "240/10m"
MOST_OTHERS = 5


@require_safe
@limit("finding.jobs", PAGES, reads=True)
def jobs(request: Request) -> HttpResponse:
    """The openings a search means, a page at a time, and the facets to narrow it by."""
    asked, after = _asked(request), request.GET.get("after", "")[:40]
    search = Search(asked, request.viewer)
    context = _around(asked) | {
        "asked": asked,
        "total": search.total,
        "found": listing.page(search, after),
        "facets": [] if after else showing.shown(search),
    }
    response = respond(request, "finding/jobs.html", "more" if after else "found", context)
    if request.htmx and not after:
        response["HX-Push-Url"] = asked.path
    return response


@require_safe
@limit("finding.jobs", PAGES, reads=True)
def facet(request: Request, name: str) -> HttpResponse:
    """All values of one facet, with a box to find one by its name.

    Raises:
        Http404: there is no such list.
    """
    known = FACETS.get(name)
    if known is None or not known.find:
        raise Http404
    asked, find = _asked(request), parse.shown(request.GET.get("find", ""))
    shown = showing.shown(Search(asked, request.viewer), [name], showing.MOST, find)
    lines = shown[0].lines if shown else []
    context = {"facet": known, "asked": asked, "lines": lines, "find": find, "more": shown[0].more if shown else 0}
    return respond(request, "finding/facet.html", "choices", context)


@require_safe
@limit("finding.feeds", FEEDS, by=by_address, reads=True)
def feed(request: Request, ending: str) -> HttpResponseBase:
    """The newest of a search that everybody may read, for readers of feeds."""
    asked = asking.read(request.GET).without_known()
    rows = listing.feed(Search(asked, NOBODY))
    title = _("Jobs: %(search)s") % {"search": asked.summary} if asked else _("Jobs")
    own = f"/jobs.{ending}?{asked.address}" if asked.address else f"/jobs.{ending}"
    body = feeds.MAKERS[ending](title, asked.path, rows, own=own)
    return answer.conditional(request, body, feeds.TYPES[ending], feeds.modified(rows))


def _asked(request: Request) -> Asked:
    """What the address asks for; signed out one knows nobody."""
    asked = asking.read(request.GET)
    return asked if request.viewer else asked.without_known()


def _around(asked: Asked) -> dict[str, Any]:
    """What the form offers besides."""
    near = asked.around
    others = near.others[:MOST_OTHERS] if near else ()
    return {
        "radii": RADII,
        "periods": [(each.value, each.label) for each in PERIODS],
        "currencies": money.rated(),
        "rated": money.rated_words(),
        "others": [(places.label(place), asked.at(place).path) for place in others],
    }
