"""What may stand in one cell: each function turns the text of a cell into a clean value or raises `CellError`.

They run once for every cell of millions of rows, so each does the common case first and cheaply.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from collegium.feed.ranking import weights as ranking
from collegium.lib import clock
from collegium.lib.text import clean_line, clean_text
from collegium.polls.models import ANSWER_LIMIT, DAYS
from collegium.polls.models import LEAST as LEAST_ANSWERS
from collegium.polls.models import MOST as MOST_ANSWERS

Check = Callable[[str], Any]

KEY_LIMIT = 200
EMAIL_LIMIT = 254
WISH_LIMIT = 100
TOPICS_LIMIT = 20
TOPIC_LIMIT = 80

_KEY = re.compile(r"[!-~]{1,200}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)")
_PARTIAL = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_NUMBER = re.compile(r"[0-9]{1,9}")
_LANGUAGE_LIMIT = 60


class CellError(ValueError):
    """This cell cannot be taken; the message goes into the report behind the name of the column."""


def shown(text: str) -> str:
    """A value as it may be quoted in a report: short, and what would upset a terminal written as an escape."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def key(text: str) -> str:
    """An opaque key: not empty, one line."""
    if _KEY.fullmatch(text):
        return text
    if not text:
        raise CellError("is missing")
    if len(text) > KEY_LIMIT:
        raise CellError(f"has {len(text):,} characters; a key has at most {KEY_LIMIT}")
    if _CONTROL.search(text):
        raise CellError("holds a character that no key may have")
    return text


def optional_key(text: str) -> str:
    """A key or nothing."""
    return key(text) if text else ""


def line(limit: int, *, needed: bool = False) -> Check:
    """One line of at most `limit` characters."""

    def check(text: str) -> str:
        return _cleaned(clean_line, text, limit, needed) if text or needed else ""

    return check


def text(limit: int, *, needed: bool = False) -> Check:
    """Several lines of at most `limit` characters together."""

    def check(text: str) -> str:
        return _cleaned(clean_text, text, limit, needed) if text or needed else ""

    return check


def _cleaned(clean: Callable[[str, int], str], given: str, limit: int, needed: bool) -> str:
    try:
        words = clean(given, limit)
    except ValidationError as problem:
        if problem.code == "broken":
            raise CellError("is not UTF-8") from None
        if problem.code == "max_length":
            count = (problem.params or {}).get("count", len(given))
            raise CellError(f"has {count:,} characters; at most {limit:,} fit") from None
        raise CellError("holds a control character") from None
    if needed and not words:
        raise CellError("is missing")
    return words


def choice(values: Mapping[str, Any], default: Any) -> Check:
    """One of the words of the format; nothing means the default, if there is one."""

    def check(text: str) -> Any:
        if not text and default is not None:
            return default
        try:
            return values[text]
        except KeyError:
            said = f"is {shown(text)}" if text else "is missing"
            raise CellError(f"{said}; it can be {', '.join(values)}") from None

    return check


def email(text: str) -> str:
    """An e-mail address in lower case, or nothing."""
    if not text:
        return ""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise CellError(f"is {shown(text)}, which is no e-mail address") from None
    if len(address) > EMAIL_LIMIT:
        raise CellError(f"has {len(address):,} characters; at most {EMAIL_LIMIT} fit")
    return address


def handle(text: str) -> str:
    """The handle somebody would like, or nothing: one that does not fit here is made to fit, so it may be any line."""
    return str(line(WISH_LIMIT)(text)).lower() if text else ""


def instant(until: int) -> Check:
    """Milliseconds since 1970, or None when nothing is said; nothing later than `until`, because keys sort by time."""

    def check(text: str) -> int | None:
        if not text:
            return None
        try:
            at = round(datetime.fromisoformat(text.upper()).timestamp() * 1000) if _INSTANT.fullmatch(text) else None
        except (ValueError, OverflowError):
            at = None
        if at is None:
            raise CellError(f"is {shown(text)}; an instant looks like 2019-03-07T14:05:00Z")
        if not 0 < at <= until:
            raise CellError(f"is {shown(text)}, which lies {'in the future' if at > 0 else 'before 1970'}")
        return at

    return check


def latest() -> int:
    """The last instant a row may bear: a day from now, for clocks that run ahead."""
    return round((clock.now() + timedelta(days=1)).timestamp() * 1000)


def latest_end() -> int:
    """The last instant at which a poll may close: the longest is asked for two weeks."""
    return round((clock.now() + timedelta(days=max(DAYS) + 1)).timestamp() * 1000)


def number(least: int, most: int, *, needed: bool = True) -> Check:
    """A whole number within bounds, or None where nothing may be said."""

    def check(text: str) -> int | None:
        if not text and not needed:
            return None
        found = int(text) if _NUMBER.fullmatch(text) else None
        if found is None or not least <= found <= most:
            raise CellError(f"is {shown(text)}; it is a whole number from {least:,} to {most:,}")
        return found

    return check


def answers(text: str) -> list[str]:
    """The answers of a poll, a line each."""
    found = [_cleaned(clean_line, each, ANSWER_LIMIT, needed=True) for each in text.split("\n") if each.strip()]
    if not LEAST_ANSWERS <= len(found) <= MOST_ANSWERS:
        raise CellError(f"has {len(found)} answers, a line each; a poll has {LEAST_ANSWERS} to {MOST_ANSWERS}")
    if len({each.casefold() for each in found}) < len(found):
        raise CellError("has the same answer twice")
    return found


def weights(text: str) -> dict[str, int]:
    """Terms of the order of home with what each counts: `term=3`, separated by semicolons; nothing means the usual."""
    if not text:
        return {}
    found: dict[str, int] = {}
    for part in text.split(";"):
        name, _is, said = part.strip().partition("=")
        if name not in ranking.DEFAULT or not _NUMBER.fullmatch(said) or int(said) > ranking.MOST:
            known = ", ".join(ranking.DEFAULT)
            raise CellError(f"holds {shown(part)}; a weight is a term ({known}), =, and 0 to {ranking.MOST}")
        found[name] = int(said)
    return found


def partial_date(text: str) -> str:
    """`2019`, `2019-03` or `2019-03-07`, or nothing."""
    if not text:
        return ""
    try:
        day = date.fromisoformat(text + "0000-01-01"[len(text) :]) if _PARTIAL.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise CellError(f"is {shown(text)}; a date looks like 2019, 2019-03 or 2019-03-07")
    return text


def topics(text: str) -> tuple[str, ...]:
    """Topics separated by semicolons."""
    if not text:
        return ()
    names = [
        _cleaned(clean_line, part.strip().removeprefix("#"), TOPIC_LIMIT, needed=False) for part in text.split(";")
    ]
    found = tuple(dict.fromkeys(name for name in names if name))
    if len(found) > TOPICS_LIMIT:
        raise CellError(f"names {len(found)} topics; at most {TOPICS_LIMIT} fit")
    return found


def website(text: str) -> str:
    """An address on the web, or nothing."""
    if text and not text.startswith(("http://", "https://")):
        raise CellError(f"is {shown(text)}; an address begins with https:// or http://")
    return line(500)(text)


def language(text: str) -> str:
    """A language by tag or name."""
    return str(line(_LANGUAGE_LIMIT, needed=True)(text))


def utc(milliseconds: int) -> datetime:
    """The instant a cell named."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
