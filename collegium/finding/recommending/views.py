"""The openings that fit the one who looks."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.finding.recommending import reading
from collegium.finding.recommending import wishes as wishing
from collegium.lib.limits import limit
from collegium.ui.respond import respond


@require_safe
@signed_in
@limit("finding.for_you", "120/10m", reads=True)
def for_you(request: Request) -> HttpResponse:
    """Worked out now, from what is hers; nothing of it is kept."""
    wishes = wishing.of(request.viewer.me)
    context = {"wishes": wishes, "picks": reading.picks(request.viewer, wishes), "most": reading.MOST}
    return respond(request, "finding/recommending/for_you.html", "main", context)
