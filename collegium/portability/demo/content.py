"""Reads the demo community's people and what they say from the text files beside this one.

A file holds first its people, then what they write. A person is a line of fields and what belongs to it::

    ada-lindqvist | Ada Lindqvist | Göteborg, Sweden | the headline
    ; employer | title | 2015-2019        a position ("2019-" is the present one)
    : school | degree | field | 2006-2011
    " about; // begins a new paragraph
    @ sv, en | what she cares for; also for

A post opens with `=`, its author, and in any order an audience, `per` for the personal side, and an age in days. Its
paragraphs follow. `-` and a name opens a comment, `--` a reply to the last comment that was not one. Names may be
shortened to their beginning where only one person of the file (or of all files) begins so. A file may have no people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "content"
LATEST = "notes"
AUDIENCES = ("everyone", "members", "network", "connections", "only_me")


@dataclass
class Person:
    """One of the made-up people."""

    handle: str
    name: str
    place: str
    headline: str
    trade: str
    positions: list[list[str]] = field(default_factory=list)
    schools: list[list[str]] = field(default_factory=list)
    about: str = ""
    languages: list[str] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)

    @property
    def country(self) -> str:
        """The last part of the place."""
        return self.place.rpartition(", ")[2]


@dataclass
class Comment:
    """Something said under a post; `answers` is the place of the comment it replies to, in the same list."""

    author: str
    body: str
    answers: int | None = None


@dataclass
class Post:
    """A text with what was said under it; empty audience and no age leave the choice to chance."""

    author: str
    body: str
    audience: str = ""
    personal: bool = False
    age: float | None = None
    fresh: bool = False
    comments: list[Comment] = field(default_factory=list)


@dataclass
class Community:
    """All of it."""

    people: dict[str, Person]
    posts: list[Post]


class ContentError(Exception):
    """The text files contradict themselves."""


@cache
def read() -> Community:
    """The people of all files and what they say; what stands in `LATEST` is weeks old at most."""
    blocks = {path.stem: f"\n{path.read_text(encoding='utf-8')}".split("\n= ") for path in sorted(FOLDER.glob("*.txt"))}
    people = {person.handle: person for name, parts in blocks.items() for person in _people(name, parts[0])}
    posts = [
        _post(_Names(people, name), part, fresh=name == LATEST) for name, parts in blocks.items() for part in parts[1:]
    ]
    return Community(people, posts)


def _people(name: str, text: str) -> Iterator[Person]:
    person: Person | None = None
    for line in filter(None, text.split("\n")):
        sign, rest = line[:1], line[2:]
        if sign not in ';:@"':
            handle, called, place, headline = _fields(line)
            person = Person(handle, called, place, headline, name)
            yield person
        elif person is None:
            raise ContentError(f"{name}: {line}")
        elif sign == ";":
            person.positions.append(_fields(rest))
        elif sign == ":":
            person.schools.append(_fields(rest))
        elif sign == "@":
            languages, _, interests = rest.partition(" | ")
            person.languages = languages.split(", ")
            person.interests = interests.split("; ") if interests else []
        else:
            person.about = rest.replace("//", "\n\n")


def _fields(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


class _Names:
    """Finds the person whom a shortened name means, first in the file where it stands."""

    def __init__(self, people: dict[str, Person], trade: str) -> None:
        self._people, self._trade = people, trade

    def find(self, short: str) -> str:
        if short in self._people:
            return short
        for people in (
            [handle for handle, person in self._people.items() if person.trade == self._trade],
            list(self._people),
        ):
            # `shu-fen` is the second part of a name, `ada` the first.
            found = [handle for handle in people if handle.startswith(f"{short}-")]
            found = found or [handle for handle in people if f"-{short}" in handle]
            if len(found) == 1:
                return found[0]
        raise ContentError(f"{self._trade}: nobody, or more than one, is called {short!r}")


def _post(names: _Names, text: str, *, fresh: bool) -> Post:
    first, _, rest = text.partition("\n")
    author, *words = first.split()
    post = Post(names.find(author), "", fresh=fresh)
    for word in words:
        if word in AUDIENCES:
            post.audience = word
        elif word == "per":
            post.personal = True
        else:
            post.age = float(word)
    paragraphs: list[str] = []
    said: list[list[str]] = []
    for line in rest.rstrip().split("\n"):
        dashes, _, who = line.partition(" ")
        if dashes in ("-", "--") and who and " " not in who:
            said.append([])
            _open_comment(post, names.find(who), reply=dashes == "--")
        else:
            (said[-1] if said else paragraphs).append(line)
    post.body = "\n".join(paragraphs).strip()
    for comment, lines in zip(post.comments, said, strict=True):
        comment.body = "\n".join(lines).strip()
    return post


def _open_comment(post: Post, author: str, *, reply: bool) -> None:
    open_ones = [place for place, comment in enumerate(post.comments) if comment.answers is None]
    if reply and not open_ones:
        raise ContentError(f"a reply to nothing, by {author}")
    post.comments.append(Comment(author, "", open_ones[-1] if reply else None))
