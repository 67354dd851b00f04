"""Events to go to, and one to look back at: of a group, of a page, of people; with a line, with questions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collegium.audience.level import Level
from collegium.events.actions import answering, deciding, inviting, making
from collegium.events.details import Asked, Details
from collegium.events.models import Attendance, Event, Form, ListFor, Occurrence, State
from collegium.events.recurring.pattern import Pattern
from collegium.feed.selecting import Choice
from collegium.groups.models import Group
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.portability.demo.showing.people import Stage

HOME, LONDON = "Europe/Stockholm", "Europe/London"


def events(stage: Stage, group: Group, closed: Group, pages: dict[str, Organization]) -> None:
    """All of them.

    Args:
        stage: who is there.
        group: an open one, which meets.
        closed: a private one that Ada keeps.
        pages: by name.
    """
    meetup(stage, group)
    swim(stage, closed)
    online(stage, pages["Thameside Infirmary"])
    been(stage, pages["Västra Vattenkraft"])
    hosted(stage)
    asked(stage)


def _at(stage: Stage, days: int, hour: int, zone: str, weekday: int | None = None) -> datetime:
    """So many days from now at an hour of a place, or on the first such weekday after that."""
    day = (stage.past.now + timedelta(days=days)).astimezone(ZoneInfo(zone)).date()
    if weekday is not None:
        day += timedelta(days=(weekday - day.weekday()) % 7)
    return datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001 - the clock there, whose zone stands beside it


def _first(event: Event) -> Occurrence:
    return event.occurrences.order_by("starts_at")[0]


def _come(occurrence: Occurrence, people: list[Member]) -> None:
    """Those who come where there is room for all: one statement, as a trigger counts their seats."""
    Attendance.objects.bulk_create(
        Attendance(occurrence=occurrence, member=member, state=State.GOING, listed=True) for member in people
    )


def meetup(stage: Stage, group: Group) -> Event:
    """Every second Tuesday, twelve seats, and more who want one."""
    details = Details(
        title="One instrument, one hour",
        about="Somebody brings an instrument, or a photograph of it, and tells what it did wrong. Then everybody asks.",
        form=Form.BOTH,
        place="The reading room of the gauge house",
        address="Strandvägen 2, Trollhättan",
        link="https://meet.example.org/instrument",
        capacity=12,
        guests_allowed=1,
        list_for=ListFor.ALL,
    )
    pattern = Pattern(_at(stage, 2, 18, HOME, weekday=1), 60, HOME, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    with stage.past.ago(days=12):
        event = making.make(details, pattern, by=stage["ines-carvalho"], group=group)
    inside = Member.objects.filter(memberships__group=group).exclude(pk=stage.ada.pk).order_by("handle")
    for member in (stage.ada, *inside[:14]):
        answering.come(_first(event), by=member, listed=True)
    return event


def swim(stage: Stage, group: Group) -> Event:
    """On a wall that few read: the first Sunday."""
    details = Details(title="The long one, 200 metres", about="Slowly, together, with the boat.", place="Saltholmen")
    pattern = Pattern(_at(stage, 3, 7, HOME, weekday=6), 90, HOME)
    with stage.past.ago(days=5):
        event = making.make(details, pattern, by=stage.ada, group=group)
    inside = Member.objects.filter(memberships__group=group).exclude(pk=stage.ada.pk).order_by("handle")
    _come(_first(event), [stage.ada, *inside[:5]])
    return event


def online(stage: Stage, page: Organization) -> Event:
    """An hour online, by a page."""
    details = Details(
        title="Nights: what we changed, and what it cost",
        about="Forty minutes of figures from our wards, twenty of questions. We do not record it.",
        form=Form.ONLINE,
        link="https://meet.example.org/nights",
        list_for=ListFor.ALL,
    )
    pattern = Pattern(_at(stage, 9, 17, LONDON), 60, LONDON)
    with stage.past.ago(days=6):
        event = making.make(details, pattern, by=stage.kofi, page=page)
    _come(_first(event), [*stage.friends(stage.kofi, 17), stage.mei])
    return event


def been(stage: Stage, page: Organization) -> Event:
    """A week ago; Ada was there, with people she does not know yet."""
    details = Details(
        title="Open day inside the dam",
        about="Two kilometres of gallery, six degrees, one lamp each.",
        place="Gate house north",
        address="Åkersjö, Trollhättan",
        guests_allowed=2,
        list_for=ListFor.ATTENDEES,
    )
    with stage.past.ago(days=30):
        event = making.make(details, Pattern(_at(stage, 1, 10, HOME), 180, HOME), by=stage.ada, page=page)
    strangers = Member.objects.active().exclude(connections__other=stage.ada).exclude(pk=stage.ada.pk)
    _come(_first(event), [stage.ada, *stage.friends(stage.ada, 5), *strangers.order_by("-handle")[:9]])
    _long_ago(event, days=8)
    return event


def _long_ago(event: Event, *, days: int) -> None:
    """Nobody can make an event that is over, or say that she came to one; so it happened earlier than it was to."""
    earlier = timedelta(days=days)
    for row in event.occurrences.all():
        row.original_at, row.starts_at, row.ends_at = (
            at - earlier for at in (row.original_at, row.starts_at, row.ends_at)
        )
        row.save(update_fields=["original_at", "starts_at", "ends_at"])
    Attendance.objects.filter(occurrence__event=event).update(since=_first(event).starts_at - timedelta(days=2))
    event.day -= earlier
    event.save(update_fields=["day"])


def hosted(stage: Stage) -> Event:
    """Ada's own, where she says yes to each: three wait, two come."""
    details = Details(
        title="A walk along the drain, for people who write about dams",
        about="Three hours in the rain, slowly. You will see where the water is meant to come out, and where it does.",
        place="Car park below the crest",
        address="Olidevägen 31, Trollhättan",
        capacity=8,
        approving=True,
        guests_allowed=1,
        list_for=ListFor.HOSTS,
        questions=(Asked("What do you write, and for whom?", required=True), Asked("Which size of boots?")),
    )
    choice = Choice(Level.MEMBERS)
    with stage.past.ago(days=4):
        event = making.make(details, Pattern(_at(stage, 16, 9, HOME), 180, HOME), by=stage.ada, choice=choice)
    what, boots = (str(key) for key in event.questions.order_by("place").values_list("pk", flat=True))
    said = (
        "A column on rivers, for farmers.",
        "Minutes, for a council.",
        "A novel with a flood in it.",
        "Manuals.",
        "Poems.",
    )
    for number, (member, words) in enumerate(zip(stage.friends(stage.ada, 5), said, strict=True)):
        answers = {what: words, boots: str(38 + number)}
        mine = answering.come(_first(event), by=member, answers=answers, listed=True)
        if number < 2:
            deciding.accept(mine, by=stage.ada)
    return event


def asked(stage: Stage) -> Event:
    """Mei asks Ada and Kofi."""
    details = Details(
        title="Drawing on stairs",
        about="Bring chalk. The stair of the old customs house is ours for an evening, all forty-one steps.",
        place="Customs house",
        address="Gate 4, old harbour, Göteborg",
        guests_allowed=3,
        list_for=ListFor.ALL,
        attendees_invite=True,
    )
    choice = Choice(Level.CONNECTIONS)
    with stage.past.ago(days=2):
        event = making.make(details, Pattern(_at(stage, 20, 19, HOME), 150, HOME), by=stage.mei, choice=choice)
    _come(_first(event), [each for each in stage.friends(stage.mei, 12) if each not in {stage.ada, stage.kofi}])
    note = "The lower handrail is there already. I would like you to hold on to it."
    with stage.past.ago(days=1.2):
        inviting.invite(event, [stage.ada.pk, stage.kofi.pk], note, by=stage.mei)
    return event
