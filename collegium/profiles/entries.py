"""What one item of a career says on the page, whichever section it stands in: a head, a line below it, a few facts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from markupsafe import Markup

from collegium.career import partial
from collegium.career.models import Item
from collegium.career.reading import Held
from collegium.career.sections import SPECS, Section
from collegium.lib.text.links import Link, read_url
from collegium.organizations.models import Organization
from collegium.profiles.prose import prose
from collegium.profiles.spans import span

# Sections whose items say most in one line, and stand close together.
SHORT = frozenset({Section.LANGUAGES, Section.INTERESTS, Section.COURSES})


@dataclass(slots=True)
class Entry:
    """One item, ready to be drawn.

    Attributes:
        key: of the item.
        head: what stands in the serif.
        below: the line under it, of which `organization` is the end when it is a name.
        body: where the work is, as a record with a page or as the bare name.
        facts: what is said in small type, in order.
    """

    key: int
    section: str
    head: str
    below: str = ""
    body_name: str = ""
    organization: Organization | None = None
    facts: list[Markup] = field(default_factory=list)
    text: Markup = field(default_factory=Markup)
    link: Link | None = None
    skills: list[Held] = field(default_factory=list)
    more_skills: int = 0


def entry(item: Item, today: date, skills: Iterable[Held] = ()) -> Entry:
    """The item as its section shows it.

    Args:
        item: in the language it is read in.
        today: the present day, for what goes on.
        skills: those shown with it.
    """
    made = Entry(item.pk, item.section, item.title or item.organization_name, organization=item.organization)
    made.body_name = item.organization_name if item.title else ""
    _SHAPES.get(Section(item.section), _plain)(made, item, today)
    made.text = prose(item.description)
    made.link = link_of(item.url)
    made.skills = list(skills)
    return made


def link_of(address: str) -> Link | None:
    """Where a link leads and what it shows of that; None when it is no address of the web."""
    scheme = address.find("://")
    if scheme < 0 or address[:scheme].lower() not in {"http", "https"}:
        return None
    link, end = read_url(address, 0, scheme + 3)
    return link if end == len(address) else None


def _plain(made: Entry, item: Item, today: date) -> None:
    ongoing = SPECS[Section(item.section)].ongoing
    made.facts += _said(span(item.started, item.ended, ongoing=ongoing, long=ongoing, today=today), item.place)


def _position(made: Entry, item: Item, today: date) -> None:
    made.facts += _said(
        span(item.started, item.ended, ongoing=True, long=True, today=today), kind_word(item), item.place
    )


def _education(made: Entry, item: Item, today: date) -> None:
    made.head, made.body_name = item.organization_name or item.title, ""
    made.below = ", ".join(part for part in (item.title if item.organization_name else "", item.detail) if part)
    when = span(item.started, item.ended, ongoing=False, long=False, today=today)
    made.facts += _said(when, _("Grade: %(grade)s") % {"grade": item.number} if item.number else "")


def _certificate(made: Entry, item: Item, today: date) -> None:
    gone = bool(item.ended) and item.ended < today.isoformat()[: len(item.ended)]
    ends = (_("expired %(when)s") if gone else _("valid until %(when)s")) % {"when": partial.words(item.ended)}
    number = _("No. %(number)s") % {"number": item.number} if item.number else ""
    made.facts += _said(
        span(item.started, "", ongoing=False, long=False, today=today), ends if item.ended else "", number
    )


def _numbered(made: Entry, item: Item, today: date) -> None:
    when = span(item.started, item.ended, ongoing=False, long=False, today=today)
    made.facts += _said(when, item.number, item.detail)


def _voluntary(made: Entry, item: Item, today: date) -> None:
    when = span(item.started, item.ended, ongoing=True, long=True, today=today)
    made.facts += _said(when, item.place, item.detail)


def _membership(made: Entry, item: Item, today: date) -> None:
    made.head, made.body_name = item.organization_name or item.title, ""
    made.below = item.title if item.organization_name else ""
    made.facts += _said(span(item.started, item.ended, ongoing=True, long=False, today=today))


def _language(made: Entry, item: Item, today: date) -> None:
    made.facts += _said(kind_word(item))


_SHAPES: dict[Section, Callable[[Entry, Item, date], None]] = {
    Section.POSITIONS: _position,
    Section.EDUCATION: _education,
    Section.CERTIFICATES: _certificate,
    Section.VOLUNTEERING: _voluntary,
    Section.PATENTS: _numbered,
    Section.COURSES: _numbered,
    Section.SCORES: _numbered,
    Section.MEMBERSHIPS: _membership,
    Section.LANGUAGES: _language,
}
_KINDS = {
    (spec.section, value): label
    for spec in SPECS.values()
    for column in spec.columns
    for value, label in column.choices
    if value
}


def kind_word(item: Item) -> str:
    """The kind of work or the level of a language, in the reader's words; "" where it is not said or not known."""
    return str(_KINDS.get((Section(item.section), item.kind), ""))


def _said(*facts: str) -> list[Markup]:
    """Those that say something; a person's own words keep their direction to themselves."""
    return [fact if isinstance(fact, Markup) else Markup("<bdi>{}</bdi>").format(fact) for fact in facts if fact]
