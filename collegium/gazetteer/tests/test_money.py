"""Currencies by name, amounts as people write them, and what they are in euros."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from collegium.gazetteer import money
from collegium.gazetteer.countries import countries, country_name, is_country, region_name, regions


def test_countries_by_name():
    named = countries()
    assert len(named) == 250
    assert dict(named)["DE"] == "Germany"
    names = [name for _code, name in named]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")
    assert (is_country("FR"), is_country("ZZ"), is_country("EU"), is_country("fr"), is_country("")) == (
        True,
        *[False] * 4,
    )
    assert country_name("??") == "??"
    with translation.override("de"):
        assert country_name("DE") == "Deutschland"


def test_regions_by_name():
    assert region_name("CA", "08") == "Ontario"
    assert region_name("US", "NY") == "New York"
    assert region_name("DE", "02") == "Bavaria"
    assert region_name("DE", "99") == ""
    assert len(regions("US")) == 51
    assert len(regions("CA")) == 13
    assert len(regions("DE")) == 16


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [(50_000, "EUR", "€50,000"), (Decimal("18.50"), "EUR", "€18.50"), (Decimal("18.00"), "USD", "$18"),
     (1_000, "CAD", "CA$1,000"), (5_000_000, "JPY", "¥5,000,000"), (90_000, "CHF", "CHF\xa090,000"),
     (Decimal("1.5"), "KWD", "KWD\xa01.500")],
)  # fmt: skip
def test_amounts_as_people_write_them(amount, currency, words):
    assert money.format_money(amount, currency) == words


def test_ranges():
    assert money.format_range(50_000, 60_000, "EUR") == "€50,000–€60,000"
    assert money.format_range(50_000, 50_000, "EUR") == "€50,000"
    with translation.override("de"):
        assert money.format_money(50_000, "EUR") == "50.000\xa0€"


def test_currencies_in_use():
    names = dict(money.currencies())
    assert names["EUR"] == "Euro"
    assert 140 < len(names) < 185
    assert not {"DEM", "XXX", "XAU", "FRF"} & set(names)
    assert (money.is_currency("USD"), money.is_currency("usd"), money.is_currency("")) == (True, False, False)
    assert set(money.rated()) <= set(names)


def test_euros():
    assert money.in_euros(100, "EUR") == Decimal("100.00")
    assert money.in_euros(Decimal("111.72"), "USD") == Decimal("100.00")
    assert money.in_euros(100, "KES") is None
    assert money.in_euros(100, "") is None
    assert money.rates_date() == date(2026, 10, 30)
    assert money.rated_words() == "at ECB rates of October 30, 2026"
    assert len(money.rated()) == 30
