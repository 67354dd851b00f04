"""The interviews to which one comes as one of those who hire."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.hiring.interviews import actions, reading
from collegium.hiring.interviews.views.common import READS, WRITES, of_team
from collegium.hiring.models import Interview
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell

MOST, BEFORE = 100, 20


@require_safe
@signed_in
@limit("hiring.interviews.read", READS, reads=True)
def coming(request: Request) -> HttpResponse:
    """What is still to come, the next one first; what waits for a choice; and the last that were held."""
    viewer, now = request.viewer, clock.now()
    rows = Interview.objects.of_team(viewer).filter(interviewers__member=viewer.id).with_faces()
    ahead = rows.standing().lasting_after(now).order_by("starts_at", "pk")[:MOST]
    waiting = rows.standing().filter(starts_at=None).order_by("-pk")[:MOST]
    before = rows.filter(cancelled_at=None).over_by(now).order_by("-starts_at", "-pk")[:BEFORE]
    found = reading.shown(viewer, [*ahead, *waiting, *before])
    groups = {
        "ahead": [each for each in found if each.state in (reading.SET, reading.ASKED) and each.when is not None],
        "waiting": [each for each in found if each.when is None],
        "before": [each for each in found if each.state == reading.HELD],
    }
    return respond(request, "hiring/interviews/coming.html", "main", groups)


@require_POST
@signed_in
@limit("hiring.interviews", WRITES)
def remind(request: Request, pk: int, interview: int) -> HttpResponse:
    """Say whether one wishes to be reminded the day before.

    Raises:
        Http404: the viewer does not hire for it.
    """
    row = of_team(request, pk, interview).row
    actions.remind(row, by=request.viewer.me, wished=bool(request.POST.get("remind")))
    tell(request, _("Kept."))
    return HttpResponseRedirect(row.team_path)
