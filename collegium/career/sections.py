"""What a career is made of: the sections of a profile, and which of an item's columns each of them uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

TITLE_LIMIT, PLACE_LIMIT, URL_LIMIT, DESCRIPTION_LIMIT = 200, 100, 500, 4000
MOST_ITEMS = 100


class Section(models.TextChoices):
    """A list of items of one kind, in the order its owner gave it."""

    POSITIONS = "positions", _("Experience")
    EDUCATION = "education", _("Education")
    CERTIFICATES = "certificates", _("Certificates")
    PROJECTS = "projects", _("Projects")
    VOLUNTEERING = "volunteering", _("Volunteering")
    PUBLICATIONS = "publications", _("Publications")
    PATENTS = "patents", _("Patents")
    HONOURS = "honours", _("Honours")
    COURSES = "courses", _("Courses")
    SCORES = "scores", _("Test scores")
    MEMBERSHIPS = "memberships", _("Memberships")
    LANGUAGES = "languages", _("Languages")
    INTERESTS = "interests", _("Interests")


class Part(models.TextChoices):
    """Everything on a profile that has an audience of its own: the sections, and what is kept elsewhere."""

    ABOUT = "about", _("About")
    FEATURED = "featured", _("Featured")
    POSITIONS = "positions", _("Experience")
    EDUCATION = "education", _("Education")
    SKILLS = "skills", _("Skills")
    RECOMMENDATIONS = "recommendations", _("Recommendations")
    CERTIFICATES = "certificates", _("Certificates")
    PROJECTS = "projects", _("Projects")
    VOLUNTEERING = "volunteering", _("Volunteering")
    PUBLICATIONS = "publications", _("Publications")
    PATENTS = "patents", _("Patents")
    HONOURS = "honours", _("Honours")
    COURSES = "courses", _("Courses")
    SCORES = "scores", _("Test scores")
    MEMBERSHIPS = "memberships", _("Memberships")
    LANGUAGES = "languages", _("Languages")
    INTERESTS = "interests", _("Interests")


@dataclass(frozen=True, slots=True)
class Column:
    """One field of an item's form, and the column it is kept in."""

    name: str
    label: Text
    kind: Literal["line", "organization", "place", "url", "text", "from", "until", "choice"] = "line"
    required: bool = False
    hint: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()

    @property
    def limit(self) -> int:
        """The most code points."""
        return {"url": URL_LIMIT, "text": DESCRIPTION_LIMIT, "place": PLACE_LIMIT}.get(self.kind, TITLE_LIMIT)


@dataclass(frozen=True)
class Spec:
    """A section: what one item of it is called, its icon, and its columns in the order of the form."""

    section: Section
    one: Text
    adding: Text
    icon: str
    columns: tuple[Column, ...]
    # Whether something without an end goes on: a job does, a degree of which only the start is known does not.
    ongoing: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The columns of an item that this section uses; the others stay empty."""
        return frozenset(column.name for column in self.columns)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The columns that cannot be empty."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """One of the columns, by its name."""
        return next(column for column in self.columns if column.name == name)


# Values are words a JSON Resume and a spreadsheet can carry; labels are for the page.
EMPLOYMENT: tuple[tuple[str, Text], ...] = (
    ("", _("Not said")),
    ("full-time", _("Full time")),
    ("part-time", _("Part time")),
    ("self-employed", _("Self-employed")),
    ("freelance", _("Freelance")),
    ("contract", _("Fixed term")),
    ("internship", _("Internship")),
    ("apprenticeship", _("Apprenticeship")),
    ("honorary", _("Honorary")),
)
FLUENCY: tuple[tuple[str, Text], ...] = (
    ("", _("Not said")),
    ("elementary", _("Elementary")),
    ("limited", _("Limited working")),
    ("professional", _("Professional")),
    ("full", _("Full professional")),
    ("native", _("Native or bilingual")),
)
_FROM = Column("started", _("From"), "from")
_UNTIL = Column("ended", _("Until"), "until", hint=_("Leave it empty while it goes on."))
_TEXT = Column("description", _("Description"), "text")
_URL = Column("url", _("Link"), "url")
_PLACE = Column("place", _("Place"), "place")

_ALL = (
    Spec(
        Section.POSITIONS,
        _("Position"),
        _("Add a position"),
        "briefcase",
        (
            Column("title", _("Role"), required=True),
            Column("organization_name", _("Organisation"), "organization", required=True),
            Column("kind", _("Kind of work"), "choice", choices=EMPLOYMENT),
            _PLACE,
            _FROM,
            _UNTIL,
            _TEXT,
            _URL,
        ),
        ongoing=True,
    ),
    Spec(
        Section.EDUCATION,
        _("Education"),
        _("Add education"),
        "graduation-cap",
        (
            Column("organization_name", _("School"), "organization", required=True),
            Column("title", _("Degree")),
            Column("detail", _("Field of study")),
            Column("number", _("Grade")),
            _FROM,
            Column("ended", _("Until"), "until", hint=_("Or when you expect to finish.")),
            _TEXT,
            _URL,
        ),
    ),
    Spec(
        Section.CERTIFICATES,
        _("Certificate"),
        _("Add a certificate"),
        "award",
        (
            Column("title", _("Name"), required=True),
            Column("organization_name", _("Issued by"), "organization"),
            Column("started", _("Issued"), "from"),
            Column("ended", _("Expires"), "until"),
            Column("number", _("Licence number")),
            _URL,
            _TEXT,
        ),
    ),
    Spec(
        Section.PROJECTS,
        _("Project"),
        _("Add a project"),
        "hammer",
        (
            Column("title", _("Name"), required=True),
            Column("organization_name", _("With or for"), "organization"),
            _FROM,
            _UNTIL,
            _TEXT,
            _URL,
        ),
        ongoing=True,
    ),
    Spec(
        Section.VOLUNTEERING,
        _("Volunteer work"),
        _("Add volunteer work"),
        "heart-handshake",
        (
            Column("title", _("Role")),
            Column("organization_name", _("Organisation"), "organization", required=True),
            Column("detail", _("Cause")),
            _PLACE,
            _FROM,
            _UNTIL,
            _TEXT,
            _URL,
        ),
        ongoing=True,
    ),
    Spec(
        Section.PUBLICATIONS,
        _("Publication"),
        _("Add a publication"),
        "book-open",
        (
            Column("title", _("Title"), required=True),
            Column("organization_name", _("Published by"), "organization"),
            Column("started", _("Published"), "from"),
            _TEXT,
            _URL,
        ),
    ),
    Spec(
        Section.PATENTS,
        _("Patent"),
        _("Add a patent"),
        "lightbulb",
        (
            Column("title", _("Title"), required=True),
            Column("number", _("Number")),
            Column("detail", _("Status")),
            Column("started", _("Date"), "from"),
            _TEXT,
            _URL,
        ),
    ),
    Spec(
        Section.HONOURS,
        _("Honour"),
        _("Add an honour"),
        "trophy",
        (
            Column("title", _("Title"), required=True),
            Column("organization_name", _("Given by"), "organization"),
            Column("started", _("When"), "from"),
            _TEXT,
        ),
    ),
    Spec(
        Section.COURSES,
        _("Course"),
        _("Add a course"),
        "notebook",
        (
            Column("title", _("Name"), required=True),
            Column("number", _("Number")),
            Column("organization_name", _("At"), "organization"),
        ),
    ),
    Spec(
        Section.SCORES,
        _("Test score"),
        _("Add a test score"),
        "gauge",
        (
            Column("title", _("Test"), required=True),
            Column("number", _("Score")),
            Column("started", _("When"), "from"),
            _TEXT,
        ),
    ),
    Spec(
        Section.MEMBERSHIPS,
        _("Membership"),
        _("Add a membership"),
        "users",
        (
            Column("organization_name", _("Organisation"), "organization", required=True),
            Column("title", _("Role")),
            _FROM,
            _UNTIL,
            _TEXT,
        ),
        ongoing=True,
    ),
    Spec(
        Section.LANGUAGES,
        _("Language"),
        _("Add a language"),
        "languages",
        (Column("title", _("Language"), required=True), Column("kind", _("How well"), "choice", choices=FLUENCY)),
    ),
    Spec(
        Section.INTERESTS,
        _("Interest"),
        _("Add an interest"),
        "sparkles",
        (Column("title", _("Interest"), required=True),),
    ),
)
SPECS: Mapping[Section, Spec] = {spec.section: spec for spec in _ALL}
