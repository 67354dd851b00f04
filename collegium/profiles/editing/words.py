"""Fields for links and for lists of names."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.career.sections import URL_LIMIT
from collegium.lib.fields import LineField
from collegium.lib.text import clean_line
from collegium.lib.text.links import whole
from collegium.skills.models import NAME_LIMIT

MOST_NAMES = 50
_LINES = re.compile(r"[\r\n]+")
_BETWEEN = re.compile(r"[,;\u060c\u3001\uff0c\uff1b]")
_HELD = re.compile("\x00(\\d+)\x00")


class LinkField(LineField):
    """An address on the web, kept as a browser would open it; `https://` may be left out."""

    def __init__(self, *, limit: int = URL_LIMIT, **kwargs: Any) -> None:
        super().__init__(limit=limit, **kwargs)
        for name, value in {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}.items():
            self.widget.attrs.setdefault(name, value)

    def clean_words(self, value: str) -> str:
        """The link, or a sentence saying what one looks like."""
        line = super().clean_words(value)
        if not line:
            return ""
        link = whole(line)
        if link is None:
            said = _("This is not a web address. One looks like this: https://example.org/page")
            raise ValidationError(said, code="link")
        return clean_line(link.href, self.limit)


class NamesField(LineField):
    """Several names in one field, with commas between them."""

    def __init__(self, *, most: int = MOST_NAMES, **kwargs: Any) -> None:
        super().__init__(limit=most * (NAME_LIMIT + 2), **kwargs)
        self.most = most
        self.known: tuple[str, ...] = ()

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Each name once, cleaned, in the order typed.

        Raises:
            ValidationError: there are too many, or one of them is too long.
        """
        lines = _LINES.sub(",", value) if isinstance(value, str) else value
        text = super().to_python(lines)
        names = list(dict.fromkeys(clean_line(part, NAME_LIMIT) for part in self._parts(text)))
        names = [name for name in names if name]
        if len(names) > self.most:
            said = _("At most %(most)d fit here; these are %(count)d.")
            raise ValidationError(said % {"most": self.most, "count": len(names)}, code="many")
        return names

    def _parts(self, text: str) -> Iterable[str]:
        """The pieces between commas; a name with a comma in it stays whole where it was there before."""
        kept = sorted((name for name in self.known if _BETWEEN.search(name)), key=len, reverse=True)
        for number, name in enumerate(kept):
            text = text.replace(name, f"\x00{number}\x00")
        return [_HELD.sub(lambda found: kept[int(found[1])], part) for part in _BETWEEN.split(text)]

    def prepare_value(self, value: Any) -> Any:
        """Names as one line of text."""
        return ", ".join(value) if isinstance(value, (list, tuple)) else value
