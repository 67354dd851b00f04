"""The bytes of a JSON Resume: bounded, decoded, parsed; nothing in them can raise."""

import json
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from collegium.career.document import Document
from collegium.resumes.jsonresume.load import document_of
from collegium.resumes.jsonresume.values import Problem

MOST_BYTES = 2 * 1024 * 1024


def load(data: bytes | Any) -> tuple[Document, list[Problem]]:
    """The career in a JSON Resume.

    Args:
        data: the file (UTF-8, UTF-16 or UTF-32, with or without a mark at its beginning), or what a parser made of it.

    Returns:
        What could be taken, and a sentence with its place for everything that could not; nothing and one sentence
        without a place when the file cannot be read at all. Never an exception.
    """
    return _read(data) if isinstance(data, bytes) else document_of(data)


def _read(raw: bytes) -> tuple[Document, list[Problem]]:
    if len(raw) > MOST_BYTES:
        return Document(), [Problem("", _("The file is larger than 2 MB, which no CV is."))]
    twice: list[str] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            counted = Counter(name for name, _value in pairs)
            twice.extend(sorted(name for name, times in counted.items() if times > 1)[:5])
        return found

    try:
        text = raw.decode(json.detect_encoding(raw), "surrogatepass").removeprefix("\ufeff")
        data = json.loads(text, object_pairs_hook=table, parse_int=_number, parse_constant=lambda word: None)
    except UnicodeDecodeError:
        return Document(), [Problem("", _("The file is not text in UTF-8. Please save it as UTF-8."))]
    except json.JSONDecodeError as broken:
        where = {"line": broken.lineno, "column": broken.colno}
        return Document(), [Problem("", _("This is not JSON: line %(line)s, column %(column)s.") % where)]
    except (RecursionError, ValueError):
        return Document(), [Problem("", _("The file is nested more deeply than a CV can be."))]
    document, problems = document_of(data)
    doubled = [Problem(name[:60], _("This stands there twice; the last one counts.")) for name in twice[:20]]
    return document, [*doubled, *problems]


def _number(digits: str) -> int | str:
    """A whole number; one that is too long to be one stays text."""
    return int(digits) if len(digits) < 16 else digits
