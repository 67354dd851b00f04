"""Sets what a file says beside what the profile says: new, here already, the same thing in other words, left out.

The same thing is told by its names and its time, whatever the capitals and accents: a position by organisation, role
and start; two of one organisation that begin together are one in other words. Whatever the file says twice counts once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from collegium.career import partial
from collegium.career.actions.contacts import MOST_CONTACTS
from collegium.career.actions.skills import MOST_SKILLS
from collegium.career.document import Draft, Header, Reach, texts
from collegium.career.models import Contact, Holding, Item
from collegium.career.sections import MOST_ITEMS, SPECS, Section
from collegium.members.models import Member
from collegium.portability.correspondence import judging
from collegium.portability.imports import foreign, saying
from collegium.portability.imports.gathering import Piece
from collegium.portability.imports.models import ImportRow
from collegium.portability.imports.verdicts import Judged, here, new, only, out, repeated
from collegium.portability.linkedin.things import Endorsement, Recommendation, SkillName
from collegium.skills import naming

Status = ImportRow.Status
HEADER_FIELDS = ("name", "headline", "about", "place", "pronouns", "pronunciation")
# Where things happen at an organisation, one place and one beginning are one thing.
AT_PLACES = frozenset({Section.POSITIONS, Section.EDUCATION, Section.VOLUNTEERING, Section.MEMBERSHIPS})
DATES = ("started", "ended")


def judge(member: Member, pieces: Sequence[Piece]) -> list[Judged]:
    """Every piece beside what the profile says now; a constant number of statements, however many there are."""
    found: list[Judged] = []
    for each in (_heads, _items, _skills, _ways, _foreign, saying.judge, judging.invitations):
        found.extend(each(member, pieces))
    return found


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, spaces and capitals apart."""
    return one == other or " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _heads(member: Member, pieces: Sequence[Piece]) -> Iterator[Judged]:
    """The fields of the head, each once: of two pieces the first that says something."""
    said: dict[str, int] = {}
    for piece in only(pieces, Header):
        for name in HEADER_FIELDS:
            theirs = getattr(piece.thing, name)
            if not theirs or name in said:
                continue
            said[name] = piece.line
            mine, data = getattr(member, name), {"field": name, "value": theirs}
            if same(mine, theirs):
                yield here(piece, "header", data)
            elif mine:
                yield Judged(piece, "header", Status.CONFLICT, data, mine={"value": mine})
            else:
                yield new(piece, "header", data)


@dataclass(slots=True)
class _Shelf:
    """The items of one section that are there, and which of them a row has been set beside."""

    items: list[Item]
    room: int
    used: set[int] = field(default_factory=set)
    said: dict[tuple[str, ...], int] = field(default_factory=dict)


def _items(member: Member, pieces: Sequence[Piece]) -> list[Judged]:
    drafts = only(pieces, Draft)
    if not drafts:
        return []
    there = list(Item.objects.kept().filter(member=member).in_order())
    folded = naming.fold({text for row in [*there, *(each.thing for each in drafts)] for text in _names(row)})
    shelves = {
        section: _Shelf(rows, MOST_ITEMS - len(rows))
        for section in Section
        for rows in [[item for item in there if item.section == section]]
    }
    judged: list[Judged | None] = [_exact(piece, shelves, folded) for piece in drafts]
    return [found or _near(piece, shelves, folded) for found, piece in zip(judged, drafts, strict=True)]


def _names(row: Item | Draft) -> tuple[str, str]:
    return row.organization_name, row.title


def _identity(row: Item | Draft, folded: dict[str, str]) -> tuple[str, ...]:
    """The names by which a thing is known: where things happen at places, with the place."""
    title = folded.get(row.title, row.title)
    if row.section in AT_PLACES:
        return folded.get(row.organization_name, row.organization_name), title
    return ("", title or folded.get(row.organization_name, ""))


def _exact(piece: Piece, shelves: dict[Section, _Shelf], folded: dict[str, str]) -> Judged | None:
    """The verdict where names and beginning agree fully, or the file says it again; None where they do not."""
    draft: Draft = piece.thing
    shelf, known = shelves[draft.section], _identity(draft, folded)
    key = (*known, draft.started, draft.ended, draft.number)
    if key in shelf.said:
        return out(piece, draft.section, _data(draft), repeated(shelf.said[key]))
    shelf.said[key] = piece.line
    if not any(_names(draft)):
        return out(piece, draft.section, _data(draft), _("It has no name."))
    for item in shelf.items:
        agree = (item.started, item.number) == (draft.started, draft.number) and _identity(item, folded) == known
        if agree and item.pk not in shelf.used:
            return _beside(piece, item, shelf)
    return None


def _near(piece: Piece, shelves: dict[Section, _Shelf], folded: dict[str, str]) -> Judged:
    """The verdict for what no item agrees with fully."""
    draft: Draft = piece.thing
    shelf = shelves[draft.section]
    for item in shelf.items:
        if item.pk not in shelf.used and _alike(item, draft, folded):
            return _beside(piece, item, shelf)
    if shelf.room <= 0:
        words = _("A section holds %(most)d entries, and this one is full.") % {"most": MOST_ITEMS}
        return out(piece, draft.section, _data(draft), words)
    shelf.room -= 1
    return new(piece, draft.section, _data(draft))


def _alike(item: Item, draft: Draft, folded: dict[str, str]) -> bool:
    """Whether it is the same thing in other words."""
    mine, theirs = _identity(item, folded), _identity(draft, folded)
    length = min(len(item.started), len(draft.started))
    together = item.started[:length] == draft.started[:length]
    if mine == theirs:
        return together or (draft.section in AT_PLACES and _overlap(item, draft))
    return draft.section in AT_PLACES and mine[0] == theirs[0] != "" and together and length > 0


def _overlap(item: Item, draft: Draft) -> bool:
    return partial.overlap((item.started, item.ended), (draft.started, draft.ended)) is not None


def _beside(piece: Piece, item: Item, shelf: _Shelf) -> Judged:
    """The same thing: here already, unless the file says something of it otherwise."""
    shelf.used.add(item.pk)
    draft: Draft = piece.thing
    names = SPECS[draft.section].names
    differing = {name: getattr(item, name) for name in names if _says_more(name, getattr(item, name), draft)}
    if not differing:
        return here(piece, draft.section, _data(draft), item.pk)
    return Judged(piece, draft.section, Status.CONFLICT, _data(draft), mine=differing, match=item.pk)


def _says_more(name: str, mine: str, draft: Draft) -> bool:
    """Whether the file has something else there. What it leaves empty, or says less exactly, is nothing else."""
    theirs: str = getattr(draft, name)
    if not theirs or (name in DATES and mine.startswith(theirs)):
        return False
    return not same(mine, theirs)


def _data(draft: Draft) -> dict[str, Any]:
    """What is kept of an item until the confirmation: the columns its section has."""
    names = SPECS[draft.section].names
    said = {name: value for name, value in texts(draft).items() if value and name in names}
    return said | ({"skills": list(draft.skills)} if draft.skills else {})


def _skills(member: Member, pieces: Sequence[Piece]) -> Iterator[Judged]:
    named = only(pieces, SkillName)
    words = [piece.thing.name for piece in named]
    meant = {word: str(skill.pk) for word, skill in naming.known(words).items()} if words else {}
    folded = naming.fold(words) if words else {}
    held = {str(key) for key in Holding.objects.kept().filter(member=member).values_list("skill", flat=True)}
    room, said = MOST_SKILLS - len(held), dict[str, int]()
    for piece in named:
        data = {"name": piece.thing.name}
        key = meant.get(piece.thing.name, f"~{folded[piece.thing.name]}")
        if key in held:
            yield here(piece, "skill", data)
        elif key in said:
            yield out(piece, "skill", data, repeated(said[key]))
        elif room <= 0:
            words_ = _("A profile lists %(most)d skills, and yours is full.") % {"most": MOST_SKILLS}
            yield out(piece, "skill", data, words_)
        else:
            room -= 1
            said[key] = piece.line
            yield new(piece, "skill", data)


def _ways(member: Member, pieces: Sequence[Piece]) -> Iterator[Judged]:
    rows = list(Contact.objects.filter(member=member).values_list("kind", "value"))
    held = {_way(kind, value) for kind, value in rows}
    room, said = MOST_CONTACTS - len(rows), dict[tuple[str, str], int]()
    for piece in only(pieces, Reach):
        reach: Reach = piece.thing
        key, data = _way(reach.kind, reach.value), asdict(reach)
        if reach.kind not in Contact.Kind.values:
            yield out(piece, "contact", data, _("There is no place for this here."))
        elif key in held:
            yield here(piece, "contact", data)
        elif key in said:
            yield out(piece, "contact", data, repeated(said[key]))
        elif room <= 0:
            words = _("A profile lists %(most)d ways to reach somebody, and yours is full.") % {"most": MOST_CONTACTS}
            yield out(piece, "contact", data, words)
        else:
            room -= 1
            said[key] = piece.line
            yield new(piece, "contact", data)


def _way(kind: str, value: str) -> tuple[str, str]:
    """A way to reach somebody as it is compared: addresses of the web without what does not matter in them."""
    plain = value.casefold().strip()
    if kind == Contact.Kind.PHONE:
        return kind, "".join(each for each in plain if each.isdigit())
    return kind, plain.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")


def _foreign(member: Member, pieces: Sequence[Piece]) -> Iterator[Judged]:
    """What others said there, or the member said of others: kept for her eyes alone, and only when she ticks it."""
    said = [piece for piece in pieces if isinstance(piece.thing, Endorsement | Recommendation)]
    if not said:
        return
    kept, lines = foreign.kept(member), dict[tuple[str, ...], int]()
    for piece in said:
        what = "endorsement" if isinstance(piece.thing, Endorsement) else "recommendation"
        data, key = asdict(piece.thing), foreign.key(piece.thing)
        if key in kept:
            yield here(piece, what, data)
        elif foreign.nameless(piece.thing):
            yield out(piece, what, data, _("It does not say who said it, or what."))
        elif key in lines:
            yield out(piece, what, data, repeated(lines[key]))
        else:
            lines[key] = piece.line
            yield new(piece, what, data, chosen=False)


def again(member: Member, rows: Sequence[ImportRow]) -> dict[int, Judged]:
    """Rows of a review judged anew, by their keys: the profile may have changed since they were laid out."""
    pieces = [Piece(row.file, row.line, thing_of(row), row.pk) for row in rows]
    return {judged.piece.row: judged for judged in judge(member, pieces)}


def thing_of(row: ImportRow) -> Any:
    """What a row was made of."""
    data = dict(row.data)
    if row.what == "header":
        return Header(**{data["field"]: data["value"]})
    if row.what == "skill":
        return SkillName(data["name"])
    if row.what == "contact":
        return Reach(**data)
    if row.what in _OTHERS:
        return _OTHERS[row.what](data)
    if row.what in saying.KINDS:
        return saying.of_data(row.what, data)
    return Draft(Section(row.what), skills=tuple(data.pop("skills", ())), **data)


# What other people had a hand in.
_OTHERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "endorsement": foreign.of_data,
    "recommendation": foreign.of_data,
    judging.INVITED: judging.of_data,
}
