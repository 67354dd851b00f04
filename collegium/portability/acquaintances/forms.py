"""What somebody brings: a file or a text with addresses, and which part of it. And by what she agrees to be found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField, TextField
from collegium.portability.acquaintances.book import MOST_ROWS, Wanted
from collegium.portability.acquaintances.opening import MOST_BYTES

MOST_PASTED = 50_000
MOST_WORDS = 8


class BookForm(forms.Form):
    """An address book: a file, or a text. Neither alone must be there, so neither is called optional."""

    use_required_attribute = False

    book = forms.FileField(
        label=_("A file of contacts"),
        help_text=_(
            "CSV or vCard, at most 5 MB and 20,000 rows: from Google, Outlook, Apple, or LinkedIn’s Connections."
        ),
        required=False,
        allow_empty_file=True,
        max_length=1000,
        error_messages={"max_length": _("The name of this file is too long. Please give it a shorter one.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.vcf,.txt,text/csv,text/vcard,text/x-vcard,text/plain"}),
    )
    text = TextField(
        limit=MOST_PASTED,
        required=False,
        label=_("Or paste addresses"),
        help_text=_("E-mail addresses, LinkedIn addresses or phone numbers with their country, in any order."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )
    words = LineField(
        limit=100,
        required=False,
        label=_("Only rows with these words"),
        help_text=_("A name or an organisation, as it stands in the file."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    begin = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000_000,
        label=_("Begin at line"),
        help_text=_("Of a file; in pasted text, at which address."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def as_shown(self) -> "BookForm":
        """The same for the page, once it has been judged."""
        self.errors  # noqa: B018 - judged now, before what follows could change the verdict
        for name in ("book", "text"):
            self.fields[name].required = True
        return self

    def clean(self) -> dict[str, Any]:
        """One of the two, and a file that is not too large to be looked at."""
        cleaned: dict[str, Any] = super().clean() or {}
        file, text = cleaned.get("book"), cleaned.get("text")
        if self.errors:
            return cleaned
        if file and text:
            self.add_error("text", _("Please bring a file or paste addresses, not both at once."))
        elif not file and not text:
            self.add_error("book", _("Please choose a file, or paste addresses."))
        elif file and (file.size or 0) > MOST_BYTES:
            self.add_error(
                "book", _("This file is larger than 5 MB, the most that is taken. Please bring it in parts.")
            )
        return cleaned

    @property
    def pasted(self) -> bool:
        """Whether the addresses came as a text."""
        return not self.cleaned_data.get("book")

    @property
    def data_given(self) -> bytes:
        """What is to be read."""
        file = self.cleaned_data.get("book")
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).encode(errors="replace")

    @property
    def wanted(self) -> Wanted:
        """Which part of it."""
        words = str(self.cleaned_data.get("words") or "").casefold().split()[:MOST_WORDS]
        return Wanted(self.cleaned_data.get("begin") or 1, tuple(words))


class AgreementForm(forms.Form):
    """By what others may find her; a box that is not ticked is a no."""

    email = forms.BooleanField(required=False, label=_("Who has my e-mail address may find me here by it"))
    phone = forms.BooleanField(required=False, label=_("Who has my phone number may find me here by it"))
    profile = forms.BooleanField(required=False, label=_("Who has my LinkedIn address may find me here by it"))


__all__ = ["MOST_ROWS", "AgreementForm", "BookForm"]
