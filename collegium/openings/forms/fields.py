"""Fields that openings need and others do not: amounts as people write them, and lists with commas."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.lib.fields import LineField
from collegium.lib.text import clean_line

_SPACES = re.compile(r"[\s'’\u00a0\u202f]")
_GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
MOST_AMOUNT = Decimal(9_999_999_999)


def amount(text: str) -> Decimal:
    """Money as people write it: 50000, 50 000, 50,000, 50.000,50 and 1'200.50 alike.

    Raises:
        ValueError: that is no amount.
    """
    bare = _SPACES.sub("", text)
    if not re.fullmatch(r"[\d.,]{1,20}", bare, re.ASCII):
        raise ValueError("no amount")
    whole, cents = bare, ""
    if not _GROUPED.fullmatch(bare) and (last := max(bare.rfind("."), bare.rfind(","))) >= 0:
        whole, cents = bare[:last], bare[last + 1 :]
        if whole and not (whole.isdigit() or _GROUPED.fullmatch(whole)):
            raise ValueError("no amount")
    try:
        return Decimal(f"{re.sub('[.,]', '', whole) or 0}.{cents or 0}").quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError("no amount") from None


class NeededLine(LineField):
    """A line without which nothing is posted. A draft may lack it, so it is not asked for when it is cleaned."""

    def validate(self, value: Any) -> None:
        """Nothing; `posting.problems` asks."""


class AmountField(LineField):
    """An amount of money without which nothing is posted; None when nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=24, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The amount."""
        text = self.to_python(value)
        if not text:
            return None
        try:
            found = amount(text)
        except ValueError:
            raise ValidationError(_("Write an amount, such as 52,000.")) from None
        if found > MOST_AMOUNT:
            raise ValidationError(_("That is more than anybody is paid."))
        return found

    def prepare_value(self, value: Any) -> Any:
        """Whole amounts stand without cents."""
        if isinstance(value, Decimal):
            return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"
        return value


class NamesField(LineField):
    """Names with commas between them, each once, in order; chips where scripts run."""

    def __init__(self, *, most: int, each: int, **kwargs: Any) -> None:
        """Take how many names there may be, and how long each."""
        super().__init__(limit=most * (each + 2), required=False, **kwargs)
        self.most, self.each = most, each

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """The names."""
        parts = re.split(r"[,;\n]", value) if isinstance(value, str) else []
        found: dict[str, str] = {}
        for part in parts[: self.most * 4]:
            if name := clean_line(part, self.each):
                found.setdefault(name.casefold(), name)
        if len(found) > self.most:
            words = _("Those are %(n)s; at most %(most)s go here.")
            raise ValidationError(words % {"n": len(found), "most": self.most})
        return tuple(found.values())

    def prepare_value(self, value: Any) -> Any:
        """A list becomes names with commas again."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said yet."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        coerce: Callable[[str], bool] = {"yes": True, "no": False}.__getitem__
        super().__init__(
            choices=[("yes", kwargs.pop("yes")), ("no", kwargs.pop("no"))],
            coerce=coerce,
            empty_value=None,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """As its two buttons are called."""
        return {True: "yes", False: "no"}.get(value, value) if not isinstance(value, str) else value
