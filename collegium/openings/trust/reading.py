"""What was reported and waits for an owner."""

from dataclasses import dataclass, field

from collegium.members.models import Member
from collegium.openings.models import Opening, Report

MOST = 200


@dataclass
class Waiting:
    """An opening, and what was said of it, the first word first."""

    opening: Opening
    reports: list[Report] = field(default_factory=list)


def waiting() -> list[Waiting]:
    """Those of which something waits, by who waits longest. One statement."""
    related = ("opening__organization", "opening__poster", "opening__town", "by")
    rows = Report.objects.filter(state=Report.State.OPEN).select_related(*related).order_by("pk")[:MOST]
    found: dict[int, Waiting] = {}
    for row in rows:
        found.setdefault(row.opening_id, Waiting(row.opening)).reports.append(row)
    return list(found.values())


def reported(key: int) -> Opening | None:
    """The opening, where something about it waits."""
    rows = Opening.objects.with_faces().filter(pk=key, reports__state=Report.State.OPEN)
    return rows.order_by().first()


def said(member: Member, opening: Opening) -> bool:
    """Whether she has reported it."""
    return Report.objects.filter(by=member, opening=opening).exists()
