"""The messages of an archive as they are read, in little memory: what is repeated in every row is held once.

A message is known again by its conversation, its moment and its words. Not by who wrote it: names change, and somebody
who has left is "LinkedIn Member" in the next archive.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from collegium.lib import clock
from collegium.portability.correspondence.models import MARK, MOST_MESSAGES, MOST_PEOPLE
from collegium.portability.linkedin.things import Invitation, Message

# So many characters of all messages together; two archives may be read at once.
MOST_CHARACTERS = 60_000_000
# The network began in May 2003; nothing was sent there before, and nothing is sent tomorrow.
FIRST = int(datetime.fromisoformat("2003-05-01T00:00:00+00:00").timestamp() * 1000)
# Why a message stays behind; `wording` has the sentences.
DRAFT, EMPTY, REPEATED, OVER = "draft", "empty", "repeated", "over"


def told(at: str) -> int:
    """A moment as the reader gives it, in milliseconds; 0 when it is not known, or cannot be."""
    if not at:
        return 0
    found = datetime.fromisoformat(at)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    milliseconds = round(found.timestamp() * 1000)
    return milliseconds if FIRST <= milliseconds <= round(clock.now().timestamp() * 1000) else 0


def mark_of(*parts: str) -> bytes:
    """By which something is known again."""
    return hashlib.blake2b("\0".join(parts).encode(errors="replace"), digest_size=MARK).digest()


class Row(NamedTuple):
    """One message; `mine` is known when all have been read."""

    talk: bytes
    mark: bytes
    sent: int
    name: str
    slug: str
    subject: str
    text: str


@dataclass(slots=True)
class Talk:
    """One conversation: the place where it is first named, and who takes part."""

    file: int
    line: int
    title: str = ""
    folder: str = ""
    people: dict[tuple[str, str], None] = field(default_factory=dict)


@dataclass(slots=True)
class Owner:
    """Whose archive it is, by all that tells it."""

    slugs: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)

    def hear(self, said: Invitation) -> None:
        """An invitation says which side she is on."""
        slug = said.recipient_slug if said.incoming else said.sender_slug
        if slug:
            self.slugs[slug] += 1
        self.call(said.recipient if said.incoming else said.sender)

    def call(self, name: str) -> None:
        """She is called so."""
        if name:
            self.names.add(name.casefold())

    def is_she(self, name: str, slug: str) -> bool:
        """Whether this is she: by her address, and by name only where there is no address to go by."""
        if slug and self.slugs:
            return slug in self.slugs
        return name.casefold() in self.names


@dataclass(slots=True)
class Letters:
    """All messages of an archive, as far as there is room."""

    rows: list[Row] = field(default_factory=list)
    talks: dict[bytes, Talk] = field(default_factory=dict)
    left: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    owner: Owner = field(default_factory=Owner)
    characters: int = 0
    # The marks of those that are not here yet; `judging` says which.
    fresh: set[bytes] = field(default_factory=set)
    _held: dict[str, str] = field(default_factory=dict)
    _writers: dict[bytes, str] = field(default_factory=dict)

    def put(self, file: int, line: int, said: Message) -> None:
        """Take in one message, or count why it stays behind."""
        why = self._why_not(said)
        talk = self._talk_of(said)
        mark = b"" if why else self._mark(talk, said)
        if why or not mark:
            self.left[file][why or REPEATED] += 1
            return
        self._place(file, line, talk, said)
        self.characters += len(said.text)
        name, slug = self._once(said.sender), self._once(said.sender_slug)
        self.rows.append(Row(talk, mark, told(said.at), name, slug, said.subject, said.text))

    def _why_not(self, said: Message) -> str:
        if said.draft:
            return DRAFT
        if not (said.text or said.subject):
            return EMPTY
        return OVER if len(self.rows) >= MOST_MESSAGES or self.characters >= MOST_CHARACTERS else ""

    def _once(self, word: str) -> str:
        return self._held.setdefault(word, word)

    def _talk_of(self, said: Message) -> bytes:
        """The mark of its conversation; one without a number is told by its people."""
        if said.conversation:
            return mark_of("talk", said.conversation)
        return mark_of("people", *sorted({said.sender.casefold(), *map(str.casefold, said.recipients)}))

    def _mark(self, talk: bytes, said: Message) -> bytes:
        """Its own mark; nothing when it was said already. Two people may say one thing in one second."""
        for turn in ("", "2", "3"):
            mark = mark_of(talk.hex(), said.at, said.subject, said.text, turn)
            writer = self._writers.setdefault(mark, "")
            if not writer:
                self._writers[mark] = self._once(f"{said.sender}\0{said.sender_slug}")
                return mark
            if writer == f"{said.sender}\0{said.sender_slug}":
                return b""
        return b""

    def _place(self, file: int, line: int, mark: bytes, said: Message) -> None:
        talk = self.talks.get(mark)
        if talk is None:
            talk = self.talks[mark] = Talk(file, line)
        talk.title = talk.title or said.topic
        talk.folder = talk.folder or self._once(said.folder)
        slugs = said.slugs if len(said.slugs) == len(said.recipients) else ("",) * len(said.recipients)
        for name, slug in ((said.sender, said.sender_slug), *zip(said.recipients, slugs, strict=True)):
            if name and len(talk.people) <= 2 * MOST_PEOPLE:
                talk.people[self._once(name), self._once(slug)] = None

    def settle(self, *names: str) -> None:
        """Everything has been read: find out who its owner is, also where no other file says it.

        Args:
            names: what she is called in the archive's profile, or here.
        """
        for name in names:
            self.owner.call(name)
        if self.owner.slugs:
            return
        met: Counter[str] = Counter()
        called: Counter[str] = Counter()
        for talk in self.talks.values():
            met.update({slug for _name, slug in talk.people if slug})
            called.update({slug for name, slug in talk.people if slug and name.casefold() in self.owner.names})
        # Of several who are called like her, and of all where nobody is, she is the one who is in every conversation.
        first = (called or met).most_common(2)
        if first and (called or len(self.talks) > 1) and (len(first) == 1 or first[0][1] > first[1][1]):
            self.owner.slugs[first[0][0]] += 1

    def others(self, talk: Talk) -> list[list[str]]:
        """The people of a conversation without her, each once."""
        known = {name.casefold() for name, slug in talk.people if slug}
        found = [
            [name, slug]
            for name, slug in talk.people
            if not self.owner.is_she(name, slug) and (slug or name.casefold() not in known)
        ]
        return found[:MOST_PEOPLE]

    def staged(self) -> Iterator[tuple[bytes, bytes, int, bool, str, str, str]]:
        """What is not here yet, as it is laid out."""
        for row in self.rows:
            if row.mark in self.fresh:
                mine = self.owner.is_she(row.name, row.slug)
                yield row.talk, row.mark, row.sent, mine, row.name, row.subject, row.text
