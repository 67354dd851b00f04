"""What two people share, as one of them may read it: told before one asks, and on the letter that arrives.

A line is judged for its reader. The two sides may see different things of each other, so the sender's page shows only
what the receiver will read as well (`shared_by_both`), and a door opens, or an empty invitation passes, on nothing
else.

Rooms above this one, and such as do not exist yet, add what they know by `providers.lay` (`config/wiring.py`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.level import Level
from collegium.audience.viewer import Viewer
from collegium.career.history import Shared, shared_with_many
from collegium.career.sections import Section
from collegium.graph import degrees, index
from collegium.graph.view import View
from collegium.lib.text.hosts import shown_host
from collegium.members.models import Member
from collegium.network.mutuals import NAMED, Mutual, mutuals
from collegium.workplaces.models import Proof

INTRODUCTION, MUTUAL, ORGANIZATION, WORKPLACE = "introduction", "mutual", "organization", "workplace"
# Of one page: enough to recognise somebody by.
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that joins two people.

    Attributes:
        kind: what sort of thing it is.
        words: a sentence, or part of one, for the reader.
        opens: it lets its reader past the other's door, without a note: they were brought together a short while ago.
        mark: tells it from others of its kind; two sides share it where kind and mark are the same.
    """

    kind: str
    words: str
    opens: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Context:
    """What joins a reader with one person."""

    lines: list[Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines)

    @property
    def opens(self) -> bool:
        """It lets the reader past the other's door, whatever stands there."""
        return any(line.opens for line in self.lines)

    @property
    def in_common(self) -> bool:
        """They share something, beside having been introduced to each other once."""
        return any(line.kind != INTRODUCTION for line in self.lines)

    @property
    def words(self) -> list[str]:
        """The sentences, the strongest first, not more than one reads."""
        return [line.words for line in self.lines[:MOST_LINES]]


NOTHING = Context()
Lines = Mapping[int, Sequence[Line]]
Provider = Callable[[Viewer, Sequence[int]], Lines]


class Providers(list[Provider]):
    """What gives lines beside what this room knows itself: each is asked once for a page of people."""

    def lay(self, given: Iterable[Provider]) -> None:
        """Take the list of the roof; once, when every room stands."""
        self[:] = given


providers = Providers()


def context(viewer: Viewer, people: Iterable[Member]) -> dict[int, Context]:
    """What joins the viewer with each of these people, in her eyes; a constant number of statements.

    Args:
        viewer: who reads; to someone signed out nothing is told.
        people: a page of people whom she sees, or who asked her.

    Returns:
        An entry for each with whom there is something.
    """
    page = [person for person in people if person.pk != viewer.id]
    if viewer.member is None or not page:
        return {}
    keys = [person.pk for person in page]
    found: dict[int, list[Line]] = defaultdict(list)
    for provide in (*providers, _organizations, _workplaces):
        for key, lines in provide(viewer, keys).items():
            found[key] += lines
    for key, shared in mutuals(viewer, page).items():
        found[key].append(Line(MUTUAL, both_know(shared)))
    return {key: Context(sorted(lines, key=_rank)) for key, lines in found.items() if lines}


def shared_by_both(one: Member, other: Member) -> Context:
    """What each of the two may read of what joins them, in the words of the first.

    That somebody is known to both counts where both know of the same person, however near that one lets either come.
    """
    mine = context(Viewer(one), [other]).get(other.pk, NOTHING)
    if not mine:
        return NOTHING
    theirs = context(Viewer(other), [one]).get(one.pk, NOTHING)
    marks = {(line.kind, line.mark) for line in theirs.lines if line.kind != MUTUAL}
    lines = [line for line in mine.lines if line.kind != MUTUAL and (line.kind, line.mark) in marks]
    if any(line.kind == MUTUAL for line in mine.lines) and (known := _known_to_both(one, other)).people:
        lines.append(Line(MUTUAL, both_know(known)))
    return Context(sorted(lines, key=_rank))


def both_know(mutual: Mutual) -> str:
    """The mutual connections in words: "You both know Bo, Cy and 3 others."."""
    names = [person.name for person in mutual.people]
    if mutual.others:
        words = ngettext(
            "You both know %(names)s and %(n)s other.", "You both know %(names)s and %(n)s others.", mutual.others
        )
        return words % {"names": ", ".join(names), "n": mutual.others}
    if len(names) == 1:
        return _("You both know %(name)s.") % {"name": names[0]}
    return _("You both know %(names)s and %(last)s.") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _known_to_both(one: Member, other: Member) -> Mutual:
    """Whom both know in the eyes of both, and would whatever distance the third keeps.

    The first also reads whom she knows in common in her own eyes. Were the third to count only where he lets both come
    near, the difference would tell her that he restricts the other: so his profile is open to members, and either his
    list is, or those of the two are.
    """
    view: View = index.view()
    every = view.size
    mine = degrees.mutual(Viewer(one), [other.pk], every, view).get(other.pk)
    theirs = degrees.mutual(Viewer(other), [one.pk], every, view).get(one.pk)
    if mine is None or theirs is None:
        return Mutual()
    to_members = Member.ListAudience.MEMBERS
    people = Member.objects.filter(pk__in=set(mine.keys) & set(theirs.keys), visibility__lte=Level.MEMBERS)
    if max(one.connections_audience, other.connections_audience) > to_members:
        people = people.filter(connections_audience__lte=to_members)
    found = list(people.order_by("pk").values_list("pk", flat=True))
    named = Member.objects.filter(pk__in=found[:NAMED]).order_by("sort_name", "pk")
    return Mutual(list(named), len(found))


def _organizations(viewer: Viewer, keys: Sequence[int]) -> Lines:
    """Employers, schools and offices of both in the same years."""
    shared = shared_with_many(viewer, viewer.id, keys)
    return {key: list(_at(places)) for key, places in shared.items()}


def _at(places: Sequence[Shared]) -> Iterator[Line]:
    """One line a place."""
    said = {
        Section.POSITIONS: _("You both worked at %(name)s, %(years)s."),
        Section.EDUCATION: _("You both studied at %(name)s, %(years)s."),
        Section.VOLUNTEERING: _("You both volunteered at %(name)s, %(years)s."),
    }
    for place in places:
        sentence = said.get(Section(place.section)) if place.section else None
        words = (sentence or _("You were both at %(name)s, %(years)s.")) % {"name": place.name, "years": place.years}
        mark = f"{place.organization or place.folded}|{place.section}|{place.since}|{place.until}"
        yield Line(ORGANIZATION, words, mark=mark)


def _workplaces(viewer: Viewer, keys: Sequence[int]) -> Lines:
    """Addresses at the same domain that both have proved, with a position the reader may see."""
    rows = Proof.objects.shown_to(viewer).filter(member__in=[viewer.id, *keys]).values_list("member", "domain")
    domains: dict[int, set[str]] = defaultdict(set)
    for member, domain in rows:
        domains[member].add(domain)
    mine = domains.pop(viewer.id, set())
    words = _("You both proved an address at %(domain)s.")
    return {
        key: [Line(WORKPLACE, words % {"domain": shown_host(domain)}, mark=domain) for domain in sorted(both)]
        for key, theirs in domains.items()
        if (both := mine & theirs)
    }


ORDER = (INTRODUCTION, MUTUAL, ORGANIZATION, WORKPLACE)


def _rank(line: Line) -> int:
    """What brought two together first, then whom both know, where both were; the rest after it."""
    return ORDER.index(line.kind) if line.kind in ORDER else len(ORDER)
