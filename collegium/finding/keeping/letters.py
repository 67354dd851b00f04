"""The mail with what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.utils import translation

from collegium.finding.models.saved import Letter, Saved
from collegium.lib import mail, unsubscribe
from collegium.openings import pay
from collegium.openings.cards import where
from collegium.openings.models import Opening

ALL, ONE = "jobsearches", "jobsearch"
TEMPLATE = "finding/mails/matches"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """An opening as the mail has it."""

    opening: Opening
    pay: str
    where: str


@dataclass(frozen=True, slots=True)
class Part:
    """One search: the newest of what is new, how much more there is, and the address that ends its mails."""

    saved: Saved
    lines: list[Line]
    rest: int
    end: str


def message(rows: Sequence[Saved], found: Mapping[int, Sequence[Opening]], letter: Letter) -> EmailMessage:
    """The mail itself.

    Args:
        rows: her searches.
        found: what is new, by key of the search, the newest first.
        letter: the row of this mail.
    """
    user = rows[0].member.user
    with translation.override(user.locale or translation.get_language()):
        parts = [_part(row, found[row.pk]) for row in rows if row.pk in found]
    return mail.compose(
        TEMPLATE,
        to=user.email,
        context={"parts": parts, "count": letter.count, "end": unsubscribe.address(ALL, letter.pk)},
        locale=user.locale,
        headers=unsubscribe.headers(ALL, letter.pk),
    )


def _part(row: Saved, openings: Sequence[Opening]) -> Part:
    lines = [Line(each, pay.words(each), where(each)) for each in openings[:SHOWN]]
    return Part(row, lines, len(openings) - len(lines), unsubscribe.address(ONE, row.pk))
