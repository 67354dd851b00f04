"""Who you know here: a part of the opening's page, and a page of its own."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.referrals import rules
from collegium.referrals.people import WHENS, People
from collegium.referrals.people import people as known
from collegium.referrals.views.common import opening_of
from collegium.ui.respond import respond

BRIEF = 4


@require_safe
@limit("referrals.people", "600/10m", reads=True)
def people(request: Request, pk: int) -> HttpResponse:
    """Connections at the organisation first, then those whom a connection knows.

    Raises:
        Http404: no such opening, list or cursor.
    """
    opening = opening_of(request, pk)
    when, after = request.GET.get("when", ""), request.GET.get("after", "")
    if when and when not in WHENS:
        raise Http404
    brief = bool(request.htmx) and not after
    if request.viewer.member is None:
        return _show(request, {"opening": opening, "found": None}, brief=brief)
    found = known(request.viewer, opening, when, after, **({"most": BRIEF} if brief else {}))
    context = {
        "opening": opening,
        "found": found,
        "lane": _lane(opening.path, found),
        "begins": not after,
        "may_ask": rules.may_look(request.viewer.me, opening),
    }
    if after:
        return respond(request, "referrals/people.html", "stretch", context)
    return _show(request, context, brief=brief)


def _show(request: Request, context: dict[str, object], *, brief: bool) -> HttpResponse:
    if brief:
        return respond(request, "referrals/fragments.html", "brief", context)
    return respond(request, "referrals/people.html", "main", context)


def _lane(path: str, found: People) -> list[dict[str, object]]:
    """The tabs that have somebody, and the one that is open."""
    labels = {"present": _("Work there now"), "former": _("Worked there")}
    return [
        {
            "label": labels[name],
            "href": f"{path}people/?when={name}",
            "current": name == found.when,
            "count": sum(found.counts[name]),
        }
        for name in WHENS
        if any(found.counts[name]) or name == found.when
    ]
