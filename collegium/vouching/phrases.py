"""How two people know each other, in the words of whoever says it."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from collegium.career.sections import Text
from collegium.vouching.models import Relationship


class Phrase(NamedTuple):
    """One relationship, of the author to the recipient.

    Attributes:
        told: on the page, of both by name.
        mine: as the author says it.
        asked: as the recipient says it, who asks.
    """

    told: Text
    mine: Text
    asked: Text


PHRASES: dict[str, Phrase] = {
    Relationship.MANAGER: Phrase(
        _("%(author)s managed %(name)s directly"), _("I managed %(name)s directly"), _("%(name)s managed me directly")
    ),
    Relationship.REPORT: Phrase(
        _("%(author)s reported to %(name)s"), _("I reported to %(name)s"), _("%(name)s reported to me")
    ),
    Relationship.TEAM: Phrase(
        _("%(author)s and %(name)s worked in the same team"),
        _("%(name)s and I worked in the same team"),
        _("%(name)s and I worked in the same team"),
    ),
    Relationship.COLLEAGUE: Phrase(
        _("%(author)s and %(name)s worked together in different teams"),
        _("%(name)s and I worked together in different teams"),
        _("%(name)s and I worked together in different teams"),
    ),
    Relationship.CLIENT: Phrase(
        _("%(author)s was a client of %(name)s"), _("I was a client of %(name)s"), _("%(name)s was a client of mine")
    ),
    Relationship.SUPPLIER: Phrase(
        _("%(name)s was a client of %(author)s"), _("%(name)s was a client of mine"), _("I was a client of %(name)s")
    ),
    Relationship.PARTNER: Phrase(
        _("%(author)s and %(name)s worked together as business partners"),
        _("%(name)s and I were business partners"),
        _("%(name)s and I were business partners"),
    ),
    Relationship.TEACHER: Phrase(_("%(author)s taught %(name)s"), _("I taught %(name)s"), _("%(name)s taught me")),
    Relationship.STUDENT: Phrase(_("%(name)s taught %(author)s"), _("%(name)s taught me"), _("I taught %(name)s")),
    Relationship.CLASSMATE: Phrase(
        _("%(author)s and %(name)s studied together"),
        _("%(name)s and I studied together"),
        _("%(name)s and I studied together"),
    ),
    Relationship.MENTOR: Phrase(_("%(author)s mentored %(name)s"), _("I mentored %(name)s"), _("%(name)s mentored me")),
    Relationship.MENTEE: Phrase(_("%(name)s mentored %(author)s"), _("%(name)s mentored me"), _("I mentored %(name)s")),
    Relationship.VOLUNTEER: Phrase(
        _("%(author)s and %(name)s volunteered together"),
        _("%(name)s and I volunteered together"),
        _("%(name)s and I volunteered together"),
    ),
    Relationship.OTHER: Phrase(
        _("%(author)s knows %(name)s from something else"),
        _("I know %(name)s from something else"),
        _("%(name)s knows me from something else"),
    ),
}


def told(relationship: str, author: str, name: str) -> str:
    """The relationship on the page: "Bo managed Ada directly"."""
    return str(PHRASES[relationship].told) % {"author": author, "name": name}


def mine(name: str) -> list[tuple[str, str]]:
    """What an author can choose from, about the person of this name."""
    return [(key, str(phrase.mine) % {"name": name}) for key, phrase in PHRASES.items()]


def asked(name: str) -> list[tuple[str, str]]:
    """What an asker can choose from, about the person of this name."""
    return [(key, str(phrase.asked) % {"name": name}) for key, phrase in PHRASES.items()]
