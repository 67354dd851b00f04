"""Whom a viewer and other people both know, by name, as far as the viewer may know it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from collegium.audience import people
from collegium.audience.rule import CONNECTED
from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.ties.models import Connection

NAMED = 3


@dataclass(slots=True)
class Mutual:
    """The people two both know: the first few by name, and how many there are in all."""

    people: list[Member] = field(default_factory=list)
    total: int = 0

    @property
    def others(self) -> int:
        """How many more than are named."""
        return self.total - len(self.people)


NOBODY_SHARED = Mutual()


def mutuals(viewer: Viewer, members: Iterable[Member]) -> dict[int, Mutual]:
    """Mutual connections with each of these people; those without any are left out.

    That M knows S is shown when the viewer could read it in either list: in S's, or in M's, who is connected with the
    viewer and so hides the list from her only by hiding it from everybody.

    Args:
        viewer: who looks.
        members: a page of people.
    """
    keys = [member.pk for member in members]
    if viewer.member is None or not keys:
        return {}
    open_lists = list(people.whose_connections_are_open_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    mine = Connection.objects.filter(member=viewer.member, other=OuterRef("other"))
    rows = (
        Connection.objects.filter(Exists(mine), member__in=keys, other__standing=Member.Standing.ACTIVE)
        .filter(Q(member__in=open_lists) | Q(other__connections_audience__lte=CONNECTED))
        .annotate(
            rank=Window(RowNumber(), partition_by=F("member"), order_by=[F("other__sort_name"), F("other")]),
            total=Window(Count("*"), partition_by=F("member")),
        )
        .filter(rank__lte=NAMED)
        .select_related("other")
        .order_by("member", "rank")
    )
    found: dict[int, Mutual] = {}
    for row in rows:
        mutual = found.setdefault(row.member_id, Mutual(total=row.total))
        mutual.people.append(row.other)
    return found
