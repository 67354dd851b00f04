"""Many who write at once, some of whom send again what they have sent: is anything lost, doubled, or out of order?

Used by the test of one order, and by `bench/verbs.py` with many more; `bin/bench order` asks the same of pages.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Thread
from uuid import UUID

from django.db import connection, connections

from collegium.audience.viewer import Viewer
from collegium.members.models import Member
from collegium.messaging.actions import talking
from collegium.messaging.models import Conversation, Message
from collegium.messaging.reading import talk

AGAIN = 0.1
"""The share of messages that are sent once more, after the connection they went through has ended."""


@dataclass(slots=True)
class Sent:
    """One message as its writer knows it: where, by whom, its key, and the number it was given."""

    conversation: int
    author: int
    key: UUID
    number: int


class Writer(Thread):
    """Somebody who writes her share, in a connection of her own that breaks now and then."""

    def __init__(self, talks: Sequence[Conversation], people: Sequence[Member], count: int, seed: int) -> None:
        super().__init__()
        self.talks, self.people, self.count = talks, people, count
        self.chance = random.Random(seed)  # the same each time
        self.sent: list[Sent] = []
        self.again = 0
        self.trouble: list[Exception] = []

    def run(self) -> None:
        """Write."""
        try:
            for _each in range(self.count):
                self._one()
        except Exception as error:  # noqa: BLE001 - whatever it is, the one who waits for this thread says so
            self.trouble.append(error)
        finally:
            connections.close_all()

    def _one(self) -> None:
        place = self.chance.randrange(len(self.talks))
        row, author = self.talks[place], self.chance.choice(self.people)
        key = UUID(int=self.chance.getrandbits(128), version=4)
        said = talking.write(row, by=author, text=f"{key}", key=key)
        if self.chance.random() < AGAIN:
            # Its answer never arrived: the same is sent once more, through a new connection.
            connection.close()
            self.again += 1
            said = talking.write(row, by=author, text=f"{key}", key=key)
        self.sent.append(Sent(row.pk, author.pk, key, said.number))


def write_all(talks: Sequence[Conversation], people: Sequence[Member], *, count: int, threads: int) -> list[Writer]:
    """Have so many messages written, by so many at once.

    Raises:
        ExceptionGroup: something went wrong with one of them.
    """
    writers = [Writer(talks, people, count // threads, seed) for seed in range(threads)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    if trouble := [error for each in writers for error in each.trouble]:
        raise ExceptionGroup("writers in trouble", trouble)
    return writers


def faults(talks: Sequence[Conversation], people: Sequence[Member], writers: Sequence[Writer]) -> list[str]:
    """What is lost, doubled, or not in one order for everybody; nothing, it is hoped."""
    sent = [each for writer in writers for each in writer.sent]
    found = []
    for row in talks:
        kept = list(
            Message.objects.filter(conversation=row, kind="words").order_by("number").values_list("key", "number", "pk")
        )
        mine = {(each.key, each.number) for each in sent if each.conversation == row.pk}
        if {(key, number) for key, number, _pk in kept} != mine or len(kept) != len(mine):
            found.append(f"{row.pk}: lost or doubled")
        if [pk for *_rest, pk in kept] != sorted(pk for *_rest, pk in kept):
            found.append(f"{row.pk}: keys and numbers go different ways")
        read = {tuple(_read(member, row)) for member in people}
        if read != {tuple(number for _key, number, _pk in kept)}:
            found.append(f"{row.pk}: not one order for all")
        row.refresh_from_db()
        if row.last_number != row.messages.count() or row.changes < row.last_number:
            found.append(f"{row.pk}: counted wrongly")
    return found


def _read(member: Member, row: Conversation) -> list[int]:
    """All numbers as this reader pages through them, from the newest to the oldest."""
    viewer, numbers, before = Viewer(member), list[int](), 0
    here = talk.one(viewer, row.pk)
    while here is not None:
        stretch = talk.messages(viewer, here, before=before)
        numbers = [each.message.number for each in stretch.said if not each.words] + numbers
        before = stretch.older
        if not before:
            break
    return numbers
