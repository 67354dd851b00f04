"""Countries and the first level within them, by name, in the language of the moment."""

import functools
import unicodedata

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from collegium.gazetteer.loading import DATA

# CLDR names these too, and they are no countries of ISO 3166-1: unions, outlying parts, codes for tests.
_NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def locale() -> Locale:
    """The language of the moment, as Babel knows it; English where it does not."""
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def countries() -> list[tuple[str, str]]:
    """Every country as its code and its name, by name."""
    return _countries(str(locale()))


def is_country(code: str) -> bool:
    """Whether these two capitals are a country."""
    return code in _named(str(locale()))


def country_name(code: str) -> str:
    """What a country is called; the code itself where it has no name."""
    return _named(str(locale())).get(code, code)


def regions(country: str) -> list[tuple[str, str]]:
    """The regions of a country that have a name, as code and name, by name."""
    found = [(region, name) for (home, region), name in _regions().items() if home == country]
    return sorted(found, key=lambda each: plain(each[1]))


def region_name(country: str, region: str) -> str:
    """What a region is called, in English; "" where GeoNames' code has no name here."""
    return _regions().get((country, region), "")


@functools.cache
def _named(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {
        code: str(name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    }


@functools.cache
def _countries(language: str) -> list[tuple[str, str]]:
    return sorted(_named(language).items(), key=lambda each: plain(each[1]))


@functools.cache
def _regions() -> dict[tuple[str, str], str]:
    lines = (DATA / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return {(country, region): name for country, region, name in (line.split("\t") for line in lines)}


def plain(name: str) -> str:
    """Without accents, so that Åland stands beside Albania."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
