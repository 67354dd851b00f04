"""Reasons and terms as sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.members.models import Member
from collegium.network.suggestions.formula import Facts, Kind, Term

ICONS = {
    Kind.MUTUAL: "users",
    Kind.TOGETHER: "building-2",
    Kind.SKILL: "sparkles",
    Kind.INTEREST: "heart",
    Kind.PLACE: "map-pin",
    Kind.FOLLOWED: "rss",
    Kind.FOLLOWER: "rss",
    Kind.BRIDGE: "compass",
}
SKILLS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is suggested: what it rests on, and the sentence."""

    kind: Kind
    words: str

    @property
    def icon(self) -> str:
        """The picture beside it."""
        return ICONS[self.kind]


def reasons(facts: Facts, terms: Sequence[Term], said: Mapping[Kind, list[str]]) -> list[Reason]:
    """The sentences for the terms of one suggestion, in the order of their weight.

    Args:
        facts: what joins the two.
        terms: what it weighs; those that only add to another have no sentence of their own.
        said: sentences that were put together with names: of whom both know, of where both were.
    """
    found: list[Reason] = []
    for term in terms:
        sentences = said.get(term.kind) or ([text] if (text := _sentence(term.kind, facts)) else [])
        found += [Reason(term.kind, text) for text in sentences]
    return found


def _sentence(kind: Kind, facts: Facts) -> str:
    if kind == Kind.SKILL:
        return _skills([name for name, _holders in facts.skills])
    if kind == Kind.INTEREST:
        return _("Both interested in %(names)s") % {"names": joined(list(facts.interests[:SKILLS_NAMED]))}
    if kind == Kind.PLACE:
        return _("Both in %(place)s") % {"place": facts.place}
    if kind == Kind.BRIDGE:
        return facts.bridge
    if kind == Kind.FOLLOWED:
        return _("You follow them")
    return _("Follows you") if kind == Kind.FOLLOWER else ""


def _skills(names: list[str]) -> str:
    """The rarest by name."""
    rest = len(names) - SKILLS_NAMED
    if rest <= 0:
        return _("Both know %(names)s") % {"names": joined(names)}
    about = {"names": ", ".join(names[:SKILLS_NAMED]), "n": rest}
    return ngettext("Both know %(names)s and %(n)s more", "Both know %(names)s and %(n)s more", rest) % about


def both_know(people: Sequence[Member], total: int) -> str:
    """In words: "You both know Bo, Cy and 10 others"."""
    names = [person.name for person in people]
    if not names:
        return ngettext("You both know %(n)s person", "You both know %(n)s people", total) % {"n": total}
    others = total - len(names)
    if others <= 0:
        return _("You both know %(names)s") % {"names": joined(names)}
    about = {"names": ", ".join(names), "n": others}
    return (
        ngettext("You both know %(names)s and %(n)s other", "You both know %(names)s and %(n)s others", others) % about
    )


def joined(names: Sequence[str]) -> str:
    """In words: "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def capital(sentence: str) -> str:
    """A phrase as the beginning of a line."""
    return sentence[:1].upper() + sentence[1:]


def term(kind: Kind) -> str:
    """What a summand of the formula is called."""
    return {
        Kind.MUTUAL: _("People you both know"),
        Kind.TOGETHER: _("At the same place in the same years"),
        Kind.STILL: _("Both still there"),
        Kind.PROVED: _("An address there was proved"),
        Kind.SKILL: _("Skills you share, the rarer the more"),
        Kind.INTEREST: _("Interests you share"),
        Kind.PLACE: _("Same place"),
        Kind.FOLLOWED: _("You follow them"),
        Kind.FOLLOWER: _("Follows you"),
        Kind.BRIDGE: _("Leads where you know nobody yet"),
    }[kind]
