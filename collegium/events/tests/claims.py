"""What is so of events, each as one question; `tests/house/test_bites_events.py` plants a fault and asks again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import islice

from collegium.audience.level import Level
from collegium.events.actions import answering, changing, deciding, inviting, laying, leaving
from collegium.events.after import context as shared
from collegium.events.details import Details
from collegium.events.models import Attendance, Event, ListFor, Occurrence, State
from collegium.events.reading import page, people
from collegium.events.recurring import pattern as patterns
from collegium.events.recurring import rules as recurring
from collegium.events.tests.around import KIM, gather
from collegium.events.tests.scene import come, first, make, over, pattern, seats, tomorrow
from collegium.feed.selecting import Choice
from collegium.lib.refusal import Conflict, Refusal
from collegium.network import actions as network
from collegium.testing.cast import Cast, connect


def refused(act: Callable[[], object]) -> bool:
    """Whether it was not done."""
    try:
        act()
    except (Conflict, Refusal):
        return True
    return False


def last_seat(cast: Cast) -> bool:
    """No more people sit than there are seats."""
    row = first(make(cast.ada, capacity=2, guests_allowed=2))
    come(row, cast.bo, guests=1)
    come(row, cast.cy)
    return seats(row) == (2, 2)


def no_overtaking(cast: Cast) -> bool:
    """Whoever comes late does not pass who waits with more people; nor does who waits behind her."""
    row = first(make(cast.ada, capacity=3, guests_allowed=2))
    come(row, cast.bo, guests=2)
    come(row, cast.cy, guests=2)
    come(row, cast.di)
    answering.come(row, by=cast.bo, guests=1)
    come(row, cast.flo)
    states = Attendance.objects.filter(occurrence=row, member__in=[cast.cy, cast.di, cast.flo])
    return set(states.values_list("state", flat=True)) == {State.WAITING}


def moves_up(cast: Cast) -> bool:
    """A seat that comes free goes to whoever waits first, and she is told."""
    row = first(make(cast.ada, capacity=1))
    come(row, cast.bo, cast.cy, cast.di)
    answering.decline(row, by=cast.bo)
    going = Attendance.objects.going().filter(occurrence=row).values_list("member_id", flat=True)
    return list(going) == [cast.cy.pk]


def not_after_cancelling(cast: Cast) -> bool:
    """Nobody gets a seat at what was cancelled, and nobody answers it."""
    event = make(cast.ada, capacity=1)
    row = first(event)
    come(row, cast.bo, cast.cy)
    changing.cancel(event, by=cast.ada)
    answering.decline(row, by=cast.bo)
    return refused(lambda: come(row, cast.di)) and not Attendance.objects.going().filter(occurrence=row).exists()


def asks_first(cast: Cast) -> bool:
    """Where hosts approve, nobody sits before one of them said yes, and nobody else says it."""
    row = first(make(cast.ada, approving=True))
    (mine,) = come(row, cast.bo)
    return mine.state == State.ASKED and refused(lambda: deciding.accept(mine, by=cast.di))


def no_means_no(cast: Cast) -> bool:
    """Whom a host refused does not answer her way in."""
    row = first(make(cast.ada))
    (mine,) = come(row, cast.bo)
    deciding.refuse(mine, by=cast.ada)
    return refused(lambda: come(row, cast.bo))


def few_guests(cast: Cast) -> bool:
    """Nobody brings more than the host allows."""
    return refused(lambda: come(make(cast.ada, guests_allowed=1), cast.bo, guests=2))


def in_time(cast: Cast) -> bool:
    """After the time for answers nobody says she comes, and after the beginning nobody gives up."""
    row = over(event := make(cast.ada))
    late = first(make(cast.ada, answer_until=60 * 24 * 30))
    assert event
    return refused(lambda: come(row, cast.bo)) and refused(lambda: come(late, cast.bo))


def link_for_guests(cast: Cast) -> bool:
    """Only those who come and the hosts read the link."""
    at = gather(cast)
    told = {name for name in at.names if page.show(at.viewer(name), at.event).link and name != "removed"}
    return told == {"host", "cohost", "going", "listed"}


def names_by_consent(cast: Cast) -> bool:
    """Only listed names are read, by those to whom the list is shown."""
    at = gather(cast)
    names = {row.member.name for row in people.named(at.viewer("listed"), at.row, hosting=False)}
    connect(cast.bo, at.going)
    at.row.event.list_for = ListFor.ALL
    faces = [people.coming(at.viewer(name), at.row, None, hosting=False) for name in ("cohost", "listed")]
    opens = {
        name for name in ("waiting", "bystander") if at.client(name).get(f"{at.event.path}people/").status_code != 403
    }
    hidden = at.going.name not in names and all(at.going not in each.faces and not each.known_count for each in faces)
    return KIM in names and hidden and not opens


def blocked_are_gone(cast: Cast) -> bool:
    """Whoever a block parts from a host is not at it, and nobody reads the name of whom she blocked."""
    at = gather(cast, list_for="all")
    rows = {row.member_id for row in people.named(at.viewer("cohost"), at.row, hosting=True)}
    count = people.coming(at.viewer("cohost"), at.row, None, hosting=True).count
    return refused(lambda: come(at.row, at.who("parted"))) and at.who("parted").pk not in rows and count == 3


def left_out_stays_out(cast: Cast) -> bool:
    """Nobody is asked by name whom the host left out, or blocked."""
    event = make(cast.ada, choice=Choice(Level.CONNECTIONS, left_out=(cast.cy.pk,)), attendees_invite=True)
    come(event, cast.bo)
    connect(cast.ed, cast.bo)
    return not inviting.invite(event, [cast.cy.pk, cast.ed.pk], by=cast.bo)


def only_connections(cast: Cast) -> bool:
    """One asks people one is connected with, and only who may invite asks anybody."""
    event = make(cast.ada, Level.ONLY_ME)
    stranger = not inviting.invite(event, [cast.di.pk], by=cast.ada)
    return stranger and refused(lambda: inviting.invite(event, [cast.cy.pk], by=cast.bo))


def hosts_alone(cast: Cast) -> bool:
    """Who was asked to host and has not accepted changes nothing; nor does anybody else."""
    at = gather(cast)
    details = Details("Otherwise", place="Elsewhere")
    return all(
        refused(lambda name=name: changing.edit(at.event, details, by=at.who(name)))  # type: ignore[misc]
        for name in ("helper", "going", "bystander", "stranger")
    )


def seat_is_freed(cast: Cast) -> bool:
    """A block frees the seat at once, and whoever waits has it."""
    row = first(make(cast.ada, capacity=1))
    come(row, cast.bo, cast.cy)
    network.block(cast.ada, cast.bo)
    leaving.part(cast.ada.pk, [cast.bo.pk], apart=True)
    return list(Attendance.objects.going().values_list("member_id", flat=True)) == [cast.cy.pk]


def met_by_consent(cast: Cast) -> bool:
    """That two were at one event is told where both came and both are listed, once it has begun."""
    event = make(cast.ada)
    come(event, cast.di, cast.flo)
    come(event, cast.cy, listed=False)
    early = shared.lines(cast.viewer("di"), [cast.flo.pk])
    row = over(event)
    Attendance.objects.filter(member__in=[cast.di, cast.cy]).update(checked_in_at=row.starts_at)
    found = shared.lines(cast.viewer("di"), [cast.flo.pk, cast.cy.pk])
    return not any(early.values()) and not any(found.values())


def stays_at_its_hour(_cast: Cast) -> bool:
    """Weekly at six is at six on both sides of a clock change, and in the night the clock is set too."""
    begins = patterns.Pattern(datetime(2027, 3, 21, 2, 30), 60, "Europe/Berlin", "FREQ=WEEKLY;BYDAY=SU")
    hours = [at.hour for at in islice(begins.beginnings(), 3)]
    twice = patterns.instant(datetime(2027, 10, 31, 2, 30), "Europe/Berlin")
    return hours == [1, 1, 0] and twice == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def last_day_counts(_cast: Cast) -> bool:
    """What ends on a day happens on that day too."""
    rule = recurring.Rule.read("FREQ=DAILY;UNTIL=20270103")
    return len(list(rule.over(datetime(2027, 1, 1, 18)))) == 3


def laid_once(cast: Cast) -> bool:
    """Laying twice makes nothing twice, and never more than there is room for."""
    counts = []
    for rule in ("FREQ=DAILY", "FREQ=WEEKLY"):
        event = make(cast.ada, when=pattern(rule=rule))
        laying.lay(Event.objects.get(pk=event.pk))
        starts = list(Occurrence.objects.filter(event=event).values_list("starts_at", flat=True))
        counts.append(len(starts) if len(starts) == len(set(starts)) else 0)
    return counts[0] == laying.MOST and counts[1] in (52, 53)


def answers_are_kept(cast: Cast) -> bool:
    """Other hours keep the answers: Tuesdays become Thursdays, and what finds no hour is cancelled, not forgotten."""
    event = make(cast.ada, when=pattern(rule="FREQ=WEEKLY;COUNT=4"))
    row = event.occurrences.order_by("number")[2]
    row.event = event
    come(row, cast.bo)
    start = tomorrow(days=9)
    changing.rearrange(event, pattern(start, rule="FREQ=WEEKLY;COUNT=4"), by=cast.ada)
    mine = Attendance.objects.get(member=cast.bo)
    kept = mine.occurrence_id == row.pk and mine.occurrence.starts_at == row.starts_at + timedelta(days=2)
    changing.rearrange(event, pattern(start, rule="FREQ=WEEKLY;COUNT=2"), by=cast.ada)
    mine.occurrence.refresh_from_db()
    return kept and mine.occurrence.cancelled_at is not None
