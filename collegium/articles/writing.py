"""From what an author typed to what readers get."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from collegium.articles.models import SLUG_LIMIT, Sheet
from collegium.lib.refusal import Conflict
from collegium.lib.text import markdown

_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands on a sheet, cleaned."""

    title: str
    lead: str
    source: str

    @property
    def all(self) -> tuple[str, str, str]:
        """In the order of `Sheet.texts`."""
        return self.title, self.lead, self.source

    @property
    def columns(self) -> dict[str, str]:
        """By name."""
        return {"title": self.title, "lead": self.lead, "source": self.source}


@dataclass(frozen=True, slots=True)
class Made:
    """An article as readers get it."""

    html: str
    columns: dict[str, Any]


def write(sheet: Sheet) -> Made:
    """Render a sheet.

    Raises:
        Conflict: it has no title, no text, or comes out longer than a page can be.
    """
    if not sheet.title or not sheet.source:
        raise Conflict(_("An article needs a title and a text before it can be published."))
    try:
        written = markdown.render(sheet.source)
    except markdown.TooMuch:
        raise Conflict(_("The tables or lists of this article are larger than a page can be.")) from None
    if not markdown.plain(written.html).strip():
        raise Conflict(_("Nothing of this text can be seen. Write some words first."))
    columns = {
        "title": sheet.title,
        "lead": sheet.lead,
        "source": sheet.source,
        "html": str(written.html),
        "words": written.words,
        "minutes": written.minutes,
        "slug": slug_of(sheet.title),
    }
    return Made(str(written.html), columns)


def slug_of(title: str) -> str:
    """The words of a title as they stand in an address, in whatever script."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    cut = _NOT_A_WORD.sub("-", folded).strip("-")[:SLUG_LIMIT]
    return cut.rpartition("-")[0] if len(cut) == SLUG_LIMIT and "-" in cut else cut.strip("-")
