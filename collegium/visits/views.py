"""Who looked at one's profile, and how one appears to those whose profile one opens."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell
from collegium.visits import actions
from collegium.visits.models import Mode
from collegium.visits.reading import visitors as read

PAGE = "visits/visitors.html"
MODES = [
    (
        Mode.NAMED,
        gettext_lazy("With my name"),
        gettext_lazy("People see that you were there, and you see who of them was with you."),
    ),
    (
        Mode.SEMI,
        gettext_lazy("Without my name"),
        gettext_lazy("People see that somebody was there, and how far from them. You see as much of them."),
    ),
    (
        Mode.PRIVATE,
        gettext_lazy("Not at all"),
        gettext_lazy("Your visits are not written down anywhere. You see nothing of who visits you."),
    ),
]


@require_safe
@signed_in
@limit("visits.read", "120/10m", reads=True)
def visitors(request: Request) -> HttpResponse:
    """Who looked at one's profile in the last 90 days, as far as both show themselves."""
    return respond(request, PAGE, "main", _shown(request))


@require_POST
@signed_in
@limit("visits.mode", "30/h")
def mode(request: Request) -> HttpResponse:
    """Choose how one appears; what is none of the three changes nothing."""
    chosen = {str(int(value)): value for value in Mode}.get(request.POST.get("mode", ""))
    if chosen is None:
        return respond(request, PAGE, "main", _shown(request) | {"wrong": True}, status=422)
    actions.choose(request.viewer.me, chosen)
    tell(request, _("Saved."))
    return respond(request, PAGE, "main", _shown(request), otherwise="visits:visitors")


def _shown(request: Request) -> dict[str, Any]:
    mine = actions.mode_of(request.viewer.me)
    return {
        "mode": mine,
        "modes": MODES,
        "visitors": read(request.viewer) if mine > Mode.PRIVATE else None,
        "wrong": False,
    }
