"""A career as one plain document: what leaves as a CV and what comes in from an archive, before it is rows.

Readers of foreign formats make a `Document`; `career.taking` says what of it is new, here already or in conflict; the
CVs are drawn from one. It knows nothing of keys, audiences or the database.
"""

from dataclasses import dataclass, field, fields

from collegium.career.sections import Section

TEXTS = ("title", "organization_name", "place", "detail", "kind", "number", "url", "description", "started", "ended")


@dataclass(frozen=True, slots=True)
class Draft:
    """One item of a section; the columns a section does not use (`sections.SPECS`) stay empty.

    `started` and `ended` are partial dates (`career.partial`); `skills` are names.
    """

    section: Section
    title: str = ""
    organization_name: str = ""
    place: str = ""
    detail: str = ""
    kind: str = ""
    number: str = ""
    url: str = ""
    description: str = ""
    started: str = ""
    ended: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What stands on top of a profile."""

    name: str = ""
    pronouns: str = ""
    pronunciation: str = ""
    headline: str = ""
    about: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach somebody: `kind` is one of `career.models.Contact.Kind`."""

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A recommendation as a CV shows it: who wrote it, how they know each other, the text; `written` a partial date."""

    name: str
    text: str
    relation: str = ""
    headline: str = ""
    written: str = ""


@dataclass(slots=True)
class Document:
    """Everything one person says about her work, in the order she gave it; `language` is a BCP 47 tag or ""."""

    header: Header = field(default_factory=Header)
    items: list[Draft] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    contacts: list[Reach] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    language: str = ""

    def of(self, section: Section) -> list[Draft]:
        """The items of one section, in order."""
        return [item for item in self.items if item.section == section]


def texts(draft: Draft) -> dict[str, str]:
    """The columns of an item by name."""
    return {each.name: getattr(draft, each.name) for each in fields(draft) if each.name in TEXTS}
