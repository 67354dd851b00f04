"""The people of an organisation: who works there, who did, who studied there, as far as the viewer may know of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.career.models import Item, ItemQuerySet
from collegium.career.sections import Section
from collegium.graph.degrees import Standing
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.members.models import Member, MemberQuerySet
from collegium.organizations.models import Organization
from collegium.profiles import circle
from collegium.profiles.spans import span
from collegium.ui.respond import respond

LISTS = ("present", "former", "studied")


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on the list, and what she does or did there."""

    person: Member
    stands: Standing
    line: str
    when: Any


@require_safe
@limit("profiles.read", "600/10m", reads=True)
def colleagues(request: Request, handle: str) -> HttpResponse:
    """The lists of people of an organisation; the fragment is what its own page borrows.

    Raises:
        Http404: there is no such organisation, or the cursor is none of the list.
    """
    organization = get_object_or_404(Organization, handle=handle)
    which = request.GET.get("who", LISTS[0])
    if which not in LISTS:
        raise Http404
    viewer = request.viewer
    lists = {name: listed(viewer, organization, name) for name in LISTS}
    page = circle.page(viewer, lists[which], request.GET.get("after", ""))
    context = {
        "organization": organization,
        "which": which,
        "labels": {"present": _("Work here"), "former": _("Worked here"), "studied": _("Studied here")},
        "counts": {name: circle.count(each) for name, each in lists.items()},
        "rows": _rows(viewer, organization, which, page.people),
        "after": page.after,
        "follows": bool(request.GET.get("after")),
    }
    return respond(request, "profiles/colleagues.html", "people", context)


def listed(viewer: Viewer, organization: Organization, which: str) -> MemberQuerySet:
    """One of the lists: people the viewer may come across, with an item there that she may read."""
    found = people.findable_by(viewer).filter(pk__in=items(viewer, organization, which).values("member_id"))
    if which == "former":
        found = found.exclude(pk__in=items(viewer, organization, "present").values("member_id"))
    return found


def items(viewer: Viewer, organization: Organization, which: str) -> ItemQuerySet:
    """What the viewer may read of careers at an organisation."""
    rows = Item.objects.visible_to(viewer).filter(organization=organization)
    if which == "studied":
        return rows.filter(section=Section.EDUCATION)
    rows = rows.filter(section=Section.POSITIONS)
    return rows.filter(ended="") if which == "present" else rows.exclude(ended="")


def _rows(viewer: Viewer, organization: Organization, which: str, page: Sequence[tuple[Member, Standing]]) -> list[Row]:
    """The people with what they do there; of several roles the owner's first."""
    keys = [person.pk for person, _stands in page]
    found: dict[int, Item] = {}
    for item in items(viewer, organization, which).filter(member__in=keys).order_by("rank", "-id"):
        found.setdefault(item.member_id, item)
    today = clock.now().date()
    rows = []
    for person, stands in page:
        item = found.get(person.pk)
        line = (", ".join(part for part in (item.title, item.detail) if part) if item else "") or person.headline
        ongoing = which == "present"
        when = span(item.started, item.ended, ongoing=ongoing, long=False, today=today) if item else ""
        rows.append(Row(person, stands, line, when))
    return rows
