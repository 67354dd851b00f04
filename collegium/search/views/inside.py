"""Finding people among the members of one group: for those who read there, since others are not told who is in it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.groups import seating
from collegium.groups.views.common import in_place
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.search import asking
from collegium.search.asking import Asked
from collegium.search.views import finding


@require_safe
@signed_in
@limit("search.results", finding.PAGES, reads=True)
@in_place
def results(request: Request, place: seating.Place) -> HttpResponse:
    """The members a query means, a page at a time, and the facets to narrow it by, counted within the group."""
    asked = _asked(request, place)
    context = finding.found(request, asked, request.GET.get("after", ""))
    return finding.pushed(request, asked, "search/inside.html", context | {"group": place.group, "seat": place})


@require_safe
@signed_in
@limit("search.results", finding.PAGES, reads=True)
@in_place
def facet(request: Request, place: seating.Place, name: str) -> HttpResponse:
    """All values of one facet among the members who match."""
    return finding.values(request, _asked(request, place), name)


def _asked(request: Request, place: seating.Place) -> Asked:
    """What is asked for, among the members of this group."""
    require(place.reads, _("Only members of this group see who is in it."))
    return asking.read(request.GET, asking.Place(f"{place.group.path}members/search/", place.group.pk))
