"""What is asked of the people of an organisation, out of an address and back into one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.organizations.models import Organization

PRESENT, FORMER, STUDIED = "present", "former", "studied"
LISTS = (PRESENT, FORMER, STUDIED)
WORDS_LIMIT, MOST_WORDS, MOST_CHOSEN = 100, 6, 10
LEFT, FIELD, WORK, PLACE = "left", "field", "work", "place"
FACETS: Mapping[str, str | Promise] = {
    LEFT: _("When they left"),
    FIELD: _("What they studied"),
    WORK: _("Where they work now"),
    PLACE: _("Where they live"),
}
# Which facets a list has.
OF_LIST = {PRESENT: (PLACE,), FORMER: (PLACE,), STUDIED: (LEFT, FIELD, WORK, PLACE)}


@dataclass(frozen=True)
class Asked:
    """One question.

    Attributes:
        who: one of `LISTS`.
        words: what was typed, of which every word must stand in the name or in what she is there.
        chosen: the chosen values by facet: a decade, a folded field or place, the key of an organisation.
    """

    who: str
    words: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def address(self, path: str, **more: str) -> str:
        """Where this question is asked."""
        said = [("who", self.who), *([("q", self.words)] if self.words else [])]
        said += [(name, value) for name in FACETS for value in sorted(self.chosen.get(name, ()))]
        return f"{path}?{urlencode([*said, *more.items()])}"

    def turned(self, name: str, value: str) -> "Asked":
        """The same with one value more, or less."""
        return replace(self, chosen={**self.chosen, name: self.chosen.get(name, frozenset()) ^ {value}})

    def without(self) -> "Asked":
        """The same with nothing chosen."""
        return replace(self, chosen={}, words="")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen or typed."""
        return bool(self.words) or any(self.chosen.values())


def first_list(organization: Organization) -> str:
    """What is shown before anything is asked: of a school those who studied there."""
    return STUDIED if organization.kind == Organization.Kind.SCHOOL else PRESENT


def asked(said: QueryDict, organization: Organization, otherwise: str = "") -> Asked:
    """Read it; what makes no sense is left out.

    Args:
        said: the address.
        organization: of whose people.
        otherwise: which list, where the address names none; by default what such an organisation is for.

    Raises:
        Http404: there is no such list.
    """
    who = said.get("who") or otherwise or first_list(organization)
    if who not in LISTS:
        raise Http404
    words = " ".join(said.get("q", "").replace("\0", " ").split())[:WORDS_LIMIT]
    chosen = {
        name: frozenset(value[:WORDS_LIMIT] for value in said.getlist(name)[:MOST_CHOSEN] if _makes_sense(name, value))
        for name in OF_LIST[who]
    }
    return Asked(who, words, {name: values for name, values in chosen.items() if values})


def _makes_sense(name: str, value: str) -> bool:
    if name in (LEFT, WORK):
        return value.isascii() and value.isdigit() and len(value) < (5 if name == LEFT else 19)
    return bool(value) and "\0" not in value
