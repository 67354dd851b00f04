"""Values from a file nobody vouches for, as a row may hold them, and a sentence for what was lost on the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.career import partial
from collegium.career.sections import URL_LIMIT
from collegium.lib.text import clean_line, clean_text

MOST_PROBLEMS = 200
_QUOTED = 60
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")
_GOES_ON = frozenset({"present", "now", "current", "ongoing", "today"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be taken as it was: where it stands (`work[3].startDate`), and what became of it."""

    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


@dataclass(slots=True)
class Values:
    """Takes values one by one and keeps the problems."""

    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0

    def say(self, place: str, words: str) -> None:
        """Keep a sentence; after two hundred they are only counted."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(place, words))
        else:
            self.left_out += 1

    def line(self, value: Any, limit: int, place: str) -> str:
        """One line of at most so many code points."""
        return self._clean(value, limit, place, lines=False)

    def text(self, value: Any, limit: int, place: str) -> str:
        """Several lines."""
        return self._clean(value, limit, place, lines=True)

    def date(self, value: Any, place: str) -> str:
        """A partial date, as exact as it can be read. What goes on has none."""
        said = self.line(value, 100, place)
        if not said or said.casefold() in _GOES_ON:
            return ""
        if re.fullmatch(r"\d{4}(-\d\d(-\d\d([T ].*)?)?)?", said):
            for length in dict.fromkeys((min(len(said), 10), min(len(said), 7), 4)):
                try:
                    known = partial.check(said[:length])
                except ValueError:
                    continue
                if length < min(len(said), 10):
                    self.say(place, _("“%(date)s” is no day of the calendar; kept as %(kept)s.") % _both(said, known))
                return known
        self.say(
            place, _("“%(date)s” cannot be read as a date from 1900 to 2100; left empty.") % {"date": _short(said)}
        )
        return ""

    def url(self, value: Any, place: str) -> str:
        """An address on the web. One without a scheme gets `https://`."""
        said = self.line(value, 4 * URL_LIMIT, place)
        if not said:
            return ""
        if not said.casefold().startswith(("http://", "https://")):
            if not _HOST.fullmatch(said):
                self.say(place, _("“%(url)s” is not an address on the web; left out.") % {"url": _short(said)})
                return ""
            said = f"https://{said}"
        if len(said) > URL_LIMIT or any(letter.isspace() for letter in said):
            self.say(place, _("“%(url)s” is not an address that can be kept; left out.") % {"url": _short(said)})
            return ""
        return said

    def listed(self, value: Any, most: int, place: str) -> Iterator[tuple[Any, str]]:
        """The entries of a list with the place of each, up to so many."""
        if value in (None, "", {}):
            return
        if not isinstance(value, list):
            self.say(place, _("This should be a list; left out."))
            return
        if len(value) > most:
            said = ngettext(
                "%(count)s entry; the first %(most)s are taken.",
                "%(count)s entries; the first %(most)s are taken.",
                len(value),
            )
            self.say(place, said % {"count": f"{len(value):,}", "most": most})
        for number, each in enumerate(value[:most]):
            yield each, f"{place}[{number}]"

    def table(self, value: Any, place: str) -> dict[str, Any]:
        """An object; empty when it is anything else."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.say(place, _("This should be an object with named values; left out."))
        return {}

    def unknown(self, table: dict[str, Any], keys: frozenset[str], place: str) -> None:
        """Say which keys there is no place for, with what stands there."""
        for key, value in table.items():
            if key not in keys and value not in (None, "", [], {}):
                where = ".".join(filter(None, (place, _short(_printable(str(key))))))
                self.say(where, _("There is no place for this here; left out: %(value)s") % {"value": _quoted(value)})

    def _clean(self, value: Any, limit: int, place: str, *, lines: bool) -> str:
        said = self._word(value, place)
        if not said:
            return ""
        plain = _printable(said)
        if plain != said:
            self.say(place, _("Characters that cannot be stored were removed."))
        cut = plain[: 8 * limit]
        try:
            cleaned = (clean_text if lines else clean_line)(cut, 3 * len(cut) + 100)
        except ValidationError as refused:
            self.say(place, " ".join(refused.messages))
            return ""
        if len(cleaned) > limit or len(plain) > len(cut):
            self.say(place, _("Longer than %(limit)s characters; the rest is left out.") % {"limit": f"{limit:,}"})
            cleaned = cleaned[:limit].strip()
        return cleaned

    def _word(self, value: Any, place: str) -> str:
        """A text or a number as text."""
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:  # neither NaN
            return str(value)
        self.say(place, _("This should be a text; left out."))
        return ""


def _printable(text: str) -> str:
    """Without halves of characters and control characters, which nobody types."""
    return _CONTROL.sub("", _SURROGATE.sub("", text))


def _quoted(value: Any) -> str:
    """What somebody wrote, short enough for a sentence; lists and objects by their words."""
    return _short(", ".join(_words(value, 3)))


def _words(value: Any, depth: int) -> Iterator[str]:
    """The words inside a value, not deeper than so many levels."""
    if isinstance(value, str):
        yield _printable(value)
    elif isinstance(value, dict | list) and depth:
        for each in list(value.values() if isinstance(value, dict) else value)[:10]:
            yield from _words(each, depth - 1)
    elif not isinstance(value, dict | list):
        yield str(value)[:_QUOTED] if not isinstance(value, int) or abs(value) < 10**15 else "…"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def _both(said: str, kept: str) -> dict[str, str]:
    return {"date": _short(said), "kept": kept}
