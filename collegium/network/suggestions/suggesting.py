"""Whom a member may know, with reasons: the pool, who of it may be shown, what joins them, and the order.

    pool      the graph (`around`), and who shares bodies, rare skills or is followed (`sources`)
    judged    whoever must not be suggested is taken away (`judging`)
    weighed   by what the viewer may read (`facts`, `beyond`, `formula`); nobody without a reason stays
    ordered   the weightiest first, mixed (`variety`)

A page of it costs eight statements, whatever the size of the network. Equal rows give an equal list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.career.history import Shared, shared_with_many
from collegium.graph import index
from collegium.graph.degrees import NOBODY_SHARED, Mutual, Standing, mutual
from collegium.graph.view import View
from collegium.lib import cursor
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.network.models import Door
from collegium.network.suggestions import around, beyond, facts, judging, sources, variety, words
from collegium.network.suggestions.formula import Facts, Kind, Term, score, terms
from collegium.network.suggestions.words import Reason

PAGE, NAMED = 20, 3
# As many as anybody reads; who wants more searches.
MOST = 100
PEOPLE = Statement(lambda slot: Member.objects.filter(slot.among("id", "keys")))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody the viewer may know.

    Attributes:
        person: who.
        reasons: why, the weightiest first; never none.
        standing: degree and number of people both know.
        terms: what it weighs (see `formula`).
        bridge: whether it leads to where the viewer knows nobody.
        both_know: the first of the people both know.
    """

    person: Member
    reasons: list[Reason]
    standing: Standing
    terms: list[Term]
    bridge: bool = False
    both_know: list[Member] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The sum of its terms."""
        return round(sum(term.value for term in self.terms), 2)

    @property
    def summands(self) -> list[tuple[str, float]]:
        """The terms in words, for whoever asks why."""
        return [(words.term(term.kind), term.value) for term in self.terms]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One of the pool, before anything is said of it."""

    key: int
    facts: Facts
    score: float

    @property
    def cluster(self) -> object:
        """The bunch of people one would take it for: a body both were at, else a place; else a bunch of its own."""
        if self.facts.together:
            return self.facts.together[0].place
        return self.facts.place or self.facts.bridge or self.key


@dataclass(frozen=True)
class Page:
    """A page of suggestions and the cursor of the next one, or ''."""

    suggestions: list[Suggestion]
    older: str = ""


def suggest(viewer: Viewer, most: int = PAGE, after: str = "") -> list[Suggestion]:
    """People the viewer may know, the most likely first, mixed with some who lead far out.

    Args:
        viewer: who looks; nobody is suggested nobody.
        most: how many at most.
        after: the cursor of a page (`page`), to go on behind it.

    Raises:
        Http404: the cursor is none of ours.
    """
    return page(viewer, after, most).suggestions


def page(viewer: Viewer, after: str = "", most: int = PAGE) -> Page:
    """The same with the cursor of what follows.

    The order is worked out anew for every page, so the cursor names the last one shown and her place: when she is gone
    from it (asked, dismissed), the list goes on where she stood.
    """
    begin = cursor.unpack(after, 2) if after else (0, 0)
    if viewer.member is None:
        return Page([])
    view = index.view()
    ranked = _ranked(viewer, view)
    start = _start(ranked, *begin)
    shown = ranked[start : start + most]
    last = start + len(shown)
    older = cursor.pack(last, shown[-1].key) if shown and last < len(ranked) else ""
    return Page(_say(viewer, shown, view), older)


def _start(ranked: Sequence[Weighed], place: int, key: int) -> int:
    for at, each in enumerate(ranked):
        if each.key == key:
            return at + 1
    return max(0, min(place - 1, len(ranked)))


def _ranked(viewer: Viewer, view: View) -> list[Weighed]:
    """Everybody who may be suggested, in the order of the pages."""
    me = viewer.me
    near = around.look(viewer, view)
    judged = judging.admitted(me.pk, sources.keys(me.pk) | near.mutual.keys())
    near.far = [key for key in near.far if key in judged]
    # Whom another source brought may share acquaintances too, only not so many that the graph brought her.
    brought = mutual(viewer, judged.keys() - near.mutual.keys(), 0, view)
    near.mutual |= {key: each.total for key, each in brought.items()}
    joined = facts.gather(viewer, judged)
    further = beyond.sentences(me.pk, me.place, near)
    weighed = []
    for key, person in judged.items():
        known = joined[key]
        known.mutual, known.bridge = near.mutual.get(key, 0), further.get(key, "")
        known.place = person.place if person.place and person.place.lower() == me.place.lower() else ""
        if person.door == Door.Who.SHARED and not known.mutual and not known.together:
            continue
        if weight := score(known):
            weighed.append(Weighed(key, known, weight))
    weighed.sort(key=lambda each: (-each.score, -each.key))
    return variety.mix(weighed, cluster=lambda each: each.cluster, bridge=lambda each: bool(each.facts.bridge))[:MOST]


def _say(viewer: Viewer, shown: Sequence[Weighed], view: View) -> list[Suggestion]:
    """People, faces and sentences for a page."""
    keys = [each.key for each in shown]
    both = mutual(viewer, keys, NAMED, view)
    named = {key for each in both.values() for key in each.keys}
    people: dict[int, Member] = {person.pk: person for person in PEOPLE.rows(keys=[*keys, *named])} if keys else {}
    at_work = [each.key for each in shown if each.facts.together]
    together = shared_with_many(viewer, viewer.id, at_work) if at_work else {}
    return [
        _one(each, people, both.get(each.key, NOBODY_SHARED), together.get(each.key, []))
        for each in shown
        if each.key in people
    ]


def _one(each: Weighed, people: dict[int, Member], both: Mutual, together: Sequence[Shared]) -> Suggestion:
    known = [people[key] for key in both.keys if key in people]
    summands = terms(each.facts)
    said = {Kind.MUTUAL: [words.both_know(known, each.facts.mutual)] if each.facts.mutual else []}
    said[Kind.TOGETHER] = [words.capital(met.words) for met in together]
    return Suggestion(
        person=people[each.key],
        reasons=words.reasons(each.facts, summands, said),
        standing=Standing(2 if each.facts.mutual else None, each.facts.mutual),
        terms=summands,
        bridge=bool(each.facts.bridge),
        both_know=known,
    )
