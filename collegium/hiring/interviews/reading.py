"""Interviews as one side reads them: by the clock they were written in, and by the reader's own where it differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.events.reading.times import When, by_clock, for_reader, zone_of
from collegium.hiring.interviews import rules
from collegium.hiring.models import Interview, Interviewer
from collegium.lib import clock
from collegium.members.models import Member

OFFERED, ASKED, SET, HELD, CANCELLED, OVER = "offered", "asked", "set", "held", "cancelled", "over"


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the times.

    Attributes:
        value: as a form sends it.
        when: by the clock they were written in.
        mine: by the reader's, where that shows another hour.
        free: whether it can be taken.
        chosen: whether it is.
    """

    value: str
    when: When
    mine: When | None
    free: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One interview.

    Attributes:
        row: with its application, opening and organisation.
        state: one of the words above.
        name: of who applied, for those who hire.
        when: the chosen time.
        mine: by the reader's clock, where that shows another hour.
        slots: the times that are offered.
        people: who comes, as far as the reader may see them.
        others: how many more come.
        reminds: whether the reader is reminded; None where it is not hers to say.
        may_touch: whether it can still be chosen, changed or called off.
    """

    row: Interview
    state: str
    name: str
    when: When | None
    mine: When | None
    slots: Sequence[Slot]
    people: Sequence[Member]
    others: int
    reminds: bool | None
    may_touch: bool


def shown(viewer: Viewer, rows: Iterable[Interview]) -> list[Shown]:
    """These, as the viewer reads them. A constant number of statements, and one more for each whose times are open."""
    found = list(rows)
    zone = zone_of(viewer.id)
    comers: dict[int, list[Interviewer]] = {row.pk: [] for row in found}
    for each in Interviewer.objects.filter(interview__in=found).select_related("member").order_by("member__sort_name"):
        comers[each.interview_id].append(each)
    keys = {each.member_id for some in comers.values() for each in some}
    seen = set(people.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)) | {viewer.id}
    return [_one(viewer, row, comers[row.pk], seen, zone) for row in found]


def _one(viewer: Viewer, row: Interview, comers: Sequence[Interviewer], seen: set[int], zone: str) -> Shown:
    when = by_clock(row.starts_at, row.starts_at + row.length, row.zone) if row.starts_at is not None else None
    state = state_of(row)
    open_ = state in (OFFERED, ASKED, SET) and rules.hindrance_to_touching(row) is None
    taken = rules.taken(row) if open_ else set[datetime]()
    sent = getattr(row.application, "sent", None)
    visible = [each.member for each in comers if each.member_id in seen]
    return Shown(
        row,
        state,
        sent.name if sent is not None else "",
        when,
        for_reader(when, zone) if when is not None else None,
        [_slot(row, at, zone, taken) for at in row.times] if open_ else [],
        visible,
        len(comers) - len(visible),
        _reminds(viewer, row, comers) if open_ else None,
        open_,
    )


def _slot(row: Interview, at: datetime, zone: str, taken: set[datetime]) -> Slot:
    when = by_clock(at, at + row.length, row.zone)
    free = at > clock.now() and at not in taken
    return Slot(at.isoformat(), when, for_reader(when, zone), free, at == row.starts_at)


def state_of(row: Interview) -> str:
    """How it stands."""
    if row.cancelled_at is not None:
        return CANCELLED
    if row.held_at is not None or (row.ends_at is not None and row.ends_at <= clock.now()):
        return HELD
    if row.application.has_ended:
        return OVER
    if row.asked_at is not None:
        return ASKED
    if row.starts_at is not None:
        return SET
    return OFFERED if any(at > clock.now() for at in row.times) else OVER


def _reminds(viewer: Viewer, row: Interview, comers: Sequence[Interviewer]) -> bool | None:
    if row.application.applicant_id == viewer.id:
        return row.remind
    return next((each.remind for each in comers if each.member_id == viewer.id), None)


def of_application(viewer: Viewer, application: int, *, mine: bool) -> list[Shown]:
    """All interviews of one application, the newest first.

    Args:
        viewer: who reads.
        application: its key.
        mine: as the one who applied, or as one of those who hire.
    """
    rows = Interview.objects.of_applicant(viewer) if mine else Interview.objects.of_team(viewer)
    return shown(viewer, rows.with_faces().filter(application=application).order_by("-pk")[:50])


def one(viewer: Viewer, pk: int, *, mine: bool) -> Shown | None:
    """One interview, on one side of it."""
    rows = Interview.objects.of_applicant(viewer) if mine else Interview.objects.of_team(viewer)
    row = rows.with_faces().filter(pk=pk).first()
    return shown(viewer, [row])[0] if row is not None else None
