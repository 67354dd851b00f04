"""The rules, printed for people."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.gazetteer.countries import country_name
from collegium.lib.limits import limit
from collegium.openings.packs.reading import HOUSE, packs
from collegium.ui.respond import respond

PAGE = "openings/rules.html"


@require_safe
@limit("openings.read", "900/10m", reads=True)
def rules_page(request: Request) -> HttpResponse:
    """What an opening must say here, and by which law."""
    context = {
        "packs": [
            {"pack": pack, "house": pack.key == HOUSE, "countries": sorted(map(country_name, pack.where.countries))}
            for pack in packs()
        ]
    }
    return respond(request, PAGE, "main", context)
