"""Amounts of money: what currencies are called, how amounts are written, and what they are in euros.

Rates are the European Central Bank's reference rates of one day, which lie in `data/rates.tsv` with that day. They are
for comparing alone, and whatever is compared by them says of which day they are (`rated_words`).
"""

import functools
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_currency, get_currency_name, get_currency_precision, get_currency_symbol
from django.utils.translation import gettext as _

from collegium.gazetteer.countries import locale, plain
from collegium.gazetteer.loading import DATA

EURO = "EUR"
_CENT = Decimal("0.01")
# Where letters stand for a sign, a space parts them from the figures ("CHF 90,000"), as CLDR asks.
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)")


def currencies() -> list[tuple[str, str]]:
    """Every currency that is in use somewhere now, as its code (ISO 4217) and its name, by name."""
    named = [(code, currency_name(code)) for code in _in_use()]
    return sorted(named, key=lambda each: plain(each[1]))


def is_currency(code: str) -> bool:
    """Whether these three capitals are a currency in use."""
    return code in _in_use()


def currency_name(code: str) -> str:
    """What a currency is called, in the language of the moment."""
    return str(get_currency_name(code, locale=locale()))


def symbol(code: str) -> str:
    """Its sign, as the language of the moment tells it from others of the same look ("CA$")."""
    return str(get_currency_symbol(code, locale=locale()))


def format_money(amount: Decimal | float, currency: str) -> str:
    """An amount as people write it; whole amounts without cents."""
    number = Decimal(amount)
    digits = get_currency_precision(currency)
    pattern = locale().currency_formats["standard"].pattern
    whole = number == number.to_integral_value()
    places = "" if whole or not digits else "." + "0" * digits
    made = pattern.replace(".00", places)
    written = format_currency(number, currency, format=made, locale=locale(), currency_digits=False)
    return _TOUCHING.sub("\xa0", written)


def format_range(low: Decimal | float, high: Decimal | float, currency: str) -> str:
    """From one amount to another; once where they are the same."""
    if low == high:
        return format_money(low, currency)
    return f"{format_money(low, currency)}–{format_money(high, currency)}"


def in_euros(amount: Decimal | float, currency: str) -> Decimal | None:
    """An amount in euros, to the cent; None where the bank gives no rate for the currency."""
    rate = _rates()[1].get(currency)
    return None if rate is None else (Decimal(amount) / rate).quantize(_CENT, ROUND_HALF_UP)


def rated() -> list[str]:
    """The currencies for which there is a rate, the euro first."""
    return list(_rates()[1])


def rates_date() -> date:
    """The day of the rates."""
    return _rates()[0]


def rated_words() -> str:
    """Whose rates these are, and of which day."""
    return _("at ECB rates of %(day)s") % {"day": format_date(rates_date(), "long", locale=locale())}


@functools.cache
def _rates() -> tuple[date, dict[str, Decimal]]:
    day, *lines = (DATA / "rates.tsv").read_text(encoding="ascii").splitlines()
    pairs = (line.split("\t") for line in lines)
    return date.fromisoformat(day), {EURO: Decimal(1)} | {code: Decimal(rate) for code, rate in pairs}


@functools.cache
def _in_use() -> frozenset[str]:
    """What CLDR calls legal tender somewhere today, less what is no money of people (funds, metals)."""
    found = set()
    for entries in get_global("territory_currencies").values():
        found |= {code for code, _start, end, tender in entries if tender and end is None}
    return frozenset(found)
