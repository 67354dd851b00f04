"""Pay: what a range comes to in a year, for comparing alone, and how it is said."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from collegium.gazetteer import money
from collegium.openings.models import Opening, Period
from collegium.openings.models.openings import A_YEAR

# The column holds no more, and nobody is paid more.
MOST = 2_000_000_000
# What stands before the figures of an amount, the figures, and what stands after them.
_PIECES = re.compile(r"(\D*)(\d.*\d|\d)(\D*)")


def yearly_euros(high: Decimal | None, currency: str, period: str) -> int | None:
    """The top of a range as euros a year; None where it is not known, or paid once in all.

    Args:
        high: the top.
        currency: ISO 4217.
        period: a `models.Period`.
    """
    if high is None or not currency or period == Period.WHOLE:
        return None
    euros = money.in_euros(high, currency)
    return None if euros is None else min(int(euros * A_YEAR[Period(period)]), MOST)


def words(opening: Opening) -> str:
    """The pay as readers get it, such as "€50,000–60,000 a year"; "" while nobody has said it."""
    if opening.pay_low is None or opening.pay_high is None or not opening.currency:
        return ""
    amount = _range(opening.pay_low, opening.pay_high, opening.currency)
    return _("%(amount)s %(period)s") % {"amount": amount, "period": opening.get_period_display()}


def _range(low: Decimal, high: Decimal, currency: str) -> str:
    """From one amount to another, with the sign of the currency once: "€50,000–60,000", "50.000–60.000 €"."""
    if low == high:
        return money.format_money(low, currency)
    first, last = (_PIECES.fullmatch(money.format_money(each, currency)) for each in (low, high))
    if first is None or last is None or (first[1], first[3]) != (last[1], last[3]):
        return money.format_range(low, high, currency)
    return f"{first[1]}{first[2]}–{last[2]}{last[3]}"
