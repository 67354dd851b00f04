"""An interview as a calendar program reads it (RFC 5545): published, under an identity that stays the same."""

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Event as Part

from collegium.events.ical.making import CANCELLED, CONFIRMED, Place, line, plain
from collegium.events.ical.making import calendar as whole
from collegium.hiring.interviews.reading import Shown
from collegium.lib import clock


def file(shown: Shown, place: Place, *, mine: bool) -> bytes:
    """The file for one side. Of an interview without a chosen time there is an empty calendar.

    Args:
        shown: as the reader sees it.
        place: where addresses lead.
        mine: for the one who applied; else for those who hire.
    """
    parts = [part(shown, place, mine=mine)] if shown.row.starts_at is not None else []
    return whole(parts, _("Interview"))


def part(shown: Shown, place: Place, *, mine: bool) -> Part:
    """The event. Both sides' files name the same one, so that a program that reads both keeps one."""
    row, opening = shown.row, shown.row.application.opening
    made: Any = Part()
    address = f"{place.root}{row.path if mine else row.team_path}"
    about = {"title": opening.title, "organization": opening.organization.name, "name": shown.name}
    words = _("Interview: %(title)s, %(organization)s") if mine else _("Interview with %(name)s: %(title)s")
    made.add("uid", f"interview-{row.pk}@{place.host}")
    made.add("dtstamp", clock.now().replace(microsecond=0))
    made.add("sequence", row.sequence)
    made.add("summary", line(words % about))
    made.add("description", plain("\n\n".join(filter(None, [_with(shown), row.link, address]))))
    made.add("url", address)
    made.add("class", "PRIVATE")
    made.add("status", CONFIRMED if shown.may_touch or shown.state == "held" else CANCELLED)
    if where := line(", ".join(filter(None, [row.place, row.link]))):
        made.add("location", where)
    if row.link:
        made.add("conference", row.link, parameters={"VALUE": "URI"})
    _hours(made, shown)
    return made


def _hours(made: Any, shown: Shown) -> None:
    """By the clock there; as instants where that clock shows the hour twice and this is the second."""
    assert shown.when is not None  # noqa: S101 - what has no time yet is no part of a calendar
    for name, at in (("dtstart", shown.when.starts), ("dtend", shown.when.ends)):
        made.add(name, at.astimezone(UTC) if at.fold else at)


def _with(shown: Shown) -> str:
    """Who comes, as far as the reader may see them."""
    names = ", ".join(member.name for member in shown.people)
    return _("With %(names)s") % {"names": names} if names else ""
