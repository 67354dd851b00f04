"""The rules that Google documents for `JobPosting`, as a table: what must be there, of which form, and what may not."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

Data = dict[str, Any]
EMPLOYMENT = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}


def _instant(text: object) -> bool:
    try:
        return datetime.fromisoformat(str(text)).tzinfo is not None
    except ValueError:
        return False


def _places(data: Data) -> list[Data]:
    found = data.get("jobLocation", [])
    return found if isinstance(found, list) else [found]


def _remote(data: Data) -> bool:
    return bool(data.get("jobLocationType") == "TELECOMMUTE")


def _from_where(data: Data) -> list[Data]:
    found = data.get("applicantLocationRequirements", [])
    return found if isinstance(found, list) else [found]


def _pay_is_whole(data: Data) -> bool:
    if "baseSalary" not in data:
        return True
    pay = data["baseSalary"]
    value = pay["value"]
    numbers = [value[name] for name in ("value", "minValue", "maxValue") if name in value]
    typed = pay["@type"] == "MonetaryAmount" and value["@type"] == "QuantitativeValue" and value["unitText"] in UNITS
    whole = ("value" in value) != ("minValue" in value and "maxValue" in value)
    return bool(
        typed
        and whole
        and re.fullmatch("[A-Z]{3}", pay["currency"])
        and all(isinstance(number, int | float) and number > 0 for number in numbers)
        and value.get("minValue", 0) <= value.get("maxValue", 0)
    )


RULES: dict[str, Callable[[Data], bool]] = {
    "it is a JobPosting of schema.org": lambda d: (d["@context"], d["@type"]) == ("https://schema.org", "JobPosting"),
    "title is there, and is a title alone": lambda d: 0 < len(d["title"]) <= 120 and not re.search("[<>!]", d["title"]),
    "description is HTML in paragraphs": lambda d: bool(re.search("<p>.+</p>", d["description"], re.DOTALL)),
    "description is not the title": lambda d: d["title"] != re.sub("<[^>]+>", "", d["description"]).strip(),
    "datePosted is ISO 8601": lambda d: _instant(d["datePosted"]),
    "validThrough is ISO 8601, and later": lambda d: (
        _instant(d["validThrough"]) and d["validThrough"] > d["datePosted"]
    ),
    "hiringOrganization has a name": lambda d: (
        d["hiringOrganization"]["@type"] == "Organization" and bool(d["hiringOrganization"]["name"])
    ),
    "hiringOrganization leads somewhere": lambda d: d["hiringOrganization"]["sameAs"].startswith("http"),
    "a logo is a whole address": lambda d: d["hiringOrganization"].get("logo", "http").startswith("http"),
    "it has a place, or is remote from somewhere": lambda d: bool(_places(d)) or (_remote(d) and bool(_from_where(d))),
    "each place has a country": lambda d: all(
        each["@type"] == "Place"
        and each["address"]["@type"] == "PostalAddress"
        and re.fullmatch("[A-Z]{2}", each["address"]["addressCountry"])
        for each in _places(d)
    ),
    "TELECOMMUTE is all that is said of remote": lambda d: d.get("jobLocationType", "TELECOMMUTE") == "TELECOMMUTE",
    "requirements of place belong to remote work": lambda d: _remote(d) or not _from_where(d),
    "countries are named": lambda d: all(each["@type"] == "Country" and each["name"] for each in _from_where(d)),
    "employmentType is one of theirs": lambda d: d["employmentType"] in EMPLOYMENT,
    "identifier says whose it is": lambda d: (
        d["identifier"]["@type"] == "PropertyValue" and bool(d["identifier"]["name"] and d["identifier"]["value"])
    ),
    "pay is a range or a number, with currency and unit": _pay_is_whole,
    "directApply is said": lambda d: d["directApply"] is True,
    "nothing is empty": lambda d: all(value not in ("", None, [], {}) for value in d.values()),
}


def broken(data: Data) -> list[str]:
    """The rules it breaks; what is not there breaks those that look at it."""
    found = []
    for words, rule in RULES.items():
        try:
            fine = rule(data)
        except (KeyError, TypeError, AttributeError):
            fine = False
        if not fine:
            found.append(words)
    return found
