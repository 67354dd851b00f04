"""What comes out of an archive, as small typed things; and what is said of its files.

The locked-up child makes them and the parent checks them again by the same declarations. No Django here: the child
imports this. Every text has a form and a limit, and says what becomes of a longer one.
"""

from dataclasses import Field, dataclass, field, fields
from typing import Any, Literal

# The career's limits, and those of a member's head; a test holds them equal.
TITLE, PLACE, URL, DESCRIPTION = 200, 100, 500, 4000
NAME, HEADLINE, ABOUT = 100, 220, 2600
SKILL, CONTACT, LABEL = 100, 500, 60
# Posts, messages and articles are bounded by the rooms that come to take them; this only keeps one within memory.
LETTER = 100_000
MOST_LIST = 200

Decision = Literal["taken", "later", "left out", "unknown", "broken"]
DECISIONS: tuple[Decision, ...] = ("taken", "later", "left out", "unknown", "broken")


def _line(limit: int = TITLE, *, over: Literal["leave", "cut", "drop"] = "leave") -> Any:
    """One line of text.

    Args:
        limit: the most code points.
        over: what a longer one does: its row is left out, it is cut, or it alone is dropped; each with a sentence.
    """
    return field(default="", metadata={"form": "line", "limit": limit, "over": over})


def _words(limit: int = DESCRIPTION) -> Any:
    """Several lines; of a longer text the part that fits is kept, and the file's report says so."""
    return field(default="", metadata={"form": "text", "limit": limit, "over": "cut"})


def _partial() -> Any:
    """A date as exact as it is known: "2019", "2019-03", "2019-03-07" or ""."""
    return field(default="", metadata={"form": "partial", "limit": 10, "over": "drop"})


def _instant() -> Any:
    """A moment, "2026-05-07T16:41:18Z", or "" when it is not known; `datetime.fromisoformat` reads it."""
    return field(default="", metadata={"form": "instant", "limit": 20, "over": "drop"})


def _link() -> Any:
    """An address of the web, with http or https; a longer one cannot be kept in parts, so it is dropped."""
    return field(default="", metadata={"form": "link", "limit": URL, "over": "drop"})


def _lines(limit: int = TITLE) -> Any:
    """A list of lines."""
    return field(default=(), metadata={"form": "lines", "limit": limit, "over": "drop"})


@dataclass(frozen=True, slots=True)
class CareerItem:
    """One item of a section; leaves `read()` as a `career.document.Draft`."""

    section: str = _line(16)
    title: str = _line()
    organization_name: str = _line()
    place: str = _line(PLACE, over="cut")
    detail: str = _line(over="cut")
    kind: str = _line(20)
    number: str = _line(over="cut")
    url: str = _link()
    description: str = _words()
    started: str = _partial()
    ended: str = _partial()


@dataclass(frozen=True, slots=True)
class Head:
    """A part of what stands on top of a profile; leaves `read()` as a `career.document.Header`."""

    name: str = _line(NAME, over="cut")
    headline: str = _line(HEADLINE, over="cut")
    about: str = _words(ABOUT)
    place: str = _line(PLACE, over="cut")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody; leaves `read()` as a `career.document.Reach`."""

    kind: str = _line(12)
    value: str = _line(CONTACT)
    label: str = _line(LABEL, over="cut")


@dataclass(frozen=True, slots=True)
class SkillName:
    """A skill of one's own, in the order of the profile."""

    name: str = _line(SKILL)


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Somebody vouched for a skill: received from, or given to, the person named."""

    skill: str = _line(SKILL)
    first: str = _line(NAME, over="cut")
    last: str = _line(NAME, over="cut")
    slug: str = _line()
    status: str = _line(40)
    at: str = _instant()
    given: bool = False

    @property
    def shown(self) -> bool:
        """Whether others saw it there; the rest stays private to the member."""
        return self.status == "ACCEPTED"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation: written by, or (`given`) about, the person named."""

    first: str = _line(NAME, over="cut")
    last: str = _line(NAME, over="cut")
    company: str = _line(over="cut")
    title: str = _line(over="cut")
    text: str = _words()
    status: str = _line(40)
    at: str = _instant()
    given: bool = False

    @property
    def shown(self) -> bool:
        """Whether others saw it there; the rest stays private to the member."""
        return self.status == "VISIBLE"


@dataclass(frozen=True, slots=True)
class Person:
    """A connection: somebody to look for here. `slug` is the end of an address `/in/…`, in lower case, or ""."""

    first: str = _line(NAME, over="cut")
    last: str = _line(NAME, over="cut")
    slug: str = _line()
    email: str = _line(254, over="drop")
    company: str = _line(over="cut")
    position: str = _line(over="cut")
    connected_on: str = _partial()


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation to connect, sent or received."""

    sender: str = _line(over="cut")
    recipient: str = _line(over="cut")
    at: str = _instant()
    message: str = _words()
    incoming: bool = False
    sender_slug: str = _line()
    recipient_slug: str = _line()


@dataclass(frozen=True, slots=True)
class Following:
    """What the member follows: an organisation, a person or a topic."""

    kind: str = _line(12)
    name: str = _line(over="cut")
    at: str = _instant()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """A post. `activity` is LinkedIn's number of it as text, or ""; `audience` "PUBLIC" or the like."""

    at: str = _instant()
    link: str = _link()
    text: str = _words(LETTER)
    shared: str = _link()
    media: str = _link()
    audience: str = _line(40)
    activity: str = _line(20)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment by the member; `activity` is the number of the post it stands under, as text, or ""."""

    at: str = _instant()
    link: str = _link()
    text: str = _words(LETTER)
    activity: str = _line(20)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction by the member: `kind` is "LIKE", "PRAISE" and the like."""

    at: str = _instant()
    kind: str = _line(40)
    link: str = _link()
    activity: str = _line(20)


@dataclass(frozen=True, slots=True)
class Saved:
    """A post or article put aside."""

    at: str = _instant()
    link: str = _link()


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `recipients` and `slugs` belong together, in order, as far as both are known."""

    conversation: str = _line()
    topic: str = _line(over="cut")
    sender: str = _line(over="cut")
    sender_slug: str = _line()
    recipients: tuple[str, ...] = _lines()
    slugs: tuple[str, ...] = _lines()
    at: str = _instant()
    subject: str = _line(over="cut")
    text: str = _words(LETTER)
    folder: str = _line(40)
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A long text, as Markdown; `at` is when it was published, which not every archive says."""

    title: str = _line(over="cut")
    link: str = _link()
    text: str = _words(LETTER)
    at: str = _instant()


@dataclass(frozen=True, slots=True)
class Event:
    """A happening the member had to do with; both ends as they could be read."""

    name: str = _line(over="cut")
    starts: str = _instant()
    ends: str = _instant()
    status: str = _line(40)
    link: str = _link()


@dataclass(frozen=True, slots=True)
class JobApplication:
    """An application for a job."""

    at: str = _instant()
    company: str = _line(over="cut")
    title: str = _line(over="cut")
    link: str = _link()
    email: str = _line(254, over="drop")
    phone: str = _line(CONTACT, over="drop")
    resume: str = _line(over="cut")
    answers: str = _words()
    status: str = _line(40)


@dataclass(frozen=True, slots=True)
class SavedJob:
    """A job put aside."""

    at: str = _instant()
    company: str = _line(over="cut")
    title: str = _line(over="cut")
    link: str = _link()


@dataclass(frozen=True, slots=True)
class JobWish:
    """What the member looks for in a job."""

    titles: tuple[str, ...] = _lines()
    places: tuple[str, ...] = _lines()
    industries: tuple[str, ...] = _lines()
    kinds: tuple[str, ...] = _lines()
    open: bool = False
    introduction: str = _words()


Thing = (
    CareerItem
    | Head
    | Way
    | SkillName
    | Endorsement
    | Recommendation
    | Person
    | Invitation
    | Following
    | Share
    | Comment
    | Reaction
    | Saved
    | Message
    | Article
    | Event
    | JobApplication
    | SavedJob
    | JobWish
)
TYPES: dict[str, type[Any]] = {each.__name__: each for each in Thing.__args__}


class RefusedError(Exception):
    """The archive as a whole cannot be read."""

    def __init__(self, problem: "Problem") -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Problem:
    """Something refused or left out, without words: `sentences.say(problem)` has them, in the reader's language."""

    code: str
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file of the archive.

    `kind` is a key of `catalogue.KINDS`, or "" when it is not known. `rows` counts rows with something in them,
    `taken` the things made of them (`repeated` of which were there already, word for word, and are not given twice).
    `problems` are the first ones of `problem_count`. `notes` and `encoding` are codes (`sentences.note`). `unused`
    are columns that hold something no profile here has a place for.
    """

    name: str
    kind: str = ""
    decision: Decision = "unknown"
    rows: int = 0
    taken: int = 0
    repeated: int = 0
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    encoding: str = ""
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


_DECLARED = {each: {part.name: part for part in fields(each)} for each in (*TYPES.values(), FileReport, Problem)}


def declared(thing: type[Any]) -> dict[str, "Field[Any]"]:
    """The fields of a type of this page by name; asked for every row, so looked up once."""
    return _DECLARED[thing]
