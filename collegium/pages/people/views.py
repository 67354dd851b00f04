"""The people of an organisation: who works there, who did, who studied there."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.lib.limits import limit
from collegium.organizations.door import of_organization
from collegium.organizations.models import Organization
from collegium.pages.framing import frame
from collegium.pages.people.asking import FORMER, PRESENT, STUDIED, Asked, asked, first_list
from collegium.pages.people.listing import FIRST, SECOND, TOGETHER, people
from collegium.ui.respond import respond


@require_safe
@limit("pages.people", "600/10m", reads=True)
@of_organization
def show(request: Request, organization: Organization) -> HttpResponse:
    """One list, narrowed as the address says; the same address in parts for a page that has the rest.

    Raises:
        Http404: there is no such list, or the cursor is none of ours.
    """
    question = asked(request.GET, organization)
    after = request.GET.get("after", "")
    found = people(request.viewer, organization, question, after)
    if "who" not in request.GET and not found.rows and (other := _first_there(found.totals)):
        question = asked(request.GET, organization, other)
        found = people(request.viewer, organization, question, after)
    path = f"{organization.path}people/"
    context: dict[str, Any] = {
        "organization": organization,
        "frame": frame(request.viewer, organization, "people"),
        "asked": question,
        "found": found,
        "path": path,
        "lanes": _lanes(organization, question, path, found.totals),
        "older": question.address(path, after=found.after) if found.after else "",
        "parts": {
            TOGETHER: _("Studied when you did"),
            FIRST: _("Your connections"),
            SECOND: _("Known to your connections"),
        },
        "follows": bool(after),
        "is_school": first_list(organization) == STUDIED,
    }
    return respond(request, "pages/people.html", "people", context)


def _first_there(totals: dict[str, int]) -> str:
    """A list that has anybody."""
    return next((who for who, count in totals.items() if count), "")


def _lanes(organization: Organization, question: Asked, path: str, totals: dict[str, int]) -> list[dict[str, Any]]:
    """The lists that have anybody; what a school is for stands first."""
    labels = {PRESENT: _("Work here"), FORMER: _("Worked here"), STUDIED: _("Studied here")}
    order = (STUDIED, PRESENT, FORMER) if first_list(organization) == STUDIED else (PRESENT, FORMER, STUDIED)
    return [
        {
            "label": labels[who],
            "href": Asked(who).address(path),
            "current": who == question.who,
            "count": totals.get(who),
        }
        for who in order
        if totals.get(who) or who == question.who
    ]
