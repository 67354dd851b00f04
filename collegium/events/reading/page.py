"""Everything on the page of an event, for one viewer and one of its times."""

from dataclasses import dataclass, field

from collegium.audience import people as sight
from collegium.audience.viewer import Viewer, stand_in
from collegium.events import rules, seating
from collegium.events.door.rules import may_keep_door
from collegium.events.models import Ahead, Attendance, Cohost, Event, Invitation, Occurrence, Question, State
from collegium.events.reading import people, times
from collegium.events.reading.people import Coming
from collegium.events.reading.times import When
from collegium.events.reminding.wishes import wish_of
from collegium.lib import clock
from collegium.lib.statement import Statement
from collegium.members.models import Member, MemberQuerySet

# So many of the next times stand on the page; the rest have a page of their own.
NEXT = 5


@dataclass
class Shown:
    """An event at one of its times, as one viewer may see it.

    Attributes:
        event: which.
        occurrence: which of its times; None where it has none.
        there: by its own clock.
        here: by the reader's, where that differs and is known.
        mine: what the viewer answered, while no host keeps her away.
        hosting: whether she is one of the hosts.
        answering: whether she may answer.
        is_open: whether one still says that one comes.
        coming: who comes.
        next_ones: the next times of what recurs.
    """

    event: Event
    occurrence: Occurrence | None
    there: When | None = None
    here: When | None = None
    mine: Attendance | None = None
    hosting: bool = False
    owning: bool = False
    answering: bool = False
    is_open: bool = False
    coming: Coming = field(default_factory=Coming)
    next_ones: list[tuple[Occurrence, When]] = field(default_factory=list)
    hosts: list[Member] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    invitation: Invitation | None = None
    asked_to_host: bool = False
    place: int = 0
    waiting: int = 0
    asking: int = 0
    may_invite: bool = False
    ahead: str = ""
    keeps_door: bool = False

    @property
    def state(self) -> str:
        """What she answered, or nothing."""
        return self.mine.state if self.mine is not None else ""

    @property
    def aheads(self) -> list[tuple[str, str]]:
        """When she may be reminded."""
        return [(each.value, str(each.label)) for each in Ahead]

    @property
    def free(self) -> int | None:
        """Seats left; None where there is no end."""
        return None if self.occurrence is None else seating.free_seats(self.event, self.occurrence)

    @property
    def link(self) -> str:
        """The address of what happens online, for nobody but those who come and the hosts."""
        return self.event.link if self.hosting or self.state == State.GOING else ""

    @property
    def cancelled(self) -> bool:
        """Whether this time does not happen."""
        return self.event.cancelled_at is not None or bool(self.occurrence and self.occurrence.cancelled_at)

    @property
    def over(self) -> bool:
        """Whether this time has ended."""
        return self.occurrence is not None and self.occurrence.is_over

    @property
    def repeats(self) -> str:
        """How it recurs, in words."""
        return times.rule_in_words(self.event.rule)


def chosen(event: Event, key: int) -> Occurrence | None:
    """The time that was asked for; else the next one that is not over, else the last there was."""
    rows = Occurrence.objects.filter(event=event)
    found = rows.filter(pk=key).first() if key else None
    found = found or rows.to_come().standing().order_by("starts_at", "id").first()
    found = found or rows.order_by("-starts_at", "-id").first()
    if found is not None:
        found.event = event
    return found


def show(viewer: Viewer, event: Event, key: int = 0) -> Shown:
    """Everything on the page, in a constant number of statements. The viewer sees the event."""
    row = chosen(event, key)
    member = viewer.member
    hosting = rules.may_host(member, event)
    made = Shown(event, row, hosting=hosting, owning=rules.owns(member, event))
    made.hosts = _hosts(viewer, event)
    if row is None:
        return made
    made.there = times.by_clock(row.starts_at, row.ends_at, event.zone)
    made.answering = rules.may_answer(member, event)
    made.is_open = rules.is_open(event, row)
    if member is not None:
        made.here = times.for_reader(made.there, times.zone_of(member.pk))
        _own(made, member)
    made.coming = people.coming(viewer, row, made.mine, hosting=hosting)
    made.next_ones = _next(event, row)
    made.questions = list(Question.objects.filter(event=event).order_by("place"))
    return made


def _own(made: Shown, member: Member) -> None:
    """What concerns the reader alone."""
    event, row = made.event, made.occurrence
    found = Attendance.objects.filter(occurrence=row, member=member).first() if made.answering else None
    if found is not None and row is not None:
        found.occurrence, found.member = row, member
        made.mine = found
        made.place = people.place_in_line(found) if found.state == State.WAITING else 0
    made.invitation = Invitation.objects.filter(event=event, member=member).select_related("by").first()
    made.asked_to_host = Cohost.objects.filter(event=event, member=member, accepted_at=None).exists()
    made.may_invite = rules.may_invite(member, event)
    made.ahead = wish_of(member, event)
    made.keeps_door = may_keep_door(member, event)
    if made.hosting:
        held = Attendance.objects.filter(occurrence=row)
        made.waiting = held.filter(state=State.WAITING).count()
        made.asking = held.filter(state=State.ASKED).count()


def _hosts(viewer: Viewer, event: Event) -> list[Member]:
    """Who hosts it beside whoever's event it is."""
    if viewer:
        return HOSTS.rows(me=viewer.id, event=event.pk)
    return list(_cohosts(viewer, event.pk))


def _cohosts(viewer: Viewer, event: int) -> MemberQuerySet:
    held = Cohost.objects.filter(event=event, accepted_at__isnull=False).values("member")
    return sight.present_to(viewer).filter(pk__in=held).order_by("sort_name", "pk")


HOSTS = Statement(lambda slot: _cohosts(stand_in(slot.int("me")), slot.int("event")))


def _next(event: Event, row: Occurrence) -> list[tuple[Occurrence, When]]:
    """The next times, for choosing."""
    if not event.recurs:
        return []
    rows = list(Occurrence.objects.filter(event=event).to_come(clock.now()).order_by("starts_at", "id")[:NEXT])
    if row not in rows:
        rows = [row, *rows]
    return [(each, times.by_clock(each.starts_at, each.ends_at, event.zone)) for each in rows]
