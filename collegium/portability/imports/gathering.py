"""Reads a file that somebody brought into plain things, bounded, before any of it is compared or stored.

Two kinds of file come in the same form: a LinkedIn archive (or a member snapshot), a JSON Resume.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.career.document import Header
from collegium.career.sections import Part, Section
from collegium.portability.correspondence.letters import Letters
from collegium.portability.correspondence.models import MOST_INVITATIONS
from collegium.portability.imports.models import NAME_LIMIT, SENTENCE_LIMIT, Import, ImportFile
from collegium.portability.imports.seeking import prints_of
from collegium.portability.linkedin import sentences
from collegium.portability.linkedin.read import UnreadableArchiveError, read
from collegium.portability.linkedin.things import (
    Article,
    Comment,
    FileReport,
    Invitation,
    Message,
    Person,
    Reaction,
    Recommendation,
    Share,
    SkillName,
)
from collegium.resumes import jsonresume

# More than any career holds; what comes after is counted and left out.
MOST_THINGS = 10_000
# What was said there: so many posts, comments and reactions in all, with so many letters.
MOST_SAID, MOST_LETTERS = 60_000, 30_000_000
# LinkedIn itself ends at thirty thousand connections.
MOST_PEOPLE = 50_000
MOST_NOTES = 30
Progress = Callable[[int, int], None]


class RefusedError(Exception):
    """The file as a whole is not taken. Its text is a sentence for its owner."""


@dataclass(slots=True)
class FileWords:
    """One file of the archive in words for its owner."""

    name: str
    label: str
    kind: str
    fate: str
    reason: str = ""
    rows: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing and where it stood; `row` is its key once it is a row of the review."""

    file: int
    line: int
    thing: Any
    row: int = 0


@dataclass(slots=True)
class Gathered:
    """Everything a file says that could be taken over. Of connections fingerprints alone."""

    files: list[FileWords] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    people: list[tuple[int, int, list[str]]] = field(default_factory=list)
    over: Counter[int] = field(default_factory=Counter)
    unreached: Counter[int] = field(default_factory=Counter)
    said: int = 0
    length: int = 0
    invited: int = 0
    letters: Letters = field(default_factory=Letters)

    def put(self, file: int, line: int, thing: Any) -> None:
        """Keep one thing, while there is room."""
        if isinstance(thing, Person):
            prints = prints_of(thing.slug, thing.email)
            if not prints:
                self.unreached[file] += 1
            elif len(self.people) < MOST_PEOPLE:
                self.people.append((file, line, [each.hex() for each in prints]))
            else:
                self.over[file] += 1
            return
        if isinstance(thing, Message):
            self.letters.put(file, line, thing)
            return
        if self._has_room(thing):
            self.pieces.append(Piece(file, line, thing))
        else:
            self.over[file] += 1

    def _has_room(self, thing: Any) -> bool:
        """Whether one thing more can be looked through; careers and what was said there do not crowd each other out."""
        if isinstance(thing, Invitation):
            self.letters.owner.hear(thing)
            self.invited += 1
            return self.invited <= MOST_INVITATIONS
        if not isinstance(thing, Share | Comment | Reaction | Article):
            return len(self.pieces) - self.said - min(self.invited, MOST_INVITATIONS) < MOST_THINGS
        if self.said >= MOST_SAID or self.length >= MOST_LETTERS:
            return False
        self.said += 1
        self.length += 0 if isinstance(thing, Reaction) else len(thing.text)
        return True

    def say_what_is_over(self) -> None:
        """A sentence at each file that has more than can be looked through, or people without any address."""
        for file, count in self.over.items():
            words = ngettext("%(num)d more row is left out.", "%(num)d more rows are left out.", count)
            self.files[file].notes.append(words % {"num": count})
        for file, count in self.unreached.items():
            words = ngettext(
                "%(num)d connection has neither a profile address nor an e-mail address to be looked for by.",
                "%(num)d connections have neither a profile address nor an e-mail address to be looked for by.",
                count,
            )
            self.files[file].notes.append(words % {"num": count})


def gather(kind: str, path: Path, progress: Progress) -> Gathered:
    """Everything in this file.

    Args:
        kind: of `Import.Kind`.
        path: where it lies.
        progress: told the bytes done and the bytes there are, as often as the reader likes.

    Raises:
        RefusedError: it cannot be taken as a whole.
    """
    gathered = _linkedin(path, progress) if kind == Import.Kind.LINKEDIN else _resume(path, progress)
    gathered.say_what_is_over()
    return gathered


def _linkedin(path: Path, progress: Progress) -> Gathered:
    gathered = Gathered()
    try:
        with read(path, progress=progress) as archive:
            for found in archive:
                gathered.put(found.file, found.row, found.thing)
            gathered.files = [_file_words(report) for report in archive.files]
    except UnreadableArchiveError as refused:
        raise RefusedError(str(refused)) from None
    if all(each.fate != ImportFile.Fate.TAKEN for each in gathered.files):
        broken = (each.reason for each in gathered.files if each.fate == ImportFile.Fate.BROKEN)
        raise RefusedError(next(broken, "") or _("There is nothing of a profile in this archive."))
    return gathered


def _file_words(report: FileReport) -> FileWords:
    """What the reader says of one file, in sentences."""
    taken = report.decision == "taken"
    # Why nothing of a file can be read is its first problem.
    told = report.problems[1:] if report.decision in ("unknown", "broken") else report.problems
    notes = [*sentences.notes(report), *(sentences.say(problem) for problem in told)]
    if (more := report.problem_count - len(report.problems)) > 0:
        notes.append(ngettext("And %(num)d more of this sort.", "And %(num)d more of this sort.", more) % {"num": more})
    return FileWords(
        report.name,
        str(sentences.label(report.kind)) if report.kind else "",
        report.kind,
        report.decision,
        "" if taken else sentences.why(report),
        report.taken if taken else report.rows,
        notes,
    )


def _resume(path: Path, progress: Progress) -> Gathered:
    """A JSON Resume as if each of its parts were a file."""
    raw = path.read_bytes()
    progress(0, len(raw))
    document, problems = jsonresume.load(raw)
    parts: list[tuple[str, str, list[Any]]] = [("header", _("The head of your profile"), [])]
    if document.header != Header():
        parts[0][2].append(document.header)
    parts += [(str(section), str(section.label), list(document.of(section))) for section in Section]
    parts.append(("skills", str(Part.SKILLS.label), [SkillName(name) for name in document.skills]))
    parts.append(("contacts", _("How to reach you"), list(document.contacts)))
    parts.append(
        (
            "recommendations",
            str(Part.RECOMMENDATIONS.label),
            [
                Recommendation(first=each.name, title=each.headline, text=each.text, at=each.written)
                for each in document.references
                if each.text
            ],
        )
    )
    gathered = Gathered()
    for kind, label, things in parts:
        if things:
            place = len(gathered.files)
            gathered.files.append(FileWords(label, label, kind, ImportFile.Fate.TAKEN, rows=len(things)))
            for line, thing in enumerate(things, 1):
                gathered.put(place, line, thing)
    notes = [str(problem) for problem in problems]
    if not gathered.files:
        raise RefusedError(notes[0] if notes else _("There is nothing of a CV in this file."))
    if notes:
        unread = _("What could not be read")
        gathered.files.append(FileWords(unread, unread, "", ImportFile.Fate.LEFT_OUT, notes=notes))
    progress(len(raw), len(raw))
    return gathered


def bounded(files: list[FileWords]) -> list[FileWords]:
    """The same, as long as rows of the database may be."""
    for each in files:
        each.name, each.label = each.name[:NAME_LIMIT], each.label[:NAME_LIMIT]
        each.reason = each.reason[:SENTENCE_LIMIT]
        if len(each.notes) > MOST_NOTES:
            more = len(each.notes) - MOST_NOTES
            said = ngettext("And %(num)d more of this sort.", "And %(num)d more of this sort.", more) % {"num": more}
            each.notes = [*each.notes[:MOST_NOTES], said]
        each.notes = [note[:SENTENCE_LIMIT] for note in each.notes]
    return files
