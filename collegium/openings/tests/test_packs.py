"""Rule packs as tables: for each rule what passes and what fails, where and when it holds; the form of the files."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from collegium.gazetteer.countries import is_country
from collegium.gazetteer.money import is_currency
from collegium.openings import packs, posting
from collegium.openings.models import Opening
from collegium.openings.packs.checks import CHECKS
from collegium.openings.packs.judging import holding
from collegium.openings.packs.reading import HOUSE, read
from collegium.openings.packs.reading import packs as all_packs
from collegium.organizations.models import Organization

TODAY = date(2026, 11, 1)
TORONTO = {
    "country": "CA",
    "region": "08",
    "place": "Toronto",
    "currency": "CAD",
    "pay_low": 80_000,
    "pay_high": 100_000,
}
LYON = {"country": "FR", "region": "84", "place": "Lyon", "currency": "EUR"}


def row(size: str = "51-200", **values: Any) -> Opening:
    """One that fails nothing, unless the values say otherwise; not saved."""
    given: dict[str, Any] = {
        "title": "Engineer",
        "text": "You build dams with eleven colleagues.",
        "pay_low": Decimal(50_000),
        "pay_high": Decimal(60_000),
        "currency": "EUR",
        "vacancy": True,
        "machine": False,
        "country": "US",
    }
    for name in ("pay_low", "pay_high"):
        if values.get(name) is not None:
            values[name] = Decimal(values[name])
    return Opening(organization=Organization(name="Acme", size=size), **given | values)


def failed(opening: Opening, questions: tuple[str, ...] = (), today: date = TODAY) -> set[str]:
    return {each.rule for each in packs.judge(opening, questions, today)}


TABLE = [
    # The house's own, everywhere.
    ("", {}, ()),
    ("house.pay", {"pay_low": None}, ()),
    ("house.pay", {"currency": ""}, ()),
    ("house.range", {"pay_low": 40_000, "pay_high": 60_001}, ()),
    ("", {"pay_low": 40_000, "pay_high": 60_000}, ()),
    ("house.vacancy", {"vacancy": None}, ()),
    ("", {"vacancy": False}, ()),
    ("house.machine", {"machine": None}, ()),
    ("house.machine", {"machine": True, "machine_words": " "}, ()),
    ("", {"machine": True, "machine_words": "Sorts by skills."}, ()),
    ("house.title", {"title": "ENGINEER WANTED NOW"}, ()),
    ("house.title", {"title": "Engineer!"}, ()),
    ("house.title", {"title": "Engineer €60,000"}, ()),
    ("house.title", {"title": "Urgent: engineer"}, ()),
    ("", {"title": "HR"}, ()),
    ("", {"title": "C# Engineer (3 years)"}, ()),
    # Ontario.
    ("", TORONTO, ()),
    ("ontario.pay house.pay", TORONTO | {"pay_low": None, "pay_high": None}, ()),
    ("ontario.range", TORONTO | {"pay_low": 120_000, "pay_high": 170_001}, ()),
    ("", TORONTO | {"pay_low": 120_000, "pay_high": 170_000}, ()),
    ("", TORONTO | {"pay_low": 150_000, "pay_high": 200_001}, ()),
    ("ontario.range", TORONTO | {"pay_low": 149_999, "pay_high": 200_000}, ()),
    ("ontario.range", TORONTO | {"pay_low": 60, "pay_high": 90, "period": "hour"}, ()),
    ("", TORONTO | {"pay_low": 30, "pay_high": 40, "period": "hour"}, ()),
    ("", TORONTO | {"pay_low": 20_000, "pay_high": 30_000, "period": "whole"}, ()),
    ("ontario.experience", TORONTO | {"text": "Three years of Canadian work experience."}, ()),
    ("ontario.experience", TORONTO | {"text": "You have experience as a nurse in Canada."}, ()),
    ("ontario.experience", TORONTO | {"text": "Expérience canadienne exigée."}, ()),
    ("ontario.experience", TORONTO, ("How many years of Canadian experience do you have?",)),
    ("", TORONTO | {"text": "Canadian experience is not required."}, ()),
    ("", TORONTO | {"text": "No Canadian experience needed. We don’t ask for Canadian experience."}, ()),
    ("", TORONTO | {"text": "You work with Canadian rivers. Experience with turbines is needed."}, ()),
    ("ontario.machine house.machine", TORONTO | {"machine": None}, ()),
    ("ontario.vacancy house.vacancy", TORONTO | {"vacancy": None}, ()),
    ("", TORONTO | {"vacancy": False}, ()),
    # The European Union.
    ("", LYON, ()),
    ("eu.pay house.pay", LYON | {"pay_high": None}, ()),
    ("eu.history", LYON, ("What is your current salary?",)),
    ("eu.history", LYON, ("Wie hoch ist Ihr aktuelles Gehalt",)),
    ("eu.history", LYON, ("How much do you earn today?",)),
    ("eu.history", LYON, ("Quel est votre salaire actuel ?",)),
    ("eu.history", LYON | {"text": "Please send your last three payslips. Tell us your previous salary."}, ()),
    ("", LYON, ("What pay do you expect?", "What do you make of our dams?")),
    ("", LYON | {"text": "We do not ask for your current salary."}, ()),
    ("", LYON | {"text": "You keep the accounts, payroll and pay slips of 200 people."}, ()),
    ("eu.title", LYON | {"title": "Salesman"}, ()),
    ("eu.title", LYON | {"title": "Waitress"}, ()),
    ("eu.title", LYON | {"title": "Krankenschwester"}, ()),
    ("eu.title", LYON | {"title": "Vendeuse"}, ()),
    ("", LYON | {"title": "Kaufmann/-frau"}, ()),
    ("", LYON | {"title": "Kaufmann (m/w/d)"}, ()),
    ("", LYON | {"title": "Waiter / Waitress"}, ()),
    ("", LYON | {"title": "Verkäufer*in"}, ()),
    ("", LYON | {"title": "Manager, human resources"}, ()),
]


@pytest.mark.parametrize(("rules", "values", "questions"), TABLE)
def test_rules(rules: str, values: dict[str, Any], questions: tuple[str, ...]) -> None:
    assert failed(row(**values), questions) == set(rules.split())


WIDE = {"pay_low": 120_000, "pay_high": 171_000, "currency": "CAD"}
ONTARIO = {"country": "CA", "region": "08"}
PLACES = [
    # size of the employer, where, on which day: which pack holds, and whether its findings hinder.
    ("51-200", ONTARIO, TODAY, True),
    ("", ONTARIO, TODAY, True),
    ("11-50", ONTARIO, TODAY, True),
    ("2-10", ONTARIO, TODAY, None),
    ("1", ONTARIO, TODAY, None),
    ("51-200", {"country": "CA", "region": "10"}, TODAY, None),
    ("51-200", {"country": "CA", "region": ""}, TODAY, False),
    ("51-200", {"country": "US", "region": "08"}, TODAY, None),
    ("51-200", ONTARIO, date(2025, 12, 31), None),
    ("51-200", ONTARIO, date(2026, 1, 1), True),
    ("51-200", {"way": "remote", "country": "", "countries": ["US", "CA"]}, TODAY, True),
    ("51-200", {"way": "remote", "country": "", "countries": ["US"]}, TODAY, None),
    ("51-200", {"way": "remote", "country": "", "countries": []}, TODAY, False),
    ("51-200", {"way": "hybrid", **ONTARIO}, TODAY, True),
]


@pytest.mark.parametrize(("size", "where", "day", "hinders"), PLACES)
def test_where_and_when_ontario_holds(size: str, where: dict[str, Any], day: date, hinders: bool | None) -> None:
    found = {each.rule: each.blocking for each in packs.judge(row(size, **WIDE | where), (), day)}
    assert found.get("ontario.range") is hinders


def test_the_union_holds_since_its_day() -> None:
    assert failed(row(**LYON, pay_high=None), today=date(2026, 6, 6)) == {"house.pay"}
    assert failed(row(**LYON, pay_high=None), today=date(2026, 6, 7)) == {"house.pay", "eu.pay"}
    remote = row(way="remote", country="", countries=["PT", "BR"])
    assert [pack.key for pack in holding(remote, TODAY)] == [HOUSE, "eu"]


def test_what_hinders_is_told_with_its_source() -> None:
    """The house's own rules are looked at by `posting`; no sentence is told twice."""
    told = list(packs.look(row(**ONTARIO, **WIDE, vacancy=None)))
    assert [each.field for each in told] == ["pay_high", "vacancy"]
    assert all("Employment Standards Act, 2000" in each.words for each in told)
    assert list(packs.look(row(title="ENGINEER WANTED", pay_low=1, pay_high=9))) == []
    assert [each.rule for each in packs.advice(row(title="Engineer!"), ())] == ["house.title"]


def test_the_files() -> None:
    found = all_packs()
    assert [pack.key for pack in found] == [HOUSE, "eu", "ontario"]
    names = [rule.name for pack in found for rule in pack.rules]
    assert len(names) == len(set(names))
    fields = {field.name for field in Opening._meta.get_fields()}
    for pack in found:
        assert all(map(is_country, pack.where.countries | pack.where.remote)), pack.key
        assert pack.key == HOUSE or pack.address.startswith("https://"), pack.key
        for rule in pack.rules:
            assert rule.source, rule.name
            assert rule.says.endswith("."), rule.name
            assert rule.kept or rule.check in CHECKS, rule.name
            assert rule.kept or rule.field in fields, rule.name
            assert all(is_currency(each.currency) for each in (rule.width, rule.not_above) if each), rule.name
            assert pack.key == HOUSE or any(word in rule.source for word in ("Act", "Directive")), rule.name


def test_the_house_asks_for_what_posting_looks_at() -> None:
    rules = {rule.name: rule for pack in all_packs() for rule in pack.rules}
    assert rules["house.range"].most == posting.WIDEST


HEAD = 'name="X"\ntitle="Y"\nabout=""\naddress=""\nsince=2026-01-01\n'
RULE = f'{HEAD}[[rules]]\nsays="."\nsource="."\n'
WRONG = [
    'name="X"\n',
    f'{HEAD}words="?"\n',
    f'{HEAD}[where]\ncountry=["CA"]\n',
    f'{RULE}name="y.pay"\n',
    f'{RULE}name="x.pay"\nchek="a"\n',
    f'{RULE}name="x.pay"\ncheck="pay_stated"\n',
]


@pytest.mark.parametrize("text", WRONG)
def test_a_file_with_a_wrong_word_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"x\.toml|where"):
        read("x", text)
