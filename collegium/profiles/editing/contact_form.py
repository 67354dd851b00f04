"""One form for each kind of way to reach somebody, with the field a browser and a phone know best."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience.level import Level
from collegium.career.models import CONTACT_LIMIT, LABEL_LIMIT, Contact
from collegium.career.partial import EARLIEST
from collegium.lib import clock
from collegium.lib.fields import LineField
from collegium.lib.text.links import whole
from collegium.profiles import birthdays
from collegium.profiles.editing.dates import PartialDateField, Typed, number_of
from collegium.profiles.editing.levels import CHOICES
from collegium.profiles.editing.words import LinkField

Kind = Contact.Kind
_TELEPHONE = re.compile(r"[\d\s()+./*#x-]{3,40}")


@dataclass(frozen=True)
class About:
    """What is said of one kind: its name, its field, its second field, its icon, and how open it is at first."""

    name: str | Promise
    value: str | Promise
    hint: str | Promise
    label: str | Promise
    icon: str
    open_to: Level = Level.CONNECTIONS


_WHICH = gettext_lazy("What it is for")
ABOUT: Mapping[Kind, About] = {
    Kind.EMAIL: About(
        gettext_lazy("E-mail"),
        gettext_lazy("E-mail address"),
        gettext_lazy("You still sign in with the address of your account."),
        _WHICH,
        "mail",
    ),
    Kind.PHONE: About(
        gettext_lazy("Telephone"),
        gettext_lazy("Telephone number"),
        gettext_lazy("Kept as you write it. With + and the number of the country it works from everywhere."),
        _WHICH,
        "smartphone",
    ),
    Kind.WEBSITE: About(gettext_lazy("Website"), gettext_lazy("Address of the page"), "", _WHICH, "globe"),
    Kind.NETWORK: About(
        gettext_lazy("Other network"),
        gettext_lazy("Your name or page there"),
        "",
        gettext_lazy("Name of the network"),
        "at-sign",
    ),
    Kind.MESSENGER: About(
        gettext_lazy("Messenger"),
        gettext_lazy("Your name or number there"),
        "",
        gettext_lazy("Name of the messenger"),
        "message-circle",
    ),
    Kind.ADDRESS: About(
        gettext_lazy("Postal address"),
        gettext_lazy("Address"),
        gettext_lazy("On one line: street, postcode and town, country."),
        _WHICH,
        "map-pin",
        Level.ONLY_ME,
    ),
    Kind.BIRTHDAY: About(
        gettext_lazy("Birthday"),
        gettext_lazy("Birthday"),
        gettext_lazy("The year may be left out."),
        "",
        "calendar",
        Level.ONLY_ME,
    ),
}


class EmailField(LineField):
    """An e-mail address, as written."""

    def clean_words(self, value: str) -> str:
        """Refuse what no mail could be sent to."""
        line = super().clean_words(value)
        try:
            validate_email(line)
        except ValidationError:
            raise ValidationError(
                _("This is not an e-mail address. One looks like this: ada@example.org"), code="email"
            ) from None
        return line


class TelephoneField(LineField):
    """A number as its owner writes it."""

    def clean_words(self, value: str) -> str:
        """Refuse what nobody could dial."""
        line = super().clean_words(value)
        if not _TELEPHONE.fullmatch(line) or sum(letter.isdigit() for letter in line) < 3:
            raise ValidationError(
                _("A telephone number has digits, spaces and the signs + ( ) - . / only."), code="phone"
            )
        return line


class PlaceOnlineField(LineField):
    """A name on another network, or the address of one's page there."""

    def clean_words(self, value: str) -> str:
        """An address is kept as a browser would open it; a name as it is."""
        line = super().clean_words(value)
        if "://" not in line and "/" not in line:
            return line
        link = whole(line)
        if link is None:
            raise ValidationError(_("This is neither a name nor a web address."), code="link")
        return link.href


class BirthdayField(PartialDateField):
    """A partial date, or a day of the year."""

    def to_python(self, value: Any) -> str:
        """As it is kept.

        Raises:
            ValidationError: there is no such day, it lies ahead, or it says too little.
        """
        year, month, day = self.pieces(value)
        if not (year or month or day):
            return ""
        numbers = number_of(year, 4), number_of(month, 2), number_of(day, 2)
        if any(typed and number is None for typed, number in zip((year, month, day), numbers, strict=True)):
            raise ValidationError(_("Please give year and day as numbers."), code="number")
        try:
            made = birthdays.make(*numbers)
        except ValueError:
            made = ""
        if not made or (month == "" and day != "") or not _is_past(numbers[0]):
            said = _("Please give a day and its month, with or without the year, or a year since %(first)d.")
            raise ValidationError(said % {"first": EARLIEST}, code="date")
        return made

    def pieces(self, value: Any) -> Typed:
        """Also of a day without a year."""
        if isinstance(value, str) and value.startswith("--"):
            try:
                year, month, day = (str(piece or "") for piece in birthdays.pieces(value))
            except ValueError:
                return "", "", ""
            return year, month, day
        try:
            return super().pieces(value)
        except ValueError:
            return "", "", ""


def _is_past(year: int | None) -> bool:
    return year is None or EARLIEST <= year <= clock.now().year


FIELDS: Mapping[Kind, tuple[type[LineField], dict[str, str]]] = {
    Kind.EMAIL: (EmailField, {"type": "email", "autocomplete": "email", "inputmode": "email", "dir": "ltr"}),
    Kind.PHONE: (TelephoneField, {"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    Kind.WEBSITE: (LinkField, {"autocomplete": "url"}),
    Kind.NETWORK: (PlaceOnlineField, {"autocomplete": "off", "autocapitalize": "none", "dir": "ltr"}),
    Kind.MESSENGER: (LineField, {"autocomplete": "off", "autocapitalize": "none", "dir": "ltr"}),
    Kind.ADDRESS: (LineField, {"autocomplete": "street-address", "dir": "auto"}),
}


class ContactForm(forms.Form):
    """One way to reach somebody, and who may know of it."""

    def __init__(self, data: Any = None, *, kind: Kind, contact: Contact | None = None) -> None:
        """Take what was sent, the kind, and the row unless it is a new one."""
        self.kind, self.about, self.contact = kind, ABOUT[kind], contact
        held = {name: getattr(contact, name) for name in ("value", "label", "audience")} if contact else {}
        super().__init__(
            data,
            initial={"audience": self.about.open_to.value} | held,
            auto_id=f"contact{contact.pk if contact else ''}-%s",
        )
        said: dict[str, Any] = {"label": self.about.value, "help_text": self.about.hint}
        if kind == Kind.BIRTHDAY:
            self.fields["value"] = BirthdayField(**said)
        else:
            made, attrs = FIELDS[kind]
            field = made(limit=CONTACT_LIMIT, **said)
            field.widget = type(field.widget)(attrs=field.widget.attrs | attrs)
            self.fields["value"] = field
            self.fields["label"] = LineField(
                limit=LABEL_LIMIT, required=kind in (Kind.NETWORK, Kind.MESSENGER), label=self.about.label
            )
            self.fields["label"].widget.attrs |= {"dir": "auto", "autocomplete": "off"}
        self.fields["audience"] = forms.TypedChoiceField(
            coerce=int, choices=CHOICES, label=gettext_lazy("Who can read it")
        )

    @property
    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        return {"label": ""} | self.cleaned_data
