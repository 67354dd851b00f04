"""Whom a query means, best first, and only whom the viewer may find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.search import pool
from collegium.search.pool import Candidate
from collegium.search.words import Words
from collegium.ties.degrees import FAR, Standing, standings

CAP = 100
"""Nobody reads further, and whoever wants everybody is not looking for somebody: one adds a word instead."""
PAGE = 20
ASKED_AHEAD, ASKED = 300, 1000
IN_NAME, IN_WORDS, INSIDE, ALIKE = range(4)
FURTHER = 9

Key = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One person found, as a page shows her; `key` is her place in the order."""

    person: Member
    degree: int | None
    mutual: int
    key: Key


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the people found. `total` is of those the viewer may see, at most `CAP`; `more` says there are others."""

    found: Sequence[Found]
    total: int
    more: bool
    alike: bool
    after: str


def page(viewer: Viewer, words: Words, after: str = "") -> Page:
    """One page of the people a query means.

    Args:
        viewer: who searches.
        words: the query.
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is not one.
    """
    start: tuple[int, ...] = cursor.unpack(after, 4) if after else ()
    everybody = _found(viewer, words, most=CAP + 1, asked=ASKED, arm=CAP + 1)
    within = everybody[:CAP]
    rest = [found for found in within if found.key > start] if start else within
    shown = rest[:PAGE]
    return Page(
        found=shown,
        total=len(within),
        more=len(everybody) > CAP,
        alike=bool(within) and within[0].key[0] == ALIKE,
        after=cursor.pack(*shown[-1].key) if len(rest) > PAGE else "",
    )


def ahead(viewer: Viewer, words: Words, most: int = 8) -> list[Found]:
    """The best few, while somebody types."""
    return _found(viewer, words, most=most, asked=ASKED_AHEAD, arm=2 * most)


def known_first(viewer: Viewer, words: Words, most: int = 8) -> list[Found]:
    """The best few to be mentioned: connections before everybody else, oneself not at all."""
    found = _found(viewer, words, most=2 * most, asked=ASKED_AHEAD, arm=2 * most)
    others = [each for each in found if each.person.pk != viewer.id]
    return sorted(others, key=lambda each: (each.degree != 1, each.key))[:most]


def _found(viewer: Viewer, words: Words, *, most: int, asked: int, arm: int) -> list[Found]:
    """The best people of the pool, as many as wanted, in order.

    Whether to look for names that are only alike is decided by what the viewer may see: somebody unseen must not be
    noticed by what is left out for her.
    """
    if not words:
        return []
    candidates = pool.gather(viewer, words, most=arm, asked=asked)
    found = _judged(viewer, {each: _place(words, each) for each in candidates}, most)
    return found or _judged(viewer, dict.fromkeys(pool.resemble(viewer, words, most=arm), ALIKE), most)


def _judged(viewer: Viewer, places: Mapping[Candidate, int], most: int) -> list[Found]:
    """Only those whom the viewer may find; of some more than wanted, the nearest."""
    ranked = sorted(places, key=lambda each: (places[each], each.near, each.folded_name, each.id))
    seen = _seen(viewer, [each.id for each in ranked], most + most // 2 + 4)
    near = standings(viewer.member, seen)
    by_id = {each.id: place for each, place in places.items()}
    found = [_as_found(person, by_id[key], near.get(key, FAR)) for key, person in seen.items()]
    return sorted(found, key=lambda each: each.key)[:most]


def _seen(viewer: Viewer, keys: Sequence[int], most: int) -> dict[int, Member]:
    """The first of these whom the viewer may find. Asks a second time only where blocks took many of the first."""
    seen: dict[int, Member] = {}
    for start in range(0, len(keys), most):
        some = keys[start : start + most]
        rows = people.findable_by(viewer).filter(pk__in=some).only("id", "handle", "name", "headline", "photo")
        by_key = {member.pk: member for member in rows}
        seen |= {key: by_key[key] for key in some if key in by_key}
        if len(seen) >= most:
            break
    return seen


def _as_found(person: Member, place: int, stands: Standing) -> Found:
    """In the order: how well the words fit, how near, how many both know, who was here first."""
    key = (place, stands.degree or FURTHER, -stands.mutual, person.pk)
    return Found(person, stands.degree, stands.mutual, key)


def _place(words: Words, candidate: Candidate) -> int:
    """How well the query fits: the beginning of names, then of other words, then somewhere inside."""
    if candidate.folded_name.startswith(words.text) or words.begin_words_of(candidate.folded_name):
        return IN_NAME
    return IN_WORDS if words.begin_words_of(candidate.folded) else INSIDE
