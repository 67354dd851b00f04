"""Who waits at the door of a group, who was asked in, and who is kept out."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Q

from collegium.audience import people as sight
from collegium.audience.rule import written_by_visible
from collegium.audience.viewer import Viewer
from collegium.groups.models import Ban, Group, Invitation, Membership, Request
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.ties.models import Connection

Row = TypeVar("Row", Request, Ban, Invitation)
PAGE = 20
OFFERED = 60


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A stretch of a list; `older` is the cursor of the next, empty at the end."""

    rows: list[Row] = field(default_factory=list)
    older: str = ""


def requests(viewer: Viewer, group: Group, after: str = "") -> Page[Request]:
    """Those that wait, the oldest first, but for those of people a block parts from the viewer.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = written_by_visible(Request.objects.standing().filter(group=group), viewer, owner="member")
    if after:
        rows = rows.filter(pk__gt=cursor.unpack(after, 1)[0])
    found = list(rows.select_related("member", "group").order_by("pk")[: PAGE + 1])
    return Page(found[:PAGE], cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else "")


def bans(group: Group, after: str = "") -> Page[Ban]:
    """Those that hold, the newest first; for whoever keeps the group, whatever parts them from somebody.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = Ban.objects.holding().filter(group=group)
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows.select_related("member", "by", "group").order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else "")


def asked_in(viewer: Viewer, group: Group, *, everybody: bool) -> list[Invitation]:
    """Whom the viewer asked in, or whom anybody did: those who have not come.

    One who declined stands there as one who has not answered yet: declining is not told.
    """
    open_ones = Q(settled_at=None) | Q(outcome=Invitation.Outcome.DECLINED)
    rows = Invitation.objects.filter(open_ones, group=group)
    if not everybody:
        rows = rows.filter(sender=viewer.id)
    rows = written_by_visible(rows, viewer, owner="member")
    latest: dict[int, Invitation] = {}
    for row in rows.select_related("member", "sender").order_by("-pk")[:OFFERED]:
        latest.setdefault(row.member_id, row)
    inside = set(Membership.objects.filter(group=group, member__in=list(latest)).values_list("member_id", flat=True))
    return [row for key, row in latest.items() if key not in inside]


def offered(viewer: Viewer, group: Group) -> list[Member]:
    """Connections who are not in it and were not asked, those first with whom one connected last."""
    tied = Connection.objects.filter(member=viewer.id).order_by("-since").values_list("other_id", flat=True)
    keys = list(tied[: OFFERED * 4])
    asked = Invitation.objects.filter(group=group, member__in=keys).filter(
        Q(settled_at=None) | Q(outcome=Invitation.Outcome.DECLINED)
    )
    there = Membership.objects.filter(group=group, member__in=keys)
    passed = {*asked.values_list("member_id", flat=True), *there.values_list("member_id", flat=True)}
    found = {each.pk: each for each in sight.visible_to(viewer).filter(pk__in=[k for k in keys if k not in passed])}
    return [found[key] for key in keys if key in found][:OFFERED]
