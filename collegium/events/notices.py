"""Who hears of what happens to an event, in which words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from collegium.events import tasks
from collegium.events.actions import leaving
from collegium.events.models import Attendance, Cohost, Event, Invitation, Occurrence
from collegium.events.models.attendances import CONCERNED
from collegium.events.saying import (
    ACCEPTED,
    ASKED,
    CANCELLED,
    CHANGED,
    DATES,
    FEWER,
    GONE,
    HOST_ACCEPTED,
    HOST_ASKED,
    INVITED,
    KINDS,
    MOVED_UP,
    ON_AGAIN,
    REFUSED,
    TIME,
)
from collegium.feed.holding import holders
from collegium.groups.models import Membership
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.notifications.tell import notify, retract
from collegium.realtime.poke import poke

__all__ = ["KINDS"]
# Changes within so long are told as one.
TOGETHER = timedelta(minutes=30)


def invited(entry: Entry) -> None:
    """Who was asked hears by whom."""
    key = entry.data["event"]
    heard = {"actor": entry.actor, "cause": f"event-invited:{key}:{entry.data['member']}", "subject": key}
    if Invitation.objects.filter(pk=entry.subject or 0).exists():
        notify([entry.data["member"]], kind=INVITED, **heard)


def uninvited(entry: Entry) -> None:
    """Nobody is told any more."""
    retract(cause=f"event-invited:{entry.data['event']}:{entry.data['member']}")


def answered(entry: Entry) -> None:
    """The hosts hear that somebody asks; open pages look again."""
    event = _event(entry.subject)
    if event is None:
        return
    cause = f"event-asks:{entry.data['attendance']}"
    if entry.data["state"] == "asked":
        about = {"actor": entry.actor, "cause": cause, "subject": event.pk, "on": entry.data["occurrence"]}
        notify(hosts_of(event), kind=ASKED, **about)
    elif entry.data["before"] == "asked":
        retract(cause=cause)
    look_again(entry)


def moved_up(entry: Entry) -> None:
    """Who got a seat hears it, and until when to give it back if she cannot come."""
    row = Attendance.objects.filter(pk=entry.subject or 0, state="going").first()
    if row is not None:
        until = row.give_back_by.isoformat() if row.give_back_by else ""
        cause = f"event-moved-up:{row.pk}:{entry.pk}"
        about = {"subject": entry.data["event"], "on": row.occurrence_id, "until": until}
        notify([row.member_id], kind=MOVED_UP, actor=None, cause=cause, **about)
    _look_again(entry.data["event"])


def fewer_offered(entry: Entry) -> None:
    """Who waits with more people than seats came free hears how many there are, once for each number."""
    row = Attendance.objects.filter(pk=entry.subject or 0, state="waiting").first()
    if row is not None:
        seats = entry.data["seats"]
        about = {"subject": entry.data["event"], "on": row.occurrence_id, "seats": seats}
        notify([row.member_id], kind=FEWER, actor=None, cause=f"event-fewer:{row.pk}:{seats}", **about)


def accepted(entry: Entry) -> None:
    """Who asked hears the yes, and whether it is a seat or a place in the line."""
    _decided(entry, ACCEPTED, waits=entry.data["state"] == "waiting")


def refused(entry: Entry) -> None:
    """Who asked hears the no; the words stand on the page."""
    _decided(entry, REFUSED)


def edited(entry: Entry) -> None:
    """Those who answered hear of another time or place; changes close together are one line."""
    event = _event(entry.subject)
    if event is None:
        return
    since = ids.floor_at(clock.now() - TOGETHER)
    near = Entry.objects.filter(kind__in=["events.edited", "events.moved"], subject=event.pk, pk__gte=since)
    what = {word for each in near for word in each.data.get("what", [TIME])}
    if entry.data.get("what", [TIME]):
        retract(kind=CHANGED, subject=event.pk)
        cause = f"event-changed:{event.pk}:{entry.pk}"
        _tell(event, CHANGED, entry, concerned(event, entry.data.get("occurrence")), cause, what=sorted(what))
    look_again(entry)


def date_cancelled(entry: Entry) -> None:
    """Those who answered the times that fell away hear it, with the words."""
    event = _event(entry.subject)
    if event is None:
        return
    keys = entry.data["occurrences"]
    rows = Attendance.objects.filter(occurrence__in=keys, state__in=CONCERNED)
    told = set(rows.values_list("member_id", flat=True))
    cause = f"event-dates:{event.pk}:{entry.pk}"
    _tell(event, DATES, entry, told, cause, words=entry.data["words"], n=len(keys), on=keys[0] if keys else 0)
    look_again(entry)


def cancelled(entry: Entry) -> None:
    """Everybody who answered, or was asked, hears it, with the words."""
    event = _event(entry.subject)
    if event is None or event.cancelled_at is None:
        return
    retract(kind=CHANGED, subject=event.pk)
    retract(kind=ON_AGAIN, subject=event.pk)
    told = concerned(event) | set(event.invitations.filter(declined_at=None).values_list("member_id", flat=True))
    _tell(event, CANCELLED, entry, told, f"event-cancelled:{event.pk}:{entry.pk}", words=entry.data["words"])
    look_again(entry)


def on_again(entry: Entry) -> None:
    """It happens after all: what was told is taken back, and they hear it."""
    event = _event(entry.subject)
    if event is not None and event.cancelled_at is None:
        retract(kind=CANCELLED, subject=event.pk)
        _tell(event, ON_AGAIN, entry, concerned(event), f"event-on:{event.pk}:{entry.pk}")
    look_again(entry)


def removed(entry: Entry) -> None:
    """Those who were to come hear that it is gone with its post."""
    for kind in (INVITED, ASKED, CHANGED, CANCELLED, DATES, ON_AGAIN, HOST_ASKED, HOST_ACCEPTED, MOVED_UP, FEWER):
        retract(kind=kind, subject=entry.subject)
    about = {"subject": entry.subject, "title": entry.data["title"]}
    notify(entry.data["members"], kind=GONE, actor=None, cause=f"event-gone:{entry.subject}", **about)


def host_asked(entry: Entry) -> None:
    """Who is to help hears it."""
    if Cohost.objects.filter(event=entry.subject or 0, member=entry.data["member"], accepted_at=None).exists():
        cause = f"event-host:{entry.subject}:{entry.data['member']}"
        notify([entry.data["member"]], kind=HOST_ASKED, actor=entry.actor, cause=cause, subject=entry.subject)


def host_accepted(entry: Entry) -> None:
    """Whose event it is hears the yes."""
    event = _event(entry.subject)
    if event is not None:
        cause = f"event-hosts:{event.pk}:{entry.actor}"
        notify(holders(event.post), kind=HOST_ACCEPTED, actor=entry.actor, cause=cause, subject=event.pk)
    look_again(entry)


def host_dropped(entry: Entry) -> None:
    """Nobody is told any more."""
    retract(cause=f"event-host:{entry.subject}:{entry.data['member']}")
    look_again(entry)


def blocked(entry: Entry) -> None:
    """What two have to do with each other at events of either is over, at once and for good."""
    if entry.actor is not None and entry.subject is not None:
        leaving.part(entry.actor, [entry.subject], apart=True)


def parted(entry: Entry) -> None:
    """Whoever no longer sees an event has no seat there; a while later, because a parting can be taken back."""
    tasks.settle.configure(schedule_in={"minutes": 10}).defer(one=entry.actor or 0, others=entry.data["others"])


def suspended(entry: Entry) -> None:
    """Whoever is out of standing comes to nothing, and what she alone hosts is out of sight."""
    if entry.subject is not None:
        leaving.settle([entry.subject])


def left_group(entry: Entry) -> None:
    """Whoever is no longer in a group does not come to what only its members see."""
    group, member = entry.data.get("group") or entry.subject, entry.data.get("member") or entry.actor
    if member is not None and not Membership.objects.filter(member=member, group=group).exists():
        leaving.settle([member], list(Event.objects.filter(post__group=group).values_list("pk", flat=True)))


def group_closed(entry: Entry) -> None:
    """A group whose walls are for its members now: nobody else comes to its events."""
    coming = Occurrence.objects.filter(event__post__group=entry.subject).to_come()
    rows = Attendance.objects.filter(occurrence__in=coming)
    leaving.settle(set(rows.values_list("member_id", flat=True)))


def narrowed(entry: Entry) -> None:
    """A post that is for fewer people now: those who do not see it any more do not come."""
    event = Event.objects.filter(post=entry.subject or 0).first()
    if event is not None:
        rows = Attendance.objects.filter(occurrence__event=event, occurrence__in=Occurrence.objects.to_come())
        leaving.settle(list(rows.values_list("member_id", flat=True)), [event.pk])


def look_again(entry: Entry) -> None:
    """Open pages of the event look again."""
    _look_again(entry.subject)


def hosts_of(event: Event) -> set[int]:
    """The keys of everybody who hosts it."""
    cohosts = Cohost.objects.filter(event=event, accepted_at__isnull=False)
    return set(holders(event.post)) | set(cohosts.values_list("member_id", flat=True))


def concerned(event: Event, occurrence: int | None = None) -> set[int]:
    """Everybody who answered a time that is to come, and still sees the event."""
    coming = Occurrence.objects.filter(event=event).to_come()
    coming = coming.filter(pk=occurrence) if occurrence else coming
    rows = Attendance.objects.filter(occurrence__in=coming, state__in=CONCERNED)
    return set(rows.values_list("member_id", flat=True))


def _event(key: int | None) -> Event | None:
    return Event.objects.with_hosts().filter(pk=key or 0).first()


def _look_again(key: int | None) -> None:
    event = _event(key)
    if event is not None:
        poke(concerned(event) | hosts_of(event), event.topic)


def _tell(event: Event, kind: str, entry: Entry, members: Iterable[int], cause: str, **about: Any) -> None:
    """Tell all but who did it. What a page does, no person of it does."""
    actor = None if event.post.page_id is not None else entry.actor
    notify(set(members) - {entry.actor or 0}, kind=kind, actor=actor, cause=cause, subject=event.pk, **about)


def _decided(entry: Entry, kind: str, **about: Any) -> None:
    retract(cause=f"event-asks:{entry.data['attendance']}")
    event = _event(entry.subject)
    if event is not None:
        cause = f"event-decided:{entry.data['attendance']}:{entry.pk}"
        _tell(event, kind, entry, [entry.data["member"]], cause, on=entry.data["occurrence"], **about)
    look_again(entry)
