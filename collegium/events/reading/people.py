"""Who comes, as one viewer may read it.

Names are shown by consent: of those who let themselves be listed, to whom the hosts show the list; to the hosts all,
because somebody has to stand at the door. Nobody reads the name of whom a block parts her from, or of whoever is out
of standing, and neither is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.expressions import RawSQL

from collegium.audience.rule import PUBLIC, closeness
from collegium.audience.viewer import Viewer, stand_in
from collegium.events.models import Attendance, Event, ListFor, Occurrence, State
from collegium.events.models.attendances import AttendanceQuerySet
from collegium.feed.unseen import UNSEEN
from collegium.lib import cursor
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.ties.models import Connection

SOME, PAGE = 5, 50
# The column counts everybody who comes; whom a member must not learn of are few, and are taken away.
COUNT = (
    UNSEEN  # noqa: S608 - constants both
    + f"""
SELECT o.seats_taken - coalesce((
    SELECT sum(1 + a.guests) FROM events_attendance a
    WHERE a.occurrence_id = o.id AND a.state = '{State.GOING.value}' AND a.member_id IN (SELECT id FROM unseen)
), 0) FROM events_occurrence o WHERE o.id = %(occurrence)s
"""  # noqa: S608 - as above
)
# Begins at whom one is connected with, who are fewer than may come; the fence keeps the database from going round.
OF_CONNECTED = """
(SELECT a.id FROM ties_connection c JOIN events_attendance a ON a.occurrence_id = %s AND a.member_id = c.other_id
WHERE c.member_id = %s OFFSET 0)
"""


@dataclass(frozen=True)
class Coming:
    """Who comes, on the page of an event.

    Attributes:
        count: how many people come, guests too.
        known: those one is connected with who let themselves be shown, a few.
        known_count: how many those are.
        some: a few of the others.
        may_list: whether there is a list for this viewer.
    """

    count: int = 0
    known: Sequence[Member] = field(default=())
    known_count: int = 0
    some: Sequence[Member] = field(default=())
    may_list: bool = False

    @property
    def faces(self) -> list[Member]:
        """Those one knows, then the others."""
        return [*self.known, *self.some][:SOME]


def may_list(event: Event, mine: Attendance | None, *, hosting: bool) -> bool:
    """Whether somebody who sees the event reads names."""
    if hosting or event.list_for == ListFor.ALL:
        return True
    return event.list_for == ListFor.ATTENDEES and mine is not None and mine.state == State.GOING


def going(viewer: Viewer, occurrence: Occurrence) -> AttendanceQuerySet:
    """Those who come and no block parts from the viewer: whom she counts."""
    return _present(viewer, Attendance.objects.going().filter(occurrence=occurrence))


def named(viewer: Viewer, occurrence: Occurrence, *, hosting: bool) -> AttendanceQuerySet:
    """Those whose names she reads; whether she reads any is asked before (`may_list`)."""
    rows = going(viewer, occurrence)
    if hosting:
        return rows
    return rows.filter(Q(listed=True, nearness__gte=F("member__visibility")) | Q(member=viewer.id))


def coming(viewer: Viewer, occurrence: Occurrence, mine: Attendance | None, *, hosting: bool) -> Coming:
    """Who comes, in a constant number of statements."""
    count = _count(viewer, occurrence)
    if not viewer or not may_list(occurrence.event, mine, hosting=hosting):
        return Coming(count)
    values = {"me": viewer.id, "occurrence": occurrence.pk}
    known, others = (pair[hosting].rows(**values) for pair in (KNOWN, OTHERS))
    known_count = getattr(known[0], "total", 0) if known else 0
    shown = ([row.member for row in rows] for rows in (known, others[: SOME - len(known)]))
    return Coming(count, next(shown), known_count, next(shown), may_list=True)


def listing(viewer: Viewer, occurrence: Occurrence, after: str, *, hosting: bool) -> dict[str, Any]:
    """A page of the names, those one knows first.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = _near(viewer, named(viewer, occurrence, hosting=hosting)).select_related("member")
    if after:
        near, key = cursor.unpack(after, 2)
        later = Q(near=bool(near), pk__gt=key)
        rows = rows.filter(later | Q(near=False) if near else later)
    found = list(rows.order_by("-near", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = cursor.pack(int(getattr(last, "near", False)), last.pk) if last is not None else ""
    unlisted = 0
    if not hosting and not after:
        everybody = going(viewer, occurrence).count()
        unlisted = everybody - named(viewer, occurrence, hosting=False).count()
    return {"rows": found[:PAGE], "more": more, "unlisted": unlisted}


def in_line(viewer: Viewer, occurrence: Occurrence, state: str, most: int = 200) -> list[Attendance]:
    """Those who ask or wait, in their order, for the hosts."""
    rows = _present(viewer, Attendance.objects.filter(occurrence=occurrence, state=state))
    return list(rows.select_related("member").order_by("since", "id")[:most])


def place_in_line(mine: Attendance) -> int:
    """The how many-th she is; told to her alone."""
    line = Attendance.objects.filter(occurrence=mine.occurrence_id, state=State.WAITING)
    ahead = line.filter(Q(since__lt=mine.since) | Q(since=mine.since, pk__lt=mine.pk))
    return ahead.count() + 1


def _near(viewer: Viewer, rows: AttendanceQuerySet) -> QuerySet[Any]:
    """Each with whether one is connected with her."""
    return rows.annotate(near=_is_known(viewer.id))


def _present(viewer: Viewer, rows: AttendanceQuerySet) -> AttendanceQuerySet:
    """Those of people in good standing whom no block parts from the viewer.

    Asked row by row: as a list of everybody it is true of, the database would make it of the whole community once it
    keeps its plan.
    """
    return rows.alias(nearness=closeness(viewer, "member", second=False)).filter(nearness__gte=PUBLIC)


def _count(viewer: Viewer, occurrence: Occurrence) -> int:
    """How many come, guests too; whoever is signed out counts those alone whose page is open to all."""
    if not viewer:
        return going(viewer, occurrence).seats()
    with connection.cursor() as asked:
        asked.execute(COUNT, {"me": viewer.id, "occurrence": occurrence.pk})
        (count,) = asked.fetchone()
    return int(count)


def _faces(slot: Slots, *, hosting: bool) -> AttendanceQuerySet:
    """The others whose names one viewer reads."""
    there = Attendance.objects.going().filter(occurrence=slot.int("occurrence")).exclude(member=slot.int("me"))
    rows = _present(stand_in(slot.int("me")), there)
    shown = rows if hosting else rows.filter(Q(listed=True, nearness__gte=F("member__visibility")))
    return shown.select_related("member").order_by("since", "id")


def _known(slot: Slots, *, hosting: bool) -> QuerySet[Attendance]:
    keys = RawSQL(OF_CONNECTED, [slot.int("occurrence"), slot.int("me")])  # noqa: S611 - the text is ours
    return _faces(slot, hosting=hosting).filter(pk__in=keys).annotate(total=Window(Count("pk")))[:SOME]


def _others(slot: Slots, *, hosting: bool) -> QuerySet[Attendance]:
    return _faces(slot, hosting=hosting).filter(~_is_known(slot.int("me")))[:SOME]


def _is_known(me: int) -> Exists:
    return Exists(Connection.objects.filter(member=me, other=OuterRef("member")))


# By whether the viewer is one of the hosts.
KNOWN = {
    True: Statement(lambda slot: _known(slot, hosting=True)),
    False: Statement(lambda slot: _known(slot, hosting=False)),
}
OTHERS = {
    True: Statement(lambda slot: _others(slot, hosting=True)),
    False: Statement(lambda slot: _others(slot, hosting=False)),
}
