"""Which events stand in which calendar: each by sight, as it is at this moment, and never without an end."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db.models import Q
from icalendar import Event as Part

from collegium.audience.viewer import NOBODY, Viewer
from collegium.events import rules
from collegium.events.ical import making
from collegium.events.ical.making import Place
from collegium.events.models import Attendance, CalendarFeed, Cohost, Event, Invitation, Occurrence, State
from collegium.events.reading.hosted import hosted_by, in_sight
from collegium.events.reading.page import chosen
from collegium.groups.models import Group
from collegium.lib import clock
from collegium.organizations.models import Organization
from collegium.ties.models import Block

# What was stays so long; so many events, or times of them, stand in one calendar at the most.
BACK = timedelta(days=90)
MOST = 500
POSSIBLE = (State.WAITING, State.ASKED, State.INTERESTED)


def file(viewer: Viewer, event: Event, on: Occurrence | None, place: Place) -> list[Part]:
    """What is taken into one's own calendar from the page of an event: all of it, or one of its times.

    The link comes along for the hosts, and with the time somebody comes to.
    """
    if on is None and event.recurs:
        hosting = rules.may_host(viewer.member, event)
        rows = Occurrence.objects.filter(event=event, ends_at__gt=clock.now() - BACK)
        return making.series(event, rows, place, event.link if hosting else "")
    row = on or chosen(event, 0)
    if row is None:
        return []
    return [making.single(event, row, place, event.link if rules.may_join_in(viewer.member, row) else "")]


def own(feed: CalendarFeed, place: Place) -> list[Part]:
    """What a member comes to and hosts; where she wishes it, what she is invited to or interested in, as possible."""
    viewer = Viewer(feed.member)
    rows = _own_rows(viewer, wider=feed.wider)
    answers = Attendance.objects.filter(member=feed.member, occurrence__in=rows)
    states = dict(answers.values_list("occurrence_id", "state"))
    events = {row.event_id: row.event for row in rows}
    hosted, parted = _hosted(viewer, events.values()), _parted(viewer, events)
    parts = []
    for row in rows:
        hosting = row.event_id in hosted
        comes = states.get(row.pk) == State.GOING and row.event_id not in parted
        link = row.event.link if hosting or comes else ""
        parts.append(making.single(row.event, row, place, link, sure=hosting or comes))
    return parts


def public(place: Place, *, group: Group | None = None, page: Organization | None = None) -> list[Part]:
    """The events of a group or of a page, as somebody signed out sees them: no link, whoever asks."""
    events = Event.objects.visible_to(NOBODY).with_hosts()
    events = events.filter(post__group=group) if group is not None else events.filter(post__page=page)
    recent = Occurrence.objects.filter(ends_at__gt=clock.now() - BACK)
    found = list(events.filter(pk__in=recent.values("event")).order_by("-pk")[:MOST])
    # A series that nobody ever changed is its rule; the times of the others are looked at one by one.
    changed = [event.pk for event in found if not event.recurs or event.sequence]
    by_event: dict[int, list[Occurrence]] = defaultdict(list)
    for row in recent.filter(event__in=changed).order_by("starts_at", "pk"):
        by_event[row.event_id].append(row)
    parts: list[Part] = []
    for event in found:
        if event.recurs:
            parts += making.series(event, by_event[event.pk], place)
        else:
            parts += [making.single(event, row, place) for row in by_event[event.pk]]
    return parts


def _own_rows(viewer: Viewer, *, wider: bool) -> list[Occurrence]:
    states = (State.GOING, *POSSIBLE) if wider else (State.GOING,)
    answered = Attendance.objects.filter(member=viewer.id, state__in=states)
    keys = list(answered.values_list("occurrence_id", flat=True))
    wanted = Q(pk__in=keys) | Q(event__in=hosted_by(viewer))
    if wider:
        asked = Invitation.objects.filter(member=viewer.id, declined_at=None)
        said_no = Attendance.objects.filter(member=viewer.id).exclude(state__in=states).values("occurrence")
        coming = Occurrence.objects.next_ones().filter(event__in=asked.values("event")).exclude(pk__in=said_no)
        wanted |= Q(pk__in=list(coming.values_list("pk", flat=True)))
    rows = Occurrence.objects.filter(wanted, ends_at__gt=clock.now() - BACK)
    related = ("event__post__author", "event__post__page", "event__post__group")
    return in_sight(viewer, list(rows.select_related(*related).order_by("starts_at", "id")[:MOST]))


def _hosted(viewer: Viewer, events: Collection[Event]) -> set[int]:
    return set(hosted_by(viewer)) & {event.pk for event in events}


def _parted(viewer: Viewer, keys: Collection[int]) -> set[int]:
    """Those with a host whom a block parts from her: the author's are out of sight, a second host's are not."""
    hosts = Cohost.objects.filter(event__in=list(keys), accepted_at__isnull=False).exclude(member=viewer.id)
    pairs: Sequence[tuple[int, int]] = list(hosts.values_list("event_id", "member_id"))
    if not pairs:
        return set()
    others = {member for _event, member in pairs}
    between = Block.objects.filter(
        Q(blocker=viewer.id, blocked__in=others) | Q(blocked=viewer.id, blocker__in=others)
    ).values_list("blocker_id", "blocked_id")
    apart = {key for pair in between for key in pair}
    return {event for event, member in pairs if member in apart}
