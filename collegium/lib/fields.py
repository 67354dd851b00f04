"""Form fields for people's words; every form that takes text from a person uses one of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from collegium.lib.handles import MOST, check_handle
from collegium.lib.text import clean_line, clean_text


class LineField(forms.CharField):
    """One line: a name, a headline, a place."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        """Take `limit`, the most code points; everything else is `CharField`'s."""
        super().__init__(strip=False, **kwargs)
        self.limit = limit
        # Told to the browser, but not checked by Django: the length counts after cleaning.
        self.widget.attrs.setdefault("maxlength", str(limit))

    def clean_words(self, value: str) -> str:
        """The kind of cleaning; `TextField` differs in this alone."""
        return clean_line(value, self.limit)

    def to_python(self, value: Any) -> str:
        """Cleaned text; what is not text at all counts as nothing."""
        if value in self.empty_values or not isinstance(value, str):
            return ""
        return self.clean_words(value) or ""

    def run_validators(self, value: str) -> None:
        """Skip Django's NUL check: cleaning has refused it with a better sentence."""
        for validator in self.validators:
            if validator.__class__.__name__ != "ProhibitNullCharactersValidator":
                validator(value)


class TextField(LineField):
    """Several lines: a post, a note, a description."""

    widget = forms.Textarea

    def clean_words(self, value: str) -> str:
        """Paragraphs stay."""
        return clean_text(value, self.limit)


class HandleField(forms.CharField):
    """The name in a person's address (`/in/<handle>/`). Whether it is still free, the form that uses it asks."""

    default_error_messages = {"required": _("Please choose a handle.")}

    def __init__(self, **kwargs: Any) -> None:
        """Take what `CharField` takes, without a length."""
        super().__init__(strip=True, **kwargs)
        attrs = {"maxlength": str(MOST), "autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        for name, value in attrs.items():
            self.widget.attrs.setdefault(name, value)

    def to_python(self, value: Any) -> str:
        """Lower case without the sign people write before it."""
        if value in self.empty_values or not isinstance(value, str):
            return ""
        return value.strip().removeprefix("@").lower()

    def validate(self, value: str) -> None:
        """Refuse what is not a handle, with a sentence saying what one is."""
        super().validate(value)
        if value and (problem := check_handle(value)):
            raise ValidationError(problem, code="handle")


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let these be the choices of one field of a form that is being made.

    Raises:
        TypeError: nothing is chosen in this field.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field in which something is chosen")
    field.choices = list(choices)
