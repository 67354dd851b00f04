"""What a post can show of this network (`shares`): each sort of thing by its address, in the eyes of whoever reads."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.events.models import Event
from collegium.events.reading import times
from collegium.feed.models import Post
from collegium.groups.models import Group
from collegium.lib import clock
from collegium.openings.models import Opening
from collegium.openings.pay import words as pay
from collegium.organizations.models import Organization
from collegium.shares.things import Card, Thing


def _last(path: str, before: str) -> str:
    """What stands in an address after its beginning; empty where more stands there, or nothing."""
    rest = path.removeprefix(before).strip("/") if path.startswith(before) else ""
    return "" if "/" in rest else rest


def _by_handle(before: str, rows: Callable[[Viewer], QuerySet[Any]]) -> Callable[[Viewer, str], int | None]:
    def find(viewer: Viewer, path: str) -> int | None:
        handle = _last(path, before)
        return rows(viewer).filter(handle=handle).values_list("pk", flat=True).first() if handle else None

    return find


def _by_key(before: str, rows: Callable[[Viewer], QuerySet[Any]]) -> Callable[[Viewer, str], int | None]:
    def find(viewer: Viewer, path: str) -> int | None:
        key = _last(path, before)
        # Longer than any key there is, a number would be none the database knows.
        if not (key.isascii() and key.isdecimal() and len(key) < 19):
            return None
        return rows(viewer).filter(pk=int(key)).values_list("pk", flat=True).first()

    return find


def _groups(viewer: Viewer) -> QuerySet[Group]:
    return Group.objects.visible_to(viewer).filter(ended_at=None)


def _of_groups(viewer: Viewer, keys: Collection[int]) -> dict[int, Card]:
    def line(row: Group) -> str:
        people = ngettext("%(n)s member", "%(n)s members", row.member_count) % {"n": row.member_count}
        return f"{row.line} · {people}" if row.line else people

    rows = _groups(viewer).filter(pk__in=keys)
    return {row.pk: Card(_("Group"), "users-round", row.name, line(row), row.path, row) for row in rows}


def _organizations(_viewer: Viewer) -> QuerySet[Organization]:
    return Organization.objects.all()


def _of_organizations(viewer: Viewer, keys: Collection[int]) -> dict[int, Card]:
    found = {}
    for row in _organizations(viewer).filter(pk__in=keys).select_related("merged_into"):
        stands = row.merged_into or row
        line = " · ".join(filter(None, (stands.industry, stands.place)))
        found[row.pk] = Card(str(stands.get_kind_display()), "building-2", stands.name, line, stands.path, stands)
    return found


def _events(viewer: Viewer) -> QuerySet[Event]:
    return Event.objects.filter(post__in=Post.objects.visible_to(viewer))


def _of_events(viewer: Viewer, keys: Collection[int]) -> dict[int, Card]:
    found = {}
    for row in _events(viewer).filter(pk__in=keys).prefetch_related("occurrences"):
        dates = sorted(row.occurrences.all(), key=lambda each: each.starts_at)
        now = clock.now()
        next_one = next((each for each in dates if each.ends_at > now and not each.cancelled_at), None)
        label = _("Event, cancelled") if row.cancelled_at else _("Event")
        when = times.by_clock(next_one.starts_at, next_one.ends_at, row.zone) if next_one else None
        said = f"{when.day}, {when.hours}" if when else _("It is over")
        found[row.pk] = Card(label, "calendar", row.title, " · ".join(filter(None, (said, row.place))), row.path)
    return found


def _openings(viewer: Viewer) -> QuerySet[Opening]:
    return Opening.objects.visible_to(viewer).standing()


def _of_openings(viewer: Viewer, keys: Collection[int]) -> dict[int, Card]:
    """Those that are over too: for whom one was meant, she reads that it is."""
    found = {}
    for row in Opening.objects.once_visible_to(viewer).filter(pk__in=keys).select_related("organization"):
        line = " · ".join(filter(None, (row.organization.name, row.place, pay(row))))
        label = _("Job") if row.stands else _("Job, no longer open")
        found[row.pk] = Card(label, "briefcase", row.title, line, row.path, row.organization)
    return found


THINGS = {
    "group": Thing(_by_handle("/groups/", _groups), _of_groups),
    "page": Thing(_by_handle("/organizations/", _organizations), _of_organizations),
    "event": Thing(_by_key("/events/", _events), _of_events),
    "job": Thing(_by_key("/jobs/", _openings), _of_openings),
}
