"""Events in a row: what one goes to, is asked to, and might go to. Nothing stands there that one may not see anyway."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from collegium.audience.level import Level
from collegium.audience.rule import IN_PLACE
from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Cohost, Event, Form, Invitation, Occurrence, State
from collegium.events.models.attendances import CONCERNED
from collegium.events.models.occurrences import OccurrenceQuerySet
from collegium.events.reading import times
from collegium.events.reading.hosted import hosted_by
from collegium.events.reading.times import When
from collegium.feed.models import Post
from collegium.groups.models import Membership
from collegium.lib import clock, cursor
from collegium.pages.models import Follow as PageFollow
from collegium.ties.models import Connection, Follow

PAGE = 20
# So many of her own are looked through for a page, and so many keys begin a statement.
TRIED, KEYS = 200, 1_000
MICROS = 1_000_000


class Shelf(StrEnum):
    """Which events."""

    MINE = "mine"
    INVITED = "invited"
    PLACES = "places"
    NETWORK = "network"
    OPEN = "open"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Line:
    """One event in a row."""

    occurrence: Occurrence
    when: When
    here: When | None
    state: str
    hosting: bool

    @property
    def event(self) -> Event:
        """Which."""
        return self.occurrence.event

    @property
    def free(self) -> int | None:
        """Seats left."""
        capacity = self.event.capacity
        return None if capacity is None else max(capacity - self.occurrence.seats_taken, 0)


def listing(viewer: Viewer, shelf: Shelf, *, form: str = "", month: str = "", after: str = "") -> dict[str, Any]:
    """A page of one shelf, in a constant number of statements.

    Args:
        viewer: who looks; must be signed in, but for what is open to all.
        shelf: which events.
        form: narrows to a `models.Form`.
        month: narrows to "2026-12".
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = _month(_form(_shelf(viewer, shelf), form), month)
    back = shelf == Shelf.PAST
    if after:
        rows = _beyond(rows, *cursor.unpack(after, 2), back=back)
    order = ("-starts_at", "-id") if back else ("starts_at", "id")
    related = ("event__post__author", "event__post__page", "event__post__group")
    tried: list[tuple[int, datetime]] = []
    if shelf in (Shelf.MINE, Shelf.PAST):
        # What is hers is little beside what there is: the next of it first, then whether she sees it still.
        tried = list(rows.order_by(*order).values_list("pk", "starts_at")[:TRIED])
        rows = Occurrence.objects.filter(pk__in=[key for key, _at in tried])
    seen = rows.filter(event__post__in=Post.objects.visible_to(viewer))
    found = list(seen.select_related(*related).order_by(*order)[: PAGE + 1])
    more = ""
    if len(found) > PAGE:
        more = _cursor(found[PAGE - 1].pk, found[PAGE - 1].starts_at)
    elif len(tried) == TRIED:
        more = _cursor(*tried[-1])
    return {"lines": lines(viewer, found[:PAGE]), "more": more, "first": not after}


def lines(viewer: Viewer, rows: Sequence[Occurrence]) -> list[Line]:
    """These, with what the viewer answered to each; two statements."""
    member = viewer.member
    zone = times.zone_of(member.pk) if member is not None and rows else ""
    mine: dict[int, str] = {}
    hosted: set[int] = set()
    if member is not None and rows:
        answers = Attendance.objects.filter(member=member, occurrence__in=rows)
        mine = dict(answers.values_list("occurrence_id", "state"))
        cohosted = Cohost.objects.filter(member=member, accepted_at__isnull=False)
        hosted = set(cohosted.filter(event__in=[row.event_id for row in rows]).values_list("event_id", flat=True))
        hosted |= {row.event_id for row in rows if row.event.post.author_id == member.pk}
    made = []
    for row in rows:
        there = times.by_clock(row.starts_at, row.ends_at, row.event.zone)
        here = times.for_reader(there, zone) if zone else None
        made.append(Line(row, there, here, mine.get(row.pk, ""), row.event_id in hosted))
    return made


def invited_count(viewer: Viewer) -> int:
    """How many invitations wait for an answer, for the tab."""
    if not viewer:
        return 0
    return _shelf(viewer, Shelf.INVITED).filter(event__post__in=Post.objects.visible_to(viewer)).count()


def _shelf(viewer: Viewer, shelf: Shelf) -> OccurrenceQuerySet:
    """What stands on it, before anybody asks whether she sees it.

    Whatever is hers (groups, invitations) is fetched as keys: few, and the database begins at them.
    """
    now = clock.now()
    if shelf in (Shelf.MINE, Shelf.PAST):
        own = _own(viewer)
        return own.to_come(now) if shelf == Shelf.MINE else own.filter(ends_at__lte=now)
    coming = Occurrence.objects.next_ones(now).filter(event__cancelled_at=None)
    match shelf:
        case Shelf.INVITED:
            asked = Invitation.objects.filter(member=viewer.id, declined_at=None).exclude(event__in=_answered(viewer))
            return coming.filter(event__in=list(asked.order_by("-pk").values_list("event_id", flat=True)[:KEYS]))
        case Shelf.PLACES:
            groups = list(Membership.objects.filter(member=viewer.id).values_list("group_id", flat=True)[:KEYS])
            followed = PageFollow.objects.filter(member=viewer.id).values_list("organization_id", flat=True)
            return coming.filter(Q(event__post__group__in=groups) | Q(event__post__page__in=list(followed[:KEYS])))
        case Shelf.NETWORK:
            return coming.filter(event__post__group=None, event__post__author__in=_near(viewer))
        case _:
            # For whoever is signed out, what is for members is left out before anybody asks in earnest.
            open_ = coming.filter(event__post__audience__in=[Level.EVERYONE, IN_PLACE])
            return coming.exclude(event__post__author=viewer.id) if viewer else open_


def _own(viewer: Viewer) -> OccurrenceQuerySet:
    """What she comes to, waits or asks for, is interested in, or hosts; of what she hosts in series the next alone."""
    answered = Attendance.objects.filter(member=viewer.id, state__in=CONCERNED).values("occurrence")
    later = Occurrence.objects.to_come().standing().filter(event=OuterRef("event"), starts_at__lt=OuterRef("starts_at"))
    once = Q(event__rule="") | Q(ends_at__lte=clock.now()) | ~Exists(later)
    held = Occurrence.objects.filter(event__in=hosted_by(viewer)).filter(once)
    return Occurrence.objects.filter(pk__in=answered.union(held.values("pk")))


def _answered(viewer: Viewer) -> QuerySet[Any]:
    states = (State.GOING, State.WAITING, State.ASKED, State.DECLINED, State.REFUSED)
    rows = Attendance.objects.filter(member=viewer.id, state__in=states)
    return rows.values(event=F("occurrence__event"))


def _near(viewer: Viewer) -> QuerySet[Any]:
    """Whom she is connected with or follows."""
    connected = Connection.objects.filter(member=viewer.id).values("other")
    return connected.union(Follow.objects.filter(follower=viewer.id).values("followee"))


def _beyond(rows: OccurrenceQuerySet, micros: int, key: int, *, back: bool) -> OccurrenceQuerySet:
    """Those after a cursor, in the direction of the shelf."""
    at = _instant(micros)
    if back:
        return rows.filter(Q(starts_at__lt=at) | Q(starts_at=at, pk__lt=key))
    return rows.filter(Q(starts_at__gt=at) | Q(starts_at=at, pk__gt=key))


def _cursor(key: int, at: datetime) -> str:
    return cursor.pack(int(at.timestamp() * MICROS), key)


def _form(rows: OccurrenceQuerySet, form: str) -> OccurrenceQuerySet:
    """Online finds what is both, and so does in person."""
    if form not in Form.values:
        return rows
    return rows.filter(event__form__in=[form, Form.BOTH])


def _month(rows: OccurrenceQuerySet, month: str) -> OccurrenceQuerySet:
    """The month as UTC has it: a day more or less at its ends is no loss in a list."""
    try:
        begins = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        return rows
    if not 1970 < begins.year < 9998:
        return rows
    after = begins.replace(year=begins.year + begins.month // 12, month=begins.month % 12 + 1)
    return rows.filter(starts_at__gte=begins, starts_at__lt=after)


def _instant(micros: int) -> datetime:
    """The moment a cursor names; what cannot be one is the beginning of time."""
    try:
        return datetime.fromtimestamp(micros / MICROS, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
