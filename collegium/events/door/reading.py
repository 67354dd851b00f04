"""Who is expected and who is in, for those at the door; and the file of those who let themselves be named."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, Sum, Value
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Occurrence, Question
from collegium.events.models.attendances import AttendanceQuerySet
from collegium.events.reading import people
from collegium.members.models import Fold

# So many stand on one page; beyond that, whoever is at the door finds people by name.
MOST = 200
MOST_IN_FILE = 20_000
EXPECTED, INSIDE = "expected", "in"
WORDS_LIMIT = 100


@dataclass(frozen=True)
class Door:
    """The list at the door of one time.

    Attributes:
        rows: those to show.
        more: whether there are more than that.
        inside: how many people are in, guests too.
        expected: how many are to come altogether.
        words: what was looked for.
        only: a part of the list that was asked for.
    """

    rows: list[Attendance]
    more: bool
    inside: int
    expected: int
    words: str = ""
    only: str = ""


def door(viewer: Viewer, occurrence: Occurrence, *, words: str = "", only: str = "") -> Door:
    """The list, in a constant number of statements.

    Args:
        viewer: who stands at the door; whom a block parts from her does not stand there.
        occurrence: which time.
        words: part of a name, a handle, or a code as it stands on a ticket.
        only: `EXPECTED` or `INSIDE`; everybody otherwise.
    """
    everybody = people.going(viewer, occurrence)
    came = Q(checked_in_at__isnull=False)
    sums = everybody.aggregate(
        own=Count("id"), brought=Sum("guests"), own_in=Count("id", filter=came), guests_in=Sum("guests", filter=came)
    )
    rows = _called(everybody, words[:WORDS_LIMIT].strip())
    if only in (EXPECTED, INSIDE):
        rows = rows.filter(checked_in_at__isnull=only == EXPECTED)
    found = list(rows.select_related("member", "checked_in_by").order_by("member__sort_name", "pk")[: MOST + 1])
    return Door(
        found[:MOST],
        len(found) > MOST,
        sums["own_in"] + (sums["guests_in"] or 0),
        sums["own"] + (sums["brought"] or 0),
        words[:WORDS_LIMIT].strip(),
        only if only in (EXPECTED, INSIDE) else "",
    )


def _called(rows: AttendanceQuerySet, words: str) -> AttendanceQuerySet:
    """By name, by the @ of the profile, or by the code of the ticket, with or without the spaces it is shown with."""
    if not words:
        return rows
    handle = words.removeprefix("@").lower()
    code = "".join(words.split())
    return rows.filter(
        Q(member__folded__contains=Fold(Value(words))) | Q(member__handle__startswith=handle) | Q(code=code)
    )


def file(viewer: Viewer, occurrence: Occurrence, root: str) -> tuple[list[str], Iterator[list[str]]]:
    """The heads and lines of the file for the hosts.

    Only who let herself be listed is named, with what she answered; of the others stands there that somebody came.
    """
    questions = list(Question.objects.filter(event=occurrence.event_id).order_by("place"))
    heads = [_("Name"), _("Profile"), _("Guests"), _("Came in"), *(question.words for question in questions)]
    rows = people.going(viewer, occurrence).select_related("member").order_by("-listed", "member__sort_name", "pk")
    return heads, (_line(row, questions, occurrence, root) for row in rows[:MOST_IN_FILE])


def _line(row: Attendance, questions: list[Question], occurrence: Occurrence, root: str) -> list[str]:
    came = row.checked_in_at.astimezone(occurrence.event.tz) if row.checked_in_at else None
    counted = [str(row.guests), f"{came:%Y-%m-%d %H:%M}" if came else ""]
    if not row.listed:
        return [_("Does not wish to be named"), "", *counted, *("" for _question in questions)]
    answers = [str(row.answers.get(str(question.pk), "")) for question in questions]
    return [row.member.name, f"{root}{row.member.path}", *counted, *answers]
