"""An import as its owner looks through it: file by file, and of each file what is new, different or here already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from collegium.career import partial
from collegium.career.sections import SPECS, Section
from collegium.lib import cursor
from collegium.portability.imports.models import Import, ImportFile, ImportRow
from collegium.portability.imports.phrases import MANY, plan
from collegium.portability.imports.wording import HEADS, HINTS, words_of

PAGE = 50
# Without JavaScript all of them are fields of one form.
INLINE = 150
MOST_LISTED = 60
FEW = 12
Status = ImportRow.Status
# File, status, what it is, whether it is chosen; and how many are so.
Counted = tuple[tuple[int, int, str, bool], int]


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a thing that is here in other words: both wordings, what differs marked."""

    label: str
    mine: SafeString
    theirs: SafeString


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page shows it."""

    key: int
    status: int
    chosen: bool
    line: int
    title: str
    notes: tuple[str, ...] = ()
    words: str = ""
    reason: str = ""
    sides: tuple[Side, ...] = ()
    # Whether its title says already what the one column is.
    plain: bool = False


@dataclass(slots=True)
class FileView:
    """One file, its numbers, and the first of its rows."""

    file: ImportFile
    counts: Counter[int] = field(default_factory=Counter)
    people: int = 0
    lines: list[Line] = field(default_factory=list)
    more: str = ""
    folded: bool = False
    kept: int = 0

    @property
    def title(self) -> str:
        """What it is about; its name where that is not known."""
        return self.file.label or self.file.name

    @property
    def listed(self) -> int:
        """How many rows there are to look at."""
        return sum(self.counts.values())

    @property
    def open(self) -> bool:
        """Whether it lies open at first: where there is a choice to make, and where there is little to read."""
        return bool(self.counts[Status.CONFLICT]) or (
            bool(self.counts[Status.NEW]) and not self.foreign and self.listed <= FEW
        )

    @property
    def foreign(self) -> bool:
        """Whether it is about other people's words."""
        return self.file.kind.startswith(("endorsements", "recommendations")) or self.letters

    @property
    def letters(self) -> bool:
        """Whether it is what people wrote to each other: it stands apart, with its own button."""
        return self.file.kind in ("messages", "invitations")

    @property
    def hint(self) -> str:
        """What is worth knowing before one ticks."""
        return str(HINTS.get(self.file.kind, ""))

    @property
    def posts(self) -> bool:
        """Whether it has posts, of which one says who sees them."""
        return self.file.kind == "shares" and bool(self.counts[Status.NEW])


@dataclass(slots=True)
class Review:
    """The whole of it."""

    row: Import
    files: list[FileView]
    people: FileView | None
    aside: list[tuple[str, list[ImportFile], int]]
    plan: str
    shown: list[int]

    @property
    def letters(self) -> list[FileView]:
        """What people wrote to each other there."""
        return [each for each in self.files if each.letters]

    @property
    def differing(self) -> int:
        """How many things are here in other words."""
        return sum(each.counts[Status.CONFLICT] for each in self.files)

    @property
    def new(self) -> int:
        """How many things are new."""
        return sum(each.counts[Status.NEW] for each in self.files)


def review(row: Import) -> Review:
    """Everything the page of an import shows, in three statements."""
    views = {each.place: FileView(each) for each in ImportFile.objects.filter(of=row).order_by("place")}
    counted = _counts(row)
    for (place, status, what, chosen), count in counted:
        if what == "person":
            views[place].people += count
        else:
            views[place].counts[status] += count
            views[place].kept += count if chosen and status == Status.NEW else 0
    taken = [each for each in views.values() if each.file.fate == ImportFile.Fate.TAKEN]
    files = [each for each in taken if each.file.kind != "connections"]
    shown = _fill(row, files)
    people = next((each for each in taken if each.people), None)
    others = [each.file for each in views.values() if each.file.fate != ImportFile.Fate.TAKEN]
    return Review(row, files, people, _aside(others), _plan(counted), shown)


def plan_of(row: Import) -> str:
    """What confirming would do, as things stand."""
    return _plan(_counts(row))


def _plan(counted: Iterable[Counted]) -> str:
    new: Counter[str] = Counter()
    changed = 0
    for (_place, status, what, chosen), count in counted:
        if chosen and status == Status.NEW:
            new[MANY.get(what, what)] += count
        elif chosen and status == Status.CONFLICT:
            changed += count
    return plan(new, changed)


def _counts(row: Import) -> list[Counted]:
    rows = ImportRow.objects.filter(of=row).values_list("file", "status", "what", "chosen").annotate(n=Count("pk"))
    return [((place, status, what, chosen), n) for place, status, what, chosen, n in rows]


def _fill(row: Import, files: Sequence[FileView]) -> list[int]:
    """Give each file its first rows, those that ask for a decision first; the keys of all that have a field."""
    place = Window(RowNumber(), partition_by=[F("file")], order_by=["status", "pk"])
    rows = ImportRow.objects.filter(of=row).exclude(what="person").annotate(place=place).filter(place__lte=PAGE)
    of: dict[int, list[ImportRow]] = {}
    for each in rows.order_by("file", "place"):
        of.setdefault(each.file, []).append(each)
    left, shown = INLINE, list[int]()
    for view in sorted(files, key=lambda each: not each.counts[Status.CONFLICT]):
        first = of.get(view.file.place, [])
        asking = [each for each in first if each.status in (Status.NEW, Status.CONFLICT)]
        if len(asking) > left:
            view.folded = True
            continue
        left -= len(asking)
        shown += [each.pk for each in asking]
        view.lines = [line_of(each) for each in first]
        view.more = _after(first[-1]) if view.listed > len(first) else ""
    return shown


def _after(last: ImportRow) -> str:
    return cursor.pack(last.status, last.pk)


def page(row: Import, place: int, after: str = "") -> tuple[list[Line], str]:
    """Fifty rows of one file, and the cursor of the next fifty."""
    rows = ImportRow.objects.filter(of=row, file=place).exclude(what="person")
    if after:
        status, key = cursor.unpack(after, 2)
        rows = rows.filter(Q(status__gt=status) | Q(status=status, pk__gt=key))
    found = list(rows.order_by("status", "pk")[: PAGE + 1])
    return [line_of(each) for each in found[:PAGE]], _after(found[PAGE - 1]) if len(found) > PAGE else ""


def _aside(files: Sequence[ImportFile]) -> list[tuple[str, list[ImportFile], int]]:
    """The files nothing is taken from, by what becomes of them; of very many the first, and how many more."""
    fates = (
        (ImportFile.Fate.BROKEN, _("Could not be read")),
        (ImportFile.Fate.UNKNOWN, _("Not known")),
        (ImportFile.Fate.LATER, _("Read, but not taken over yet")),
        (ImportFile.Fate.LEFT_OUT, _("Left out")),
    )
    found = [(words, [each for each in files if each.fate == fate]) for fate, words in fates]
    return [(words, some[:MOST_LISTED], max(len(some) - MOST_LISTED, 0)) for words, some in found if some]


def line_of(row: ImportRow) -> Line:
    """A row in words; what is here in other words goes by one's own."""
    title, notes, words = words_of(row.what, row.data | (row.mine or {}))
    return Line(
        row.pk,
        row.status,
        row.chosen,
        row.line,
        title,
        notes,
        words,
        row.reason,
        sides=tuple(_sides(row)) if row.mine else (),
        plain=row.what == "header",
    )


def _sides(row: ImportRow) -> Iterable[Side]:
    """Both wordings of what differs, column by column in the order of the form."""
    mine = row.mine or {}
    if row.what == "header":
        yield _side(str(HEADS[row.data["field"]]), mine["value"], row.data["value"])
        return
    for column in SPECS[Section(row.what)].columns:
        if column.name in mine:
            one, other = mine[column.name], row.data.get(column.name, "")
            if column.kind in ("from", "until"):
                one, other = partial.words(one), partial.words(other)
            elif column.choices:
                labels = dict(column.choices)
                one, other = str(labels.get(one, one)), str(labels.get(other, other))
            yield _side(str(column.label), one, other)


def _side(label: str, mine: str, theirs: str) -> Side:
    return Side(label, _marked(mine, theirs), _marked(theirs, mine))


def _marked(text: str, other: str) -> SafeString:
    """The text, with the words marked that the other does not have; unless little is common to both."""
    left, words = Counter(other.casefold().split()), text.casefold().split()
    if 2 * sum((left & Counter(words)).values()) < len(words):
        return escape(text)
    made: list[str] = []
    for paragraph in text.split("\n"):
        pieces: list[str] = []
        for word in paragraph.split(" "):
            known = left[word.casefold()] > 0 or not word
            left[word.casefold()] -= 1
            pieces.append(escape(word) if known else f"<mark>{escape(word)}</mark>")
        made.append(" ".join(pieces).replace("</mark> <mark>", " "))
    return mark_safe("\n".join(made))  # noqa: S308 - every word of it is escaped above
