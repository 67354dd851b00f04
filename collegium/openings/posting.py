"""What an opening must say before it stands: the first half of honesty is asked for, not hoped for.

Rooms above and packages beside know more that hinders: the rules of a country (`packs`), an interviewed applicant who
waits for an answer. They lay what looks for it (`config/wiring.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from collegium.lib import clock
from collegium.openings.models import Ended, Opening, State, Way

# The top of a range is at most so many times its bottom.
WIDEST = Decimal("1.5")
# So long the same post of one organisation is not offered again, unless somebody was hired.
SAME_WITHIN = timedelta(days=60)


class Problem(NamedTuple):
    """Something that hinders: the sentence, and the field of the form beside which it is told ("" above them all)."""

    words: str
    field: str = ""


Look = Callable[[Opening], Iterable[Problem]]


class Hindrances(list[Look]):
    """What else is looked at before an opening is posted."""

    def lay(self, table: Sequence[Look]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table


hindrances = Hindrances()


def problems(opening: Opening) -> list[Problem]:
    """Everything that hinders, in the order in which it is told."""
    found = [*_unsaid(opening), *_pay(opening), *_again(opening)]
    return [*found, *(each for look in hindrances for each in look(opening))]


def _unsaid(opening: Opening) -> Iterator[Problem]:
    if not opening.title:
        yield Problem(_("What is the post called?"), "title")
    if not opening.text:
        yield Problem(_("Say what the work is."), "text")
    if opening.way != Way.REMOTE and not opening.place:
        yield Problem(_("Where is the work done? The name of the town is enough."), "place")
    if opening.way != Way.REMOTE and opening.place and not opening.country:
        yield Problem(_("Choose the country, so that people there find it."), "country")
    if opening.vacancy is None:
        yield Problem(_("Say whether this post is free now."), "vacancy")
    if opening.machine is None:
        yield Problem(_("Say whether a machine takes part in choosing."), "machine")
    if opening.machine and not opening.machine_words:
        yield Problem(_("Say what the machine does."), "machine_words")


def _pay(opening: Opening) -> Iterator[Problem]:
    low, high = opening.pay_low, opening.pay_high
    if low is None or low <= 0:
        yield Problem(_("Every opening here says what it pays: write the least."), "pay_low")
    if high is None or high <= 0:
        yield Problem(_("Every opening here says what it pays: write the most."), "pay_high")
    if not opening.currency:
        yield Problem(_("Choose the currency."), "currency")
    if low and high and high < low:
        yield Problem(_("The most is less than the least."), "pay_high")
    if low and high and high > low * WIDEST:
        yield Problem(
            _("The range is too wide to tell anybody anything: the most can be one and a half times the least."),
            "pay_high",
        )


def _again(opening: Opening) -> Iterator[Problem]:
    """No posting anew to stand on top: the same post waits sixty days, unless somebody was hired."""
    if (same := same_of(opening)) is None or same.posted_at is None:
        return
    day = same.posted_at + SAME_WITHIN
    words = _("Your organisation offered this post already; it can be offered again on %(day)s.")
    yield Problem(words % {"day": day.date().isoformat()}, "title")


def same_of(opening: Opening) -> Opening | None:
    """The same post of the same organisation at the same place, offered in the last sixty days."""
    if not opening.folded_title:
        return None
    rows = Opening.objects.filter(
        organization=opening.organization_id,
        folded_title=opening.folded_title,
        posted_at__gt=clock.now() - SAME_WITHIN,
    ).exclude(pk=opening.pk)
    near = rows.filter(town=opening.town_id) if opening.town_id else rows.filter(place__iexact=opening.place)
    return near.exclude(state=State.CLOSED, ended=Ended.FILLED).order_by("-posted_at").first()
