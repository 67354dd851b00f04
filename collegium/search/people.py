"""The people a search finds, as a page shows them: who they are, what they do, why they were found, whom both know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, Standing, standings
from collegium.lib import cursor
from collegium.lib.query.tree import Term, terms
from collegium.members.models import Member
from collegium.network.mutuals import NOBODY_SHARED, Mutual, mutuals
from collegium.search import asking, reading
from collegium.search.asking import Asked, Value
from collegium.search.eyes import Eyes
from collegium.search.query import parse
from collegium.search.reading import Told
from collegium.search.searching import Hit, Search
from collegium.search.words import Bit, Marker

PAGE = 20
NAMED = 2
MOST_REASONS = 2
WORDS_AHEAD = 6
"""Words that count while somebody types: names have no more, and it is asked with every letter."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Where on a profile the words stand: which part it is, and the text with the words marked."""

    part: str
    text: Sequence[Bit]


@dataclass(frozen=True, slots=True)
class Found:
    """One person found.

    Attributes:
        person: who; name, handle, headline, place, photo.
        degree: 1, 2, 3, or None for further (and for oneself).
        mutual: how many both know.
        shared: some of them by name.
        role: what she does now, where it is open to the viewer and the headline does not say it.
        reasons: where the words stand that are not seen in the lines above.
    """

    person: Member
    degree: int | None = None
    mutual: int = 0
    shared: Mutual = field(default_factory=Mutual)
    name: Sequence[Bit] = ()
    headline: Sequence[Bit] = ()
    role: Sequence[Bit] = ()
    place: Sequence[Bit] = ()
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the people found; `total` is of all of them."""

    found: Sequence[Found]
    total: int
    alike: bool
    after: str


def page(search: Search, after: str = "") -> Page:
    """One page of a search.

    Args:
        search: worked out.
        after: the cursor of the page before.

    Raises:
        Http404: the cursor is not one.
    """
    start = cursor.unpack(after, 2) if after else ()
    hits = search.first(PAGE + 1, (start[0], start[1]) if start else None)
    shown = hits[:PAGE]
    return Page(
        found=_described(search, shown),
        total=search.total,
        alike=search.alike,
        after=cursor.pack(*shown[-1].place) if len(hits) > PAGE else "",
    )


def ahead(viewer: Viewer, typed: str, most: int = 8, *, mention: bool = False) -> list[Found]:
    """The best few while somebody types: names first, one's connections and theirs before others.

    Args:
        viewer: who types.
        typed: so far.
        most: how many.
        mention: to be named in a text; oneself not at all.
    """
    typed = " ".join(parse.shown(typed).split()[:WORDS_AHEAD])
    asked = Asked(typed, parse.read(typed))
    if asked.node is None:
        return []
    search = Search(Eyes(viewer), asked, names_enough=most + 1)
    hits = search.first(most + 1, near_first=True)
    rows = reading.faces(viewer, [hit.key for hit in hits])
    near = standings(viewer.member, list(rows), search.eyes.view)
    found = [
        Found(rows[hit.key], near.get(hit.key, FAR).degree, near.get(hit.key, FAR).mutual)
        for hit in hits
        if hit.key in rows and not (mention and hit.key == viewer.id)
    ]
    return found[:most]


def people(viewer: Viewer, query: str, *, degree: int | None = None, most: int = 50) -> list[Found]:
    """The people a query means, for whoever asks from a program.

    Args:
        viewer: who asks.
        query: in the language of the search box.
        degree: 1 or 2: connections, or those at most two steps away.
        most: how many.
    """
    steps = [str(step) for step in range(1, degree + 1)] if degree in (1, 2) else []
    chosen = tuple(Value(asking.DEGREE, step, step) for step in steps)
    asked = Asked(parse.shown(query), parse.read(query), chosen)
    if not asked:
        return []
    search = Search(Eyes(viewer), asked)
    return _described(search, search.first(most))


def _described(search: Search, hits: Sequence[Hit]) -> list[Found]:
    """These people as a page shows them."""
    viewer, view = search.eyes.viewer, search.eyes.view
    rows = reading.rows(viewer, [hit.key for hit in hits])
    if not rows:
        return []
    told = reading.told(rows)
    members = [rows[hit.key].member for hit in hits if hit.key in rows]
    near = standings(viewer.member, list(rows), view)
    shared = mutuals(viewer, members, NAMED, view)
    wanted = [] if search.alike else terms(search.asked.node)
    marker = Marker(wanted, _texts(members, told))
    found = []
    for member in members:
        stands = near.get(member.pk, FAR), shared.get(member.pk, NOBODY_SHARED)
        found.append(_shown(member, told[member.pk], marker, wanted, stands))
    return found


def _texts(members: Sequence[Member], told: Mapping[int, Told]) -> list[str]:
    heads = [text for member in members for text in (member.name, member.headline, member.place)]
    return (
        heads
        + [text for each in told.values() for _part, text in each.texts]
        + [role for each in told.values() for role in each.roles]
    )


def _shown(
    member: Member, told: Told, marker: Marker, wanted: Sequence[Term], stands: tuple[Standing, Mutual]
) -> Found:
    role = next((role for role in told.roles if _adds(role, member.headline)), "")
    head = f"{member.name} {member.headline} {member.place} {role} {member.handle}"
    missing = [term for term in wanted if not marker.has(head, term)]
    return Found(
        person=member,
        degree=stands[0].degree,
        mutual=stands[1].total,
        shared=stands[1],
        name=marker.bits(member.name),
        headline=marker.bits(member.headline),
        role=marker.bits(role),
        place=marker.bits(member.place),
        reasons=_reasons(told, marker, missing),
    )


def _adds(role: str, headline: str) -> bool:
    """Whether a role says what the headline does not."""
    said = set(headline.casefold().replace(",", " ").split())
    return not set(role.casefold().replace("·", " ").replace(",", " ").split()) <= said


def _reasons(told: Told, marker: Marker, missing: Sequence[Term]) -> list[Reason]:
    """The first place for each of the words, every place once."""
    reasons: dict[tuple[str, str], Reason] = {}
    for term in missing:
        for part, text in told.texts:
            if marker.has(text, term):
                reasons.setdefault((part, text), Reason(part, marker.excerpt(text)))
                break
    return list(reasons.values())[:MOST_REASONS]
