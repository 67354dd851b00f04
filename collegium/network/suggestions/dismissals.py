"""Whom a member does not want suggested, for her own eyes."""

from django.db.models import F

from collegium.audience.rule import closeness
from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.network import lists
from collegium.network.models import Dismissal


def page(viewer: Viewer, after: str = "") -> lists.Page:
    """Those whom she still sees, the latest first."""
    rows = Dismissal.objects.filter(member=viewer.me).alias(near=closeness(viewer, "other", second=False))
    return lists.by_time(rows.filter(near__gte=F("other__visibility")), viewer, "other", after)


def find(member: Member, handle: str) -> Member | None:
    """The person with this handle, when the member dismissed her; seen or not, she may be taken back."""
    row = member.dismissals.select_related("other").filter(other__handle=handle).first()
    return row.other if row else None
