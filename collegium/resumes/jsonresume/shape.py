"""How a career is spelled as a JSON Resume: one table, read in both directions.

Keys are the schema's where it has one. The schema allows others beside them; ours begin with `x-`. After the first
name of a key stand others that are read as well: those of the schema before 1.0, and what is common in the wild.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from collegium.career.sections import Section

MARK = "• "


@dataclass(frozen=True, slots=True)
class Shape:
    """One section: its key, and the key of each column (then others that mean the same)."""

    key: str
    columns: Mapping[str, tuple[str, ...]]
    # A list of strings for the points of the description, where the schema has one.
    points: bool = False
    skills: str = "x-skills"

    @property
    def keys(self) -> frozenset[str]:
        """Every key that is understood."""
        own = {"highlights", self.skills} if self.points else {self.skills}
        return frozenset(own.union(*self.columns.values()))


_FROM, _UNTIL, _URL = ("startDate",), ("endDate",), ("url", "website")
_TEXT = ("x-summary", "summary", "description")

SHAPES: Mapping[Section, Shape] = {
    Section.POSITIONS: Shape(
        "work",
        {
            "organization_name": ("name", "company"),
            "title": ("position",),
            "place": ("location",),
            "kind": ("x-employment",),
            "url": _URL,
            "started": _FROM,
            "ended": _UNTIL,
            "description": ("summary",),
        },
        points=True,
    ),
    Section.VOLUNTEERING: Shape(
        "volunteer",
        {
            "organization_name": ("organization",),
            "title": ("position",),
            "place": ("x-location", "location"),
            "detail": ("x-cause",),
            "url": _URL,
            "started": _FROM,
            "ended": _UNTIL,
            "description": ("summary",),
        },
        points=True,
    ),
    Section.EDUCATION: Shape(
        "education",
        {
            "organization_name": ("institution",),
            "title": ("studyType",),
            "detail": ("area",),
            "number": ("score", "gpa"),
            "url": _URL,
            "started": _FROM,
            "ended": _UNTIL,
            "description": _TEXT,
        },
    ),
    Section.HONOURS: Shape(
        "awards",
        {"title": ("title",), "organization_name": ("awarder",), "started": ("date",), "description": ("summary",)},
    ),
    Section.CERTIFICATES: Shape(
        "certificates",
        {
            "title": ("name",),
            "organization_name": ("issuer",),
            "started": ("date", "startDate"),
            "ended": ("x-expires", "endDate"),
            "number": ("x-number",),
            "url": _URL,
            "description": _TEXT,
        },
    ),
    Section.PUBLICATIONS: Shape(
        "publications",
        {
            "title": ("name",),
            "organization_name": ("publisher",),
            "started": ("releaseDate",),
            "url": _URL,
            "description": ("summary",),
        },
    ),
    Section.LANGUAGES: Shape("languages", {"title": ("language", "name"), "kind": ("fluency", "level")}),
    Section.INTERESTS: Shape("interests", {"title": ("name",)}),
    Section.PROJECTS: Shape(
        "projects",
        {
            "title": ("name",),
            "organization_name": ("entity",),
            "url": _URL,
            "started": _FROM,
            "ended": _UNTIL,
            "description": ("description",),
        },
        points=True,
        skills="keywords",
    ),
    Section.COURSES: Shape(
        "x-courses", {"title": ("name",), "number": ("number",), "organization_name": ("institution",)}
    ),
    Section.PATENTS: Shape(
        "x-patents",
        {
            "title": ("title",),
            "number": ("number",),
            "detail": ("status",),
            "started": ("date",),
            "url": _URL,
            "description": ("summary",),
        },
    ),
    Section.SCORES: Shape(
        "x-scores",
        {"title": ("name",), "number": ("score",), "started": ("date",), "description": ("summary",)},
    ),
    Section.MEMBERSHIPS: Shape(
        "x-memberships",
        {
            "organization_name": ("organization",),
            "title": ("position",),
            "started": _FROM,
            "ended": _UNTIL,
            "description": ("summary",),
        },
    ),
}

# The words for how well a language is known, and what else people and other programs write there.
FLUENCY: Mapping[str, str] = {
    "elementary": "Elementary",
    "limited": "Limited working",
    "professional": "Professional",
    "full": "Full professional",
    "native": "Native or bilingual",
}
_MEANT = {
    "elementary": "beginner basic novice a1 a2 elementary",
    "limited": "intermediate conversational b1 limited",
    "professional": "professional b2 upper-intermediate good",
    "full": "fluent advanced proficient c1 c2 full",
    "native": "native bilingual mother-tongue native-speaker first-language",
}
FLUENCY_OF: Mapping[str, str] = (
    {word.replace("-", " "): kind for kind, words in _MEANT.items() for word in words.split()}
    | {words.casefold(): kind for kind, words in FLUENCY.items()}
    | {f"{words.casefold()} proficiency": kind for kind, words in FLUENCY.items()}
)


def joined(summary: str, points: list[str]) -> str:
    """A description with its points as lines of their own, as people write them."""
    lines = "\n".join(MARK + point for point in points)
    return "\n\n".join(part for part in (summary, lines) if part)


def parted(description: str) -> tuple[str, list[str]]:
    """A description as text and points, where `joined` would put it together again exactly; else all of it is text."""
    summary, _gap, lines = description.rpartition("\n\n")
    points = [line.removeprefix(MARK) for line in lines.split("\n")]
    clean = all(part and part == part.strip() for part in points) and summary == summary.strip()
    if clean and joined(summary, points) == description:
        return summary, points
    return description, []
