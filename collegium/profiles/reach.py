"""Ways to reach somebody, as the page shows them: an icon, the words, and where pressing them leads."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from collegium.career.models import Contact
from collegium.lib.text.links import read_mail
from collegium.profiles import birthdays
from collegium.profiles.entries import link_of

ICONS = {
    Contact.Kind.EMAIL: "mail",
    Contact.Kind.PHONE: "smartphone",
    Contact.Kind.WEBSITE: "globe",
    Contact.Kind.NETWORK: "at-sign",
    Contact.Kind.MESSENGER: "message-circle",
    Contact.Kind.ADDRESS: "map-pin",
    Contact.Kind.BIRTHDAY: "calendar",
}
NAMES = {
    Contact.Kind.EMAIL: _("E-mail"),
    Contact.Kind.PHONE: _("Telephone"),
    Contact.Kind.WEBSITE: _("Website"),
    Contact.Kind.NETWORK: _("Network"),
    Contact.Kind.MESSENGER: _("Messenger"),
    Contact.Kind.ADDRESS: _("Address"),
    Contact.Kind.BIRTHDAY: _("Birthday"),
}
# What microformats call the property.
_PROPERTIES = {Contact.Kind.EMAIL: "u-email", Contact.Kind.PHONE: "p-tel", Contact.Kind.ADDRESS: "p-label"}
_CALLABLE = re.compile(r"\+?[\d ()/.\-]{4,40}")


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach somebody; `href` is "" for what no link can open."""

    icon: str
    name: str
    words: str
    href: str
    mark: str
    audience: int
    web: bool = False


def lines(contacts: Iterable[Contact]) -> list[Line]:
    """The contacts as the page lists them."""
    return [line(contact) for contact in contacts]


def line(contact: Contact) -> Line:
    """One of them. A value that is not what its kind promises is shown as the words it is."""
    kind = Contact.Kind(contact.kind)
    link = link_of(contact.value)
    href, words = _opened(kind, contact.value)
    if kind == Contact.Kind.BIRTHDAY:
        words = birthdays.words(contact.value)
    if link is not None and kind not in (Contact.Kind.EMAIL, Contact.Kind.PHONE):
        href, words = link.href, (link.host + link.rest).removesuffix("/")
    mark = "u-url" if link is not None else _PROPERTIES.get(kind, "p-note")
    name = contact.label or str(NAMES[kind])
    return Line(ICONS[kind], name, words, href, mark, contact.audience, web=link is not None)


def _opened(kind: Contact.Kind, value: str) -> tuple[str, str]:
    """What a mail program or a telephone can make of it."""
    if kind == Contact.Kind.EMAIL and value.count("@") == 1:
        found, end = read_mail(value, value.index("@"), 0)
        if found is not None and found[0] == 0 and end == len(value):
            return found[1].href, value
    if kind == Contact.Kind.PHONE and _CALLABLE.fullmatch(value):
        return "tel:" + re.sub(r"[^\d+]", "", value), value
    return "", value
