"""Whom a query means, best first, and only whom the viewer may find."""

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.search import pool
from collegium.search.pool import Candidate
from collegium.search.words import Words
from collegium.ties.degrees import FAR, standings

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
    """The best people of the pool, as many as wanted, in order."""
    candidates = pool.gather(viewer, words, most=arm, asked=asked) if words else []
    places = {each.id: _place(words, each) for each in candidates}
    ranked = sorted(candidates, key=lambda each: (places[each.id], each.near, each.folded_name, each.id))
    seen = _seen(viewer, ranked, most)
    if not seen and words:
        alike = pool.resemble(words, most=arm)
        places = {each.id: ALIKE for each in alike}
        seen = _seen(viewer, alike, most)
    near = standings(viewer.member, (person.pk for person in seen))
    return sorted((_as_found(person, places[person.pk], near) for person in seen), key=lambda each: each.key)


def _seen(viewer: Viewer, ranked: Sequence[Candidate], most: int) -> list[Member]:
    """The first of the ranked whom the viewer may find. Asks a second time only where blocks took many of the first."""
    seen: list[Member] = []
    step = most + most // 4 + 2
    for start in range(0, len(ranked), step):
        keys = [each.id for each in ranked[start : start + step]]
        rows = people.findable_by(viewer).filter(pk__in=keys).only("id", "handle", "name", "headline", "photo")
        by_key = {member.pk: member for member in rows}
        seen += [by_key[key] for key in keys if key in by_key]
        if len(seen) >= most:
            break
    return seen[:most]


def _as_found(person: Member, place: int, near: dict) -> Found:
    stands = near.get(person.pk, FAR)
    return Found(person, stands.degree, stands.mutual, (place, stands.degree or FURTHER, -stands.mutual, person.pk))


def _place(words: Words, candidate: Candidate) -> int:
    """How well the query fits: the beginning of names, then of other words, then somewhere inside."""
    if candidate.folded_name.startswith(words.text) or words.begin_words_of(candidate.folded_name):
        return IN_NAME
    return IN_WORDS if words.begin_words_of(candidate.folded) else INSIDE
