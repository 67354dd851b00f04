"""Whom a member may know, with reasons.

In which order people come up is drawn now and then (`ranking`, `kept`). Who of them may be shown, and every word that
is said of them, is read for the page itself, under the rule of sight: a right that ended ends here at once.
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
from collegium.network.suggestions import beyond, judging, kept, ranking, words
from collegium.network.suggestions.formula import Facts, Kind, Term, terms
from collegium.network.suggestions.ranking import Ranking, Weighed
from collegium.network.suggestions.words import Reason

PAGE, NAMED = 20, 3
# So many more than a page shows are judged at once, so that one who left does not cost another look.
SPARE = 4
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


@dataclass(frozen=True)
class Page:
    """A page of suggestions and the cursor of the next one, or ''."""

    suggestions: list[Suggestion]
    older: str = ""


def suggest(viewer: Viewer, most: int = PAGE) -> list[Suggestion]:
    """People the viewer may know, in an order that is worked out for this answer.

    Args:
        viewer: who looks; nobody is suggested nobody.
        most: how many at most.
    """
    if viewer.member is None:
        return []
    view = index.view()
    return _page(viewer, view, ranking.draw(viewer, view), 0, most).suggestions


def page(viewer: Viewer, after: str = "", most: int = PAGE) -> Page:
    """A page of them in the order that is kept, and the cursor of what follows.

    The cursor names the last one shown and her place: when she is gone from the order, it goes on where she stood.

    Raises:
        Http404: the cursor is none of ours.
    """
    place, key = cursor.unpack(after, 2) if after else (0, 0)
    if viewer.member is None:
        return Page([])
    view = index.view()
    order = kept.ranking_of(viewer, view)
    start = order.keys.index(key) + 1 if key in order.keys else max(0, min(place - 1, len(order.keys)))
    return _page(viewer, view, order, start, most)


def _page(viewer: Viewer, view: View, order: Ranking, start: int, most: int) -> Page:
    """The first of an order, from a place on, who may be shown and whom something joins with the viewer."""
    found: list[Suggestion] = []
    at = start
    while len(found) < most and at < len(order.keys):
        some = order.keys[at : at + most - len(found) + SPARE]
        shown = _say(viewer, _weighed(viewer, view, order, some)[: most - len(found)])
        found += shown
        full = len(found) == most
        at = order.keys.index(shown[-1].person.pk, at) + 1 if full and shown else at + len(some)
    older = cursor.pack(at, found[-1].person.pk) if found and at < len(order.keys) else ""
    return Page(found, older)


def _weighed(viewer: Viewer, view: View, order: Ranking, keys: Sequence[int]) -> list[tuple[Weighed, Mutual]]:
    """Those of these who may be shown, with what joins them and whom both know, in this order."""
    admitted = judging.admitted(viewer.id, keys)
    judged = {key: admitted[key] for key in keys if key in admitted}
    both = mutual(viewer, judged, NAMED, view)
    shared = {key: each.total for key, each in both.items()}
    leading = {key: order.bridges[key] for key in judged if key in order.bridges}
    bridges = beyond.still(viewer, leading, {key: judged[key].place for key in leading}, view)
    weighed = ranking.weigh(viewer, judged, shared, bridges, order.holders)
    return [(each, both.get(each.key, NOBODY_SHARED)) for each in weighed]


def _say(viewer: Viewer, shown: list[tuple[Weighed, Mutual]]) -> list[Suggestion]:
    """People, faces and sentences."""
    keys = [each.key for each, _both in shown]
    named = {key for _each, both in shown for key in both.keys}
    people: dict[int, Member] = {person.pk: person for person in PEOPLE.rows(keys=[*keys, *named])} if keys else {}
    at_work = [each.key for each, _both in shown if each.facts.together]
    together = shared_with_many(viewer, viewer.id, at_work) if at_work else {}
    return [_one(each.facts, people[each.key], both, people, together.get(each.key, [])) for each, both in shown]


def _one(
    facts: Facts, person: Member, both: Mutual, people: dict[int, Member], together: Sequence[Shared]
) -> Suggestion:
    known = [people[key] for key in both.keys if key in people]
    summands = terms(facts)
    said = {Kind.MUTUAL: [words.both_know(known, facts.mutual)] if facts.mutual else []}
    said[Kind.TOGETHER] = [words.capital(met.words) for met in together]
    return Suggestion(
        person=person,
        reasons=words.reasons(facts, summands, said),
        standing=Standing(2 if facts.mutual else None, facts.mutual),
        terms=summands,
        bridge=bool(facts.bridge),
        both_know=known,
    )
