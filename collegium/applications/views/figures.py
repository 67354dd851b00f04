"""How an organisation answers those who apply, for everybody, with the sum that makes it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.applications import figures
from collegium.applications.figures import FEWEST, SPANS, Sums
from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages.framing import frame
from collegium.ui.respond import respond


@require_safe
@limit("applications.figures", "120/10m", reads=True)
@of_organization
def show(request: Request, organization: Organization) -> HttpResponse:
    """The figures, how they are counted, and how long answers take."""
    sums = figures.sums([organization.pk]).get(organization.pk, Sums())
    counts = figures.spread(organization.pk) if sums.tells else []
    most = max(counts, default=0)
    context = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "jobs"),
        "sums": sums,
        "fewest": FEWEST,
        "owed": figures.owed([organization.pk]).get(organization.pk, ""),
        "spans": [
            {
                "label": label,
                "count": count,
                "share": 100 * count / most if most else 0,
                "none": place == len(SPANS) - 1,
            }
            for place, (label, count) in enumerate(zip(SPANS, counts, strict=bool(counts)))
        ],
    }
    return respond(request, "applications/figures.html", "main", context)
