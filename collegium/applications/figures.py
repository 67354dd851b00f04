"""How an organisation answers those who apply, counted over all its applications of twelve months.

Three kinds are left out, because in them nobody had anything to answer: those that a question ended at once, those
that were withdrawn within fourteen days before anybody answered, and those that wait, younger than fourteen days. How
many they are stands beside the figures, so that everybody can do the sum.
"""

# ruff: noqa: S608 - made of constants alone

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.applications.models import Application, Standing
from collegium.lib import clock
from collegium.openings.figures import Figures
from collegium.ui.text import day

OVER, YOUNG, OWED_AFTER = timedelta(days=365), timedelta(days=14), timedelta(days=45)
# Of fewer one could guess who was meant, and a rate would say nothing.
FEWEST = 5

_UNFIT = f"standing = {Standing.UNFIT.value} AND answered_at IS NULL"
_LEFT = f"standing = {Standing.WITHDRAWN.value} AND answered_at IS NULL AND ended_at < sent_at + %(young)s"
_FRESH = f"standing < {Standing.HIRED.value} AND answered_at IS NULL AND sent_at > %(now)s - %(young)s"
_COUNTED = f"NOT (({_UNFIT}) OR ({_LEFT}) OR ({_FRESH}))"
SUMS = f"""SELECT organization_id, count(*) FILTER (WHERE {_COUNTED}),
    count(*) FILTER (WHERE {_COUNTED} AND answered_at IS NOT NULL),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - sent_at))
        FILTER (WHERE {_COUNTED} AND answered_at IS NOT NULL),
    count(*) FILTER (WHERE {_UNFIT}), count(*) FILTER (WHERE {_LEFT}), count(*) FILTER (WHERE {_FRESH})
FROM applications_application
WHERE organization_id = ANY(%(keys)s) AND sent_at > %(now)s - %(over)s AND sent_at <= %(now)s
GROUP BY organization_id"""
_DAYS = "extract(epoch FROM answered_at - sent_at) / 86400"
SPREAD = f"""SELECT CASE WHEN answered_at IS NULL THEN {{none}} ELSE width_bucket({_DAYS}, ARRAY[3, 7, 14, 30]) END,
    count(*)
FROM applications_application
WHERE organization_id = %(key)s AND sent_at > %(now)s - %(over)s AND sent_at <= %(now)s AND {_COUNTED}
GROUP BY 1"""
A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted of one organisation.

    Attributes:
        counted: applications that count.
        answered: those of them that a person answered.
        seconds: the median until the first answer; None where nobody answered.
        unfit: left out: ended at once by a question.
        left: left out: withdrawn early.
        fresh: left out: they still have time.
    """

    counted: int = 0
    answered: int = 0
    seconds: float | None = None
    unfit: int = 0
    left: int = 0
    fresh: int = 0

    @property
    def tells(self) -> bool:
        """Whether there are enough to say anything."""
        return self.counted >= FEWEST

    @property
    def rate(self) -> int | None:
        """Of a hundred so many were answered. Rounded down, so that a hundred means all of them."""
        return self.answered * 100 // self.counted if self.tells else None

    @property
    def days(self) -> int | None:
        """The median of days until the first answer, rounded up: less than a day is one."""
        if not self.tells or self.seconds is None:
            return None
        return max(1, -int(-self.seconds // A_DAY))


def sums(keys: Iterable[int]) -> dict[int, Sums]:
    """What is counted of these organisations, by key; one statement, however much there is."""
    asked: dict[str, Any] = {"keys": list(keys), "now": clock.now(), "over": OVER, "young": YOUNG}
    with connection.cursor() as cursor:
        cursor.execute(SUMS, asked)
        return {row[0]: Sums(*row[1:]) for row in cursor.fetchall()}


def of(keys: Iterable[int]) -> Mapping[int, Figures]:
    """The figures of these organisations, by key; those to which nobody applied are left out. Two statements."""
    wanted = list(keys)
    counted, owing = sums(wanted), owed(wanted)
    return {
        key: Figures(
            rate=counted.get(key, Sums()).rate,
            days=counted.get(key, Sums()).days,
            counted=counted.get(key, Sums()).counted,
            owed=owing.get(key, ""),
        )
        for key in wanted
        if key in counted or key in owing
    }


# How long until the first answer; the last is no answer at all.
SPANS: tuple[str | Promise, ...] = (
    _("Within three days"),
    _("Within a week"),
    _("Within two weeks"),
    _("Within thirty days"),
    _("Later"),
    _("Not answered"),
)


def spread(key: int) -> list[int]:
    """How many of the counted ones of an organisation fall into each of `SPANS`."""
    found = [0] * len(SPANS)
    asked: dict[str, Any] = {"key": key, "now": clock.now(), "over": OVER, "young": YOUNG}
    with connection.cursor() as cursor:
        cursor.execute(SPREAD.format(none=len(SPANS) - 1), asked)
        for place, count in cursor.fetchall():
            found[place] = count
    return found


def owed(keys: Iterable[int]) -> dict[int, str]:
    """Since which day an interviewed applicant waits for an answer at these organisations, where one waits too long."""
    rows = Application.objects.filter(organization__in=list(keys), owed_since__lte=clock.now() - OWED_AFTER)
    since = rows.order_by().values_list("organization").annotate(since=Min("owed_since"))
    return {key: day(at) for key, at in since}


def waiting(openings: Iterable[int]) -> Mapping[int, int]:
    """How many applications nobody has read yet, by key of the opening."""
    rows = Application.objects.filter(opening__in=list(openings), standing=Standing.SENT, erased_at=None)
    return dict(rows.order_by().values_list("opening").annotate(Count("pk")))


def applied(openings: Iterable[int]) -> Mapping[int, int]:
    """How many were ever sent, by key of the opening; erased ones count, so that it says nothing of when they go."""
    rows = Application.objects.filter(opening__in=list(openings))
    return dict(rows.order_by().values_list("opening").annotate(Count("pk")))
