"""One's network as a picture, with the table that says the same; and one group of it as a list."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.members.models import Member
from collegium.network.picture import drawing, grouping, links, reading
from collegium.network.picture.grouping import By, Group
from collegium.network.picture.links import Between
from collegium.network.picture.reading import Circle
from collegium.network.views.common import for_members
from collegium.ui.respond import respond

HERE = "/network/picture/"
ROWS, PEOPLE, NAMED = 8, 30, 6
# Each is worked out anew; nobody looks at more.
DRAWINGS = "120/10m"


@dataclass(frozen=True)
class Row:
    """One group in the table."""

    number: int
    group: Group
    people: list[Member]
    path: str
    inside: int
    outside: int


@dataclass(frozen=True)
class Person:
    """One person of a group, in its list."""

    person: Member
    why: str


@require_safe
@for_members
@limit("network.picture", DRAWINGS, reads=True)
def picture(request: Request) -> HttpResponse:
    """The picture, what it shows in sentences, and the table."""
    by = _by(request)
    circle, groups, joined = _look(request.viewer, by)
    start = _start(request)
    rows = [_row(circle, by, number, group, joined) for number, group in enumerate(groups)][start : start + ROWS]
    last = start + len(rows)
    context = {
        "circle": circle,
        "groups": groups,
        "drawing": None if start else drawing.draw(circle, groups, joined),
        "joined": joined,
        "rows": rows,
        "first": not start,
        "older": f"{HERE}?by={by}&after={cursor.pack(last)}" if last < len(groups) else "",
        "named": len([group for group in groups if not group.rest]),
    }
    return respond(request, "network/picture.html", "stretch" if start else "main", context | _choices(by))


@require_safe
@for_members
@limit("network.picture", DRAWINGS, reads=True)
def group(request: Request, mark: str) -> HttpResponse:
    """The people of one group, who know the most of it first."""
    by = _by(request)
    circle, groups, joined = _look(request.viewer, by)
    number = _find(circle, groups, cursor.unpack(mark, 1)[0])
    start = _start(request)
    places = groups[number].members[start : start + PEOPLE]
    last = start + len(places)
    context = {
        "row": _row(circle, by, number, groups[number], joined),
        "people": [Person(circle.people[place], drawing.why(circle, groups[number], place)) for place in places],
        "first": not start,
        "by": by,
        "older": f"{_path(circle, by, groups[number])}&after={cursor.pack(last)}" if last < groups[number].size else "",
    }
    return respond(request, "network/picture_group.html", "stretch" if start else "main", context)


def _look(viewer: Viewer, by: By) -> tuple[Circle, list[Group], Between]:
    circle = reading.read(viewer)
    groups = grouping.groups(circle, by)
    return circle, groups, links.between(circle, groups)


def _by(request: Request) -> By:
    """What puts people together; anything else is not a page of ours."""
    try:
        return By(request.GET.get("by", By.TIES))
    except ValueError:
        raise Http404 from None


def _start(request: Request) -> int:
    """The place where the page begins. The groups are found anew for every page, and are few."""
    after = request.GET.get("after", "")
    return min(max(cursor.unpack(after, 1)[0], 0), reading.DRAWN) if after else 0


def _find(circle: Circle, groups: list[Group], key: int) -> int:
    """The group in whose middle this person stands."""
    for number, each in enumerate(groups):
        if circle.people[each.central].pk == key:
            return number
    raise Http404


def _path(circle: Circle, by: By, group: Group) -> str:
    return f"{HERE}{cursor.pack(circle.people[group.central].pk)}/?by={by}"


def _row(circle: Circle, by: By, number: int, group: Group, joined: Between) -> Row:
    people = [circle.people[place] for place in group.members[:NAMED]]
    path = _path(circle, by, group)
    return Row(number, group, people, path, joined.inside[number], joined.outside[number])


def _choices(by: By) -> dict[str, Any]:
    labels = {By.TIES: _("Who knows whom"), By.COMPANY: _("Company"), By.SCHOOL: _("School"), By.PLACE: _("Place")}
    lane = [
        {"label": label, "href": HERE if each == By.TIES else f"{HERE}?by={each}", "current": each == by}
        for each, label in labels.items()
    ]
    return {"lane": lane, "by": by}
