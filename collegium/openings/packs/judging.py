"""What is wrong with an opening by the rules that hold where its work is done."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from collegium.lib import clock
from collegium.openings.models import Opening, Way
from collegium.openings.packs.checks import CHECKS, Case, holds
from collegium.openings.packs.reading import HOUSE, Pack, Where, packs
from collegium.openings.posting import Problem
from collegium.organizations.models import Organization

# How many people there are at most, by the size that an organisation gives.
Size = Organization.Size
AT_MOST = {Size.ONE: 1, Size.TEN: 10, Size.FIFTY: 50}


class Finding(NamedTuple):
    """A rule that an opening fails.

    Attributes:
        rule: its name.
        words: what to tell.
        field: of the form, beside which it is told.
        blocking: whether it cannot be posted so.
        source: where the rule comes from.
    """

    rule: str
    words: str
    field: str
    blocking: bool
    source: str


def judge(opening: Opening, questions: Sequence[str] | None = None, today: date | None = None) -> list[Finding]:
    """Every rule that fails, of every pack that holds, in the order of the files.

    Args:
        opening: saved or not; with its organisation.
        questions: what applicants are asked; read from the opening where none are given.
        today: on which day it is judged.
    """
    asked = tuple(_questions(opening) if questions is None else questions)
    return [each for pack in packs() for each in _of(pack, opening, asked, today or clock.now().date())]


def look(opening: Opening) -> Iterator[Problem]:
    """What hinders it from being posted, by the law of a place; what the house asks, `posting` itself looks at."""
    for each in judge(opening):
        if each.blocking and not each.rule.startswith(f"{HOUSE}."):
            words = _("%(words)s (%(source)s)") % {"words": each.words, "source": each.source}
            yield Problem(words, each.field)


def advice(opening: Opening, questions: Sequence[str] | None = None) -> list[Finding]:
    """What it may be posted with all the same."""
    return [each for each in judge(opening, questions) if not each.blocking]


def holding(opening: Opening, today: date | None = None) -> list[Pack]:
    """The packs that hold for an opening, those among them that may."""
    day = today or clock.now().date()
    return [pack for pack in packs() if pack.since <= day and any(_reach(pack.where, opening))]


def _of(pack: Pack, opening: Opening, questions: tuple[str, ...], today: date) -> Iterator[Finding]:
    surely, perhaps = _reach(pack.where, opening)
    if pack.since > today or not (surely or perhaps):
        return
    for rule in pack.rules:
        if rule.kept or not holds(rule, opening) or CHECKS[rule.check](Case(opening, questions, rule)):
            continue
        yield Finding(rule.name, _(rule.words), rule.field, rule.blocking and surely, rule.source)


def _reach(where: Where, opening: Opening) -> tuple[bool, bool]:
    """Whether a pack surely holds, and whether it may: of remote work from anywhere nobody can tell."""
    most = AT_MOST.get(Size(opening.organization.size)) if opening.organization.size in Size.values else None
    if most is not None and most < where.least_people:
        return False, False
    if not where.countries:
        return True, True
    if opening.way == Way.REMOTE:
        return bool(where.remote & set(opening.countries)), bool(where.remote) and not opening.countries
    if opening.country not in where.countries:
        return False, False
    return not where.regions or opening.region in where.regions, bool(where.regions) and not opening.region


def _questions(opening: Opening) -> Iterable[str]:
    # One that was never saved has no key yet, and nothing that hangs on it.
    saved = isinstance(opening.pk, int)
    return opening.questions.order_by("place").values_list("words", flat=True) if saved else ()
