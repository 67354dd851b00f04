"""The packs as they are read from their files: strictly, since a rule with a misspelt word would never be judged."""

import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("data")
# The pack that holds everywhere: what this network asks by itself.
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much a year."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        name: of the rule, beginning with that of its pack.
        says: what it asks for, in general.
        source: statute and section, or whose rule it is.
        check: which function judges it; "kept" where this network itself sees to it.
        field: of the form, beside which a finding stands.
        words: what is told when it fails.
        blocking: whether nothing can be posted that fails it; otherwise it is advice.
        most: the number of the check.
        width: the widest range, where that is the check.
        not_above: the rule does not hold for pay above this.
        patterns: what may not be said, as regular expressions.
        unless: a sentence, or a title, in which one of these stands is well all the same.
        asking: in running text a pattern counts only in a sentence that asks for something.
    """

    name: str
    says: str
    source: str
    check: str = "kept"
    field: str = ""
    words: str = ""
    blocking: bool = False
    most: Decimal = Decimal()
    width: Amount | None = None
    not_above: Amount | None = None
    patterns: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    asking: re.Pattern[str] | None = None

    @property
    def kept(self) -> bool:
        """Whether the network sees to it, so that nobody can fail it."""
        return self.check == "kept"


@dataclass(frozen=True, slots=True)
class Where:
    """For which openings a pack holds; a list that is empty leaves nobody out.

    Attributes:
        countries: in which the work is done.
        regions: of these countries, as the gazetteer calls them.
        remote: for remote work that may be done from one of these countries.
        least_people: for employers with so many people or more.
    """

    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    remote: frozenset[str] = frozenset()
    least_people: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one jurisdiction."""

    key: str
    name: str
    title: str
    about: str
    address: str
    since: date
    where: Where
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def packs() -> tuple[Pack, ...]:
    """All of them, the house's own first."""
    found = [read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return tuple(sorted(found, key=lambda pack: (pack.key != HOUSE, pack.name)))


def read(key: str, text: str) -> Pack:
    """One file.

    Args:
        key: its name without the ending.
        text: what stands in it.

    Raises:
        ValueError: something in it has a name that no rule knows, or is missing.
    """
    data = tomllib.loads(text)
    rules = tuple(_rule(key, each) for each in data.pop("rules", []))
    where = _where(data.pop("where", {}))
    try:
        return Pack(key=key, where=where, rules=rules, **data)
    except TypeError as wrong:
        raise ValueError(f"{key}.toml: {wrong}") from None


def _rule(key: str, said: dict[str, Any]) -> Rule:
    given = dict(said)
    if not str(given.get("name", "")).startswith(f"{key}."):
        raise ValueError(f"{key}.toml: the name of {given} does not begin with {key}")
    for name in ("width", "not_above"):
        if name in given:
            given[name] = Amount(Decimal(given[name]["amount"]), given[name]["currency"])
    for name in ("patterns", "unless", "asking"):
        if name in given:
            given[name] = re.compile("|".join(f"(?:{each})" for each in given[name]), re.IGNORECASE)
    if "most" in given:
        given["most"] = Decimal(str(given["most"]))
    if unknown := given.keys() - {each.name for each in fields(Rule)}:
        raise ValueError(f"{key}.toml: {unknown} in {given['name']}")
    rule = Rule(**given)
    if not rule.kept and not (rule.words and rule.field):
        raise ValueError(f"{key}.toml: {rule.name} says nothing when it fails")
    return rule


def _where(said: dict[str, Any]) -> Where:
    if unknown := said.keys() - {each.name for each in fields(Where)}:
        raise ValueError(f"where: {unknown}")
    lists = {name: frozenset(value) for name, value in said.items() if name != "least_people"}
    return Where(**lists, least_people=said.get("least_people", 0))
