"""What made-up openings are for: occupations with their usual skills, seniorities and pay, and countries with theirs.

A line of `occupations.txt` is a group, the pay of somebody experienced in Germany in thousands of euros a year, titles
with their seniority, skills that are needed, skills that would be nice, and what one does. A line of `countries.txt` is
a country, its currency, the period pay is told for there, the step to which it is rounded, and how much of the German
pay is usual there in care, in technology and elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from collegium.gazetteer.money import in_euros
from collegium.lib.text import markdown
from collegium.openings.models import Period
from collegium.openings.models.openings import A_YEAR
from collegium.skills.naming import resolve

FOLDER = Path(__file__).parent
TOWNS_A_COUNTRY, MILLION = 12, 1_000_000
# How much of the usual pay is paid at each seniority, from beginners to directors.
SENIORITIES = {1: 0.62, 2: 0.84, 3: 1.0, 4: 1.22, 5: 1.42, 6: 1.75}
# Work that can be done from anywhere.
REMOTE = frozenset({"tech", "office"})
_TEXT = """{tasks}

## What we expect

- {needed}
- that you say when something is not right
{more}
## What we offer

{offer}

You hear from us within {days} days, also if it is no."""
_OFFERS = (
    "Thirty days of holiday, a roster that is known four weeks ahead, and colleagues who stay.",
    "A desk by the window or at home, as the week wants it. Two training weeks a year that are really taken.",
    "Working hours that are written down and ended. A canteen. A bicycle, if you like.",
    "Six weeks in which somebody shows you everything. After that, a say in how it is done.",
)


@dataclass(frozen=True)
class Trade:
    """One title with everything that goes with it."""

    group: str
    pay: int
    title: str
    seniority: int
    needed: tuple[str, ...]
    nice: tuple[str, ...]
    tasks: str

    def text(self, number: int) -> str:
        """What an opening for it says."""
        more = "- beginners are welcome: we teach\n" if self.seniority == 1 else ""
        told = ", ".join(skill.lower() if skill.islower() else skill for skill in self.needed)
        offer = _OFFERS[number % len(_OFFERS)]
        return _TEXT.format(tasks=self.tasks, needed=told, more=more, offer=offer, days=7 + number % 14)


@dataclass(frozen=True)
class Country:
    """What pay is like in one country."""

    code: str
    currency: str
    period: str
    step: int
    care: float
    tech: float
    other: float

    @property
    def a_euro(self) -> Decimal | None:
        """So many of its currency are a euro; None where nobody says."""
        # A million of them, because cents of a euro are too coarse for one yen.
        worth = in_euros(Decimal(MILLION), self.currency)
        return MILLION / worth if worth else None


def trades() -> list[Trade]:
    """Every title once, in the order of the file."""
    return [trade for line in _lines("occupations.txt") for trade in _of(line)]


def countries() -> list[Country]:
    """Those whose currency has a rate."""
    found = []
    for code, currency, period, step, shares in _lines("countries.txt"):
        care, tech, other = map(float, shares.split())
        found.append(Country(code, currency, period, int(step), care, tech, other))
    return [country for country in found if country.a_euro is not None]


def _lines(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        yield [part.strip() for part in line.split("|")]


def _of(line: list[str]) -> Iterator[Trade]:
    group, pay, titles, needed, nice, tasks = line
    for told in titles.split(";"):
        seniority, title = told.strip().split(" ", 1)
        skills = tuple(word.strip() for word in needed.split(";")), tuple(word.strip() for word in nice.split(";"))
        yield Trade(group, int(pay) * 1000, title, int(seniority), *skills, tasks)


def trade_rows() -> list[tuple[object, ...]]:
    """Number, title, text, HTML, seniority, euros a year, group, whether from anywhere, needed and nice skills."""
    every = trades()
    meant = resolve(dict.fromkeys(word for trade in every for word in (*trade.needed, *trade.nice)))
    rows: list[tuple[object, ...]] = []
    for number, trade in enumerate(every):
        text = trade.text(number)
        needed = list(dict.fromkeys(meant[word].pk for word in trade.needed))
        nice = [key for key in dict.fromkeys(meant[word].pk for word in trade.nice) if key not in needed]
        pay = round(trade.pay * SENIORITIES[trade.seniority])
        html, anywhere = str(markdown.render(text).html), trade.group in REMOTE
        rows.append((number, trade.title, text, html, trade.seniority, pay, trade.group, anywhere, needed, nice))
    return rows


def country_rows() -> list[tuple[object, ...]]:
    """Number, code, currency, period, periods a year, step, units for a euro, shares in care, technology, elsewhere."""
    return [
        (number, each.code, each.currency, each.period, A_YEAR[Period(each.period)], each.step, each.a_euro, each.care,
         each.tech, each.other)
        for number, each in enumerate(countries())
    ]  # fmt: skip
