"""What two people share: the organisations both were at in the same time, as far as the viewer may read of either.

A row counts only when the viewer may read it on both profiles, so that nothing hidden can be inferred from what is told
of two people. As in lists of people (`audience.people.findable_by`), a hidden profile stays hidden here even where an
invitation of its owner has opened it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from collegium.audience.rule import closeness
from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.career import partial
from collegium.career.models import Item, level_of
from collegium.career.sections import SPECS, Section
from collegium.lib.statement import Slots, Statement

SECTIONS = (Section.POSITIONS, Section.EDUCATION, Section.VOLUNTEERING)
# Of one person; as much as the three sections hold.
MOST = 300
# More roles than anybody has with one employer.
MOST_AT_ONE_PLACE = 24
# Of everybody asked about; a page of people who were at the same places.
MOST_OF_ALL = 3_000


@dataclass(frozen=True, slots=True)
class Shared:
    """An organisation two people were at in the same time.

    Attributes:
        name: of the organisation.
        path: of its page; "" where it has no record.
        section: the section both have it in; "" where it is not the same one.
        since: partial date; "" only where a place is shared without a time.
        until: partial date; "" goes on.
        organization: the key of the record; None without one.
        folded: the name as it is compared.
    """

    name: str
    path: str
    section: str
    since: str
    until: str
    organization: int | None = None
    folded: str = ""

    @property
    def words(self) -> str:
        """For people: "worked together at X, 2019–21"."""
        match self.section:
            case Section.POSITIONS:
                said = _("worked together at %(name)s, %(years)s")
            case Section.EDUCATION:
                said = _("studied together at %(name)s, %(years)s")
            case Section.VOLUNTEERING:
                said = _("volunteered together at %(name)s, %(years)s")
            case _other:
                said = _("both at %(name)s, %(years)s")
        return said % {"name": self.name, "years": self.years}

    @property
    def years(self) -> str:
        """For people: "2019–21", "since 2019"."""
        return years(self.since, self.until)


def years(since: str, until: str) -> str:
    """A span of partial dates in years, as short as it stays clear: "2019–21", "1998–2003", "2019", "since 2019"."""
    begin, end = since[:4], until[:4]
    if not begin:
        return _("until %(year)s") % {"year": end} if end else ""
    if not end:
        return _("since %(year)s") % {"year": begin}
    if begin == end:
        return begin
    return f"{begin}–{end[2:] if begin[:2] == end[:2] else end}"


def shared(viewer: Viewer, one: int, other: int) -> list[Shared]:
    """What two people share in this viewer's eyes, the latest first.

    Args:
        viewer: who looks.
        one: key of a member, whose way to write a name is used.
        other: key of another.
    """
    return shared_with_many(viewer, one, [other]).get(other, [])


def shared_with_many(viewer: Viewer, one: int, others: Iterable[int]) -> dict[int, list[Shared]]:
    """What one person shares with each of a page of people, the latest first. One statement.

    Returns:
        An entry for each who shares something.
    """
    return meetings(one, read(viewer, one, [key for key in dict.fromkeys(others) if key != one]))


def meetings(one: int, rows: Mapping[int, Sequence[Item]]) -> dict[int, list[Shared]]:
    """The same from rows that were read already.

    Args:
        one: key of a member.
        rows: from `read`.
    """
    mine = rows.get(one, ())
    found = {key: _meet(mine, theirs) for key, theirs in rows.items() if key != one}
    return {key: met for key, met in found.items() if met}


def places(mine: Sequence[Item], theirs: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Each pair of rows at the same organisation, whatever the time."""
    theirs = list(_few(theirs))
    by_record, by_name = _index(theirs, "organization_id"), _index(theirs, "folded_organization")
    for row in _few(mine):
        same = {each.pk: each for each in by_record.get(row.organization_id, ())}
        same |= {each.pk: each for each in by_name.get(row.folded_organization, ()) if same_place(row, each)}
        yield from ((row, each) for each in same.values())


def _few(rows: Iterable[Item]) -> Iterator[Item]:
    """Those at each place that are compared: every row of one meets every row of the other."""
    had: Counter[object] = Counter()
    for row in rows:
        place = row.organization_id or row.folded_organization
        had[place] += 1
        if had[place] <= MOST_AT_ONE_PLACE:
            yield row


def same_place(one: Item, other: Item) -> bool:
    """The same record; where one of them has none, the same name."""
    if one.organization_id and other.organization_id:
        return bool(one.organization_id == other.organization_id)
    return bool(one.folded_organization) and one.folded_organization == other.folded_organization


def _index(rows: Iterable[Item], column: str) -> dict[object, list[Item]]:
    found: dict[object, list[Item]] = defaultdict(list)
    for row in rows:
        if key := getattr(row, column):
            found[key].append(row)
    return found


def read(viewer: Viewer, one: int, others: Iterable[int]) -> dict[int, list[Item]]:
    """The rows of one person, and those of the others at the same organisations, as the viewer may read them."""
    keys = [one, *others]
    if len(keys) == 1:
        return {}
    rows = SEEN.rows(me=viewer.id, one=one, people=keys) if viewer else SEEN_BY_ALL.rows(one=one, people=keys)
    found: dict[int, list[Item]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(row)
    return found


def _seen(viewer: Viewer, slot: Slots) -> QuerySet[Item]:
    """Rows of these people the viewer may read, at places where the one person was.

    Whether the viewer may read that person's own row too is settled when they are put together.
    """
    at = Q(organization=OuterRef("organization")) | Q(folded_organization=OuterRef("folded_organization"))
    own = Item.objects.kept().filter(at, member=slot.int("one"), section__in=SECTIONS).exclude(folded_organization="")
    rows = Item.objects.kept().filter(slot.among("member_id", "people"), section__in=SECTIONS)
    return (
        rows.exclude(folded_organization="")
        .filter(Exists(own))
        .alias(near=closeness(viewer, "member"), level=level_of(OuterRef("section")))
        .filter(near__gte=F("level"))
        .filter(near__gte=F("member__visibility"))
        .select_related("organization")
        .order_by("-started", "-id")[:MOST_OF_ALL]
    )


SEEN = Statement(lambda slot: _seen(stand_in(slot.int("me")), slot))
SEEN_BY_ALL = Statement(lambda slot: _seen(NOBODY, slot))


def _meet(mine: Sequence[Item], theirs: Sequence[Item]) -> list[Shared]:
    """The times two people were at the same place, those that run into each other as one."""
    met: dict[tuple[object, str], list[Shared]] = defaultdict(list)
    for row, other in places(mine[:MOST], theirs[:MOST]):
        if (span := partial.overlap(_span(row), _span(other))) is not None:
            both = _shared(row, other, *span)
            met[both.organization or both.folded, both.section].append(both)
    joined = [each for spans in met.values() for each in _join(spans)]
    return sorted(joined, key=lambda each: (each.until or "9999", each.since), reverse=True)


def _span(item: Item) -> tuple[str, str]:
    """From when until when; what does not go on by itself and has no end is known for its start alone."""
    goes_on = SPECS[Section(item.section)].ongoing
    return item.started, item.ended or ("" if goes_on else item.started)


def _shared(row: Item, other: Item, since: str, until: str) -> Shared:
    record = row.organization or other.organization
    return Shared(
        name=record.name if record else row.organization_name,
        path=record.path if record else "",
        section=row.section if row.section == other.section else "",
        since=since,
        until=until,
        organization=record.pk if record else None,
        folded=row.folded_organization,
    )


def _join(spans: list[Shared]) -> Iterator[Shared]:
    """Times that touch or overlap, made one."""
    spans.sort(key=lambda each: (each.since, each.until or "9999"))
    current = spans[0]
    for each in spans[1:]:
        if current.until and each.since[: len(current.until)] > current.until[: len(each.since)]:
            yield current
            current = each
        else:
            until = max(current.until, each.until) if current.until and each.until else ""
            current = Shared(
                current.name, current.path, current.section, current.since, until, current.organization, current.folded
            )
    yield current
