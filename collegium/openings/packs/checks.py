"""The checks that rules name: each says whether an opening passes one rule, from what it is given alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from collegium.gazetteer import money
from collegium.openings.models import Opening, Period
from collegium.openings.models.openings import A_YEAR
from collegium.openings.packs.reading import Rule

_SENTENCE = re.compile(r"[.;:!?\n•·]+\s*|\s[-–—*]\s")
CAPITALS = 8


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: an opening, saved or not, and what its applicants are asked."""

    opening: Opening
    questions: tuple[str, ...]
    rule: Rule

    def sentences(self) -> Iterator[str]:
        """Of title and text."""
        yield self.opening.title
        yield from _SENTENCE.split(self.opening.text)


Check = Callable[[Case], bool]


def pay_stated(case: Case) -> bool:
    """The pay, or its range, is there."""
    row = case.opening
    return bool(row.pay_low and row.pay_high and row.currency)


def range_ratio(case: Case) -> bool:
    """The top is at most so many times the bottom."""
    low, high = case.opening.pay_low, case.opening.pay_high
    return low is None or high is None or high <= low * case.rule.most


def range_width(case: Case) -> bool:
    """From bottom to top it is at most so much a year; what cannot be counted in that currency passes."""
    low, high, width = case.opening.pay_low, case.opening.pay_high, case.rule.width
    if low is None or high is None or width is None:
        return True
    found = yearly(case.opening, high - low, width.currency)
    return found is None or found <= width.amount


def vacancy_stated(case: Case) -> bool:
    """Whether there is a post is said."""
    return case.opening.vacancy is not None


def machine_stated(case: Case) -> bool:
    """Whether a machine takes part is said, and what it does."""
    row = case.opening
    return row.machine is False or (row.machine is True and bool(row.machine_words.strip()))


def says_nothing_like(case: Case) -> bool:
    """None of the patterns stands in title, text or questions."""
    return not any(_speaks_of(case.rule, words) for words in (*case.sentences(), *case.questions))


def asks_nothing_like(case: Case) -> bool:
    """No question has one of the patterns, and no sentence of the text that asks for something."""
    asking = case.rule.asking
    asked = [words for words in case.sentences() if asking is None or asking.search(words)]
    return not any(_speaks_of(case.rule, words) for words in (*case.questions, *asked))


def title_is_neutral(case: Case) -> bool:
    """The title means everybody."""
    return not _speaks_of(case.rule, case.opening.title)


def title_is_calm(case: Case) -> bool:
    """It says what the post is, without shouting and without praise."""
    title = case.opening.title
    letters = [char for char in title if char.isalpha()]
    shouts = len(letters) >= CAPITALS and all(char.isupper() for char in letters)
    return not shouts and not _speaks_of(case.rule, title)


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        pay_stated,
        range_ratio,
        range_width,
        vacancy_stated,
        machine_stated,
        says_nothing_like,
        asks_nothing_like,
        title_is_neutral,
        title_is_calm,
    )
}


def holds(rule: Rule, opening: Opening) -> bool:
    """Whether the rule holds for this much pay."""
    if rule.not_above is None or opening.pay_high is None:
        return True
    top = yearly(opening, opening.pay_high, rule.not_above.currency)
    return top is None or top <= rule.not_above.amount


def yearly(opening: Opening, amount: Decimal | int, currency: str) -> Decimal | None:
    """An amount of this opening as so much a year in another currency; None where that cannot be known."""
    if opening.period == Period.WHOLE or not opening.currency:
        return None
    found = Decimal(amount) * A_YEAR[Period(opening.period)]
    if opening.currency == currency:
        return found
    euros, one = money.in_euros(found, opening.currency), money.in_euros(Decimal(1), currency)
    return euros / one if euros is not None and one else None


def _speaks_of(rule: Rule, words: str) -> bool:
    if rule.patterns is None or not rule.patterns.search(words):
        return False
    return rule.unless is None or not rule.unless.search(words)
