"""What a mail or a locked screen says of news: its phrase as text, and as much of what was written as she wants."""

import re
from html import unescape

from django.utils.html import strip_tags

from collegium.lib.text import excerpt
from collegium.notifications import kinds
from collegium.notifications.models import Notification, Rest

BEGINNING = 200
MOST_LINES, LONGEST = 20, 2_000
_SPACE = re.compile(r"\s+")


def plain(phrase: str) -> str:
    """A phrase without its marks: for a subject, a plain mail, a locked screen."""
    quoted = str(phrase).replace("<q>", "“").replace("</q>", "”")
    return _SPACE.sub(" ", unescape(strip_tags(quoted))).strip()


def of(told: Notification, shown: str) -> list[str]:
    """As much of what was written to the reader as she wants to read outside.

    Args:
        told: with what it is about.
        shown: her `Rest.shown`.
    """
    lines = [line for line in kinds.of(told.kind).said(told) if line.strip()]
    if not lines or shown == Rest.Shown.NAME:
        return []
    if shown == Rest.Shown.BEGINNING:
        return [excerpt(lines[0], BEGINNING)]
    return [excerpt(line, LONGEST) for line in lines[:MOST_LINES]]
