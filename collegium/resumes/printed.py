"""A career as it is printed: headings, entries, paragraphs and points, the same for the PDF and for Word."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from collegium.career import partial
from collegium.career.document import Document, Draft, Reach, Reference
from collegium.career.models import Contact
from collegium.career.sections import SPECS, Part, Section

# What somebody can tick, in the order it is printed. The head (name, headline) is always there.
CONTACTS = "contacts"
ORDER: tuple[str, ...] = (
    CONTACTS,
    Part.ABOUT,
    Part.POSITIONS,
    Part.EDUCATION,
    Part.SKILLS,
    Part.LANGUAGES,
    Part.CERTIFICATES,
    Part.PROJECTS,
    Part.VOLUNTEERING,
    Part.PUBLICATIONS,
    Part.PATENTS,
    Part.HONOURS,
    Part.COURSES,
    Part.SCORES,
    Part.MEMBERSHIPS,
    Part.INTERESTS,
    Part.RECOMMENDATIONS,
)
# Where the organisation is what one looks for, it leads; elsewhere the title does.
_ORGANIZATION_LEADS = frozenset({Section.EDUCATION})
_PLAIN = frozenset({Section.INTERESTS})
WEB = ("http://", "https://")
# Some two hundred pages. A line of a CV has seldom more letters than these.
MOST_LINES, LETTERS_OF_A_LINE = 10_000, 80
_POINT = re.compile(r"\s*[•‣◦▪*–-]\s+(?=\S)")


@dataclass(slots=True)
class Paragraph:
    """Some lines, or a list of points."""

    lines: list[str]
    points: bool = False


@dataclass(slots=True)
class Entry:
    """One item: what (`lead`), where, when, a few short notes, the text."""

    lead: str
    where: str = ""
    when: str = ""
    notes: list[str] = field(default_factory=list)
    text: list[Paragraph] = field(default_factory=list)
    url: str = ""
    shown: str = ""


@dataclass(slots=True)
class Block:
    """A section: entries, or `words` where each item is only a word or two, or `quotes`."""

    title: str
    entries: list[Entry] = field(default_factory=list)
    words: list[tuple[str, str]] = field(default_factory=list)
    quotes: list[tuple[list[Paragraph], str]] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """The whole of it. `contacts` are (label, text, link)."""

    name: str
    aside: str
    headline: str
    place: str
    about_title: str
    about: list[Paragraph]
    contacts: list[tuple[str, str, str]]
    blocks: list[Block]
    language: str
    page: str
    title: str

    def data(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return asdict(self)


class TooLongError(Exception):
    """It would be a book; says so, for the person who asked."""

    def __init__(self) -> None:
        super().__init__(
            _("This would have more than %(num)s lines, too many to set. Untick something, or take another file.")
            % {"num": f"{MOST_LINES:,}"}
        )


def check_length(document: Document) -> None:
    """See that the document can be set in seconds; lines are counted by their ends and their letters.

    Raises:
        TooLongError: it cannot.
    """
    words = [document.header.about, *(each.description for each in document.items)]
    words += [each.text for each in document.references]
    if sum(text.count("\n") + 1 + len(text) // LETTERS_OF_A_LINE for text in words) > MOST_LINES:
        raise TooLongError


def filled(document: Document) -> list[str]:
    """The parts in which something stands, in the order of printing."""
    has: dict[str, Any] = {section.value: document.of(section) for section in Section}
    has |= {CONTACTS: document.contacts, Part.ABOUT.value: document.header.about, Part.SKILLS.value: document.skills}
    has[Part.RECOMMENDATIONS.value] = document.references
    return [str(part) for part in ORDER if has[part]]


def chosen(document: Document, parts: Iterable[str]) -> Document:
    """The document with these parts alone; skills shown with an item go where the skills go."""
    wanted = set(parts)
    skills = Part.SKILLS in wanted
    items = [item for item in document.items if item.section in wanted]
    return Document(
        header=document.header if Part.ABOUT in wanted else replace(document.header, about=""),
        items=items if skills else [replace(item, skills=()) for item in items],
        skills=document.skills if skills else [],
        contacts=document.contacts if CONTACTS in wanted else [],
        references=document.references if Part.RECOMMENDATIONS in wanted else [],
        language=document.language,
    )


def name_of(part: str) -> str:
    """The heading of a part."""
    return _("Contact") if part == CONTACTS else str(Part(part).label)


def sheet(document: Document) -> Sheet:
    """Everything to print, in the words of the document's language where the interface has them."""
    known = {code for code, _name in settings.LANGUAGES}
    code = document.language.split("-", maxsplit=1)[0].lower()
    with translation.override(code if code in known else settings.LANGUAGE_CODE):
        return _sheet(document)


def _sheet(document: Document) -> Sheet:
    head = document.header
    blocks = [block for part in ORDER if (block := _block(document, part)) is not None]
    return Sheet(
        name=head.name,
        aside=" · ".join(filter(None, (head.pronouns, head.pronunciation and f"/{head.pronunciation.strip('/')}/"))),
        headline=head.headline,
        place=head.place,
        about_title=name_of(Part.ABOUT),
        about=paragraphs(head.about),
        contacts=[contact(each) for each in document.contacts],
        blocks=blocks,
        language=document.language or "en",
        page=_("Page"),
        title=_("CV of %(name)s") % {"name": head.name},
    )


def _block(document: Document, part: str) -> Block | None:
    title = name_of(part)
    if part == Part.SKILLS:
        return Block(title, words=[(name, "") for name in document.skills]) if document.skills else None
    if part == Part.RECOMMENDATIONS:
        quotes = [(paragraphs(each.text), signed(each)) for each in document.references]
        return Block(title, quotes=quotes) if quotes else None
    if part in (CONTACTS, Part.ABOUT) or not (items := document.of(Section(part))):
        return None
    if part == Section.LANGUAGES:
        return Block(title, words=[(item.title, _choice(item)) for item in items])
    if part in _PLAIN:
        return Block(title, words=[(item.title, "") for item in items])
    return Block(title, entries=[_entry(item) for item in items])


def _entry(item: Draft) -> Entry:
    organization_leads = item.section in _ORGANIZATION_LEADS
    lead, where = (
        (item.organization_name, ", ".join(filter(None, (item.title, item.detail))))
        if organization_leads
        else (item.title, item.organization_name)
    )
    notes = [item.place, _choice(item), "" if organization_leads else item.detail, _number(item)]
    text = paragraphs(item.description)
    return Entry(
        lead=lead or where,
        where=where if lead else "",
        when=when(item),
        notes=[note for note in notes if note],
        text=text,
        url=item.url if item.url.startswith(WEB) else "",
        shown=shown(item.url),
    )


def when(item: Draft) -> str:
    """The time of an item for people; a certificate that has none says when it ends."""
    if item.section == Section.CERTIFICATES and item.ended:
        ends = _("valid until %(when)s") % {"when": partial.words(item.ended)}
        return ", ".join(filter(None, (partial.words(item.started), ends)))
    return partial.span(item.started, item.ended, ongoing=SPECS[item.section].ongoing)


def _choice(item: Draft) -> str:
    """The label of a kind of work, of the level of a language."""
    spec = SPECS[item.section]
    labels = dict(spec.column("kind").choices) if "kind" in spec.names else {}
    return str(labels.get(item.kind, item.kind)) if item.kind else ""


def _number(item: Draft) -> str:
    """Grade, score, licence number: with the word for what it is."""
    if not item.number:
        return ""
    return _("%(label)s: %(value)s") % {"label": SPECS[item.section].column("number").label, "value": item.number}


def signed(reference: Reference) -> str:
    """Who wrote a recommendation, as which, when."""
    words = (reference.name, reference.headline, reference.relation, partial.words(reference.written))
    return ", ".join(filter(None, words))


def contact(reach: Reach) -> tuple[str, str, str]:
    """A way to reach somebody: label, text, link."""
    kind, value = reach.kind, reach.value
    if kind == Contact.Kind.EMAIL:
        return reach.label, value, f"mailto:{value}"
    if kind == Contact.Kind.PHONE:
        return reach.label, value, "tel:" + "".join(letter for letter in value if letter in "+0123456789")
    if kind == Contact.Kind.BIRTHDAY:
        return reach.label or _("Born"), partial.words(value) if _is_date(value) else value, ""
    if value.startswith(WEB):
        return reach.label, shown(value), value
    return reach.label, value, ""


def _is_date(text: str) -> bool:
    try:
        return bool(partial.check(text))
    except ValueError:
        return False


def shown(url: str) -> str:
    """An address without what nobody reads aloud."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (
        parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    ) or url


def paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs and lists of points: lines that begin with a bullet, a dash or a star."""
    found: list[Paragraph] = []
    for part in re.split(r"\n{2,}", text):
        fresh = True
        for line in part.split("\n"):
            point = bool(_POINT.match(line))
            words = _POINT.sub("", line, count=1) if point else line.strip()
            if not words:
                continue
            if fresh or found[-1].points != point:
                found.append(Paragraph([], point))
            found[-1].lines.append(words)
            fresh = False
    return found
