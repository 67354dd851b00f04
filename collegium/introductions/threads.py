"""The conversation of the three, as one of them sees it.

Everything is judged when read. Whoever blocked somebody, or is out of standing, is not there for that other one:
neither the face nor what was written. Whoever left is no longer among those present; what was said stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, Standing, standings
from collegium.introductions.actions import open_to_words
from collegium.introductions.models import Departure, Introduction, Message
from collegium.lib import cursor
from collegium.members.models import Member

PAGE = 40
LISTED = 20


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in the viewer's eyes.

    Attributes:
        row: the introduction it came from.
        present: the others who are still in it and whom the viewer meets.
        met: those of the three, oneself excepted, whom no block and no suspension parts from the viewer.
        near: how the viewer stands to each of them.
        last: the newest thing said that the viewer may read.
        open: whether anything can still be said.
    """

    row: Introduction
    present: Sequence[Member]
    met: frozenset[int]
    near: dict[int, Standing]
    last: Message | None = None
    open: bool = False

    def degree(self, person: Member) -> int | None:
        """How far this person is from the viewer."""
        return self.near.get(person.pk, FAR).degree

    @property
    def names(self) -> str:
        """Those present, by name."""
        return ", ".join(each.name for each in self.present)


def listed(viewer: Viewer, after: str = "") -> tuple[list[Talk], str]:
    """A page of the conversations the viewer is in, the youngest first, and the cursor of the next one or ''."""
    rows = Introduction.objects.conversations(viewer.me)
    if after:
        rows = rows.filter(pk__lt=cursor.unpack(after, 1)[0])
    found = list(rows.with_people().order_by("-pk")[: LISTED + 1])
    rest = cursor.pack(found[LISTED - 1].pk) if len(found) > LISTED else ""
    return _lay_out(viewer, found[:LISTED]), rest


def talk(viewer: Viewer, key: int) -> Talk | None:
    """One conversation; None where the viewer is not in it."""
    row = Introduction.objects.conversations(viewer.me).with_people().filter(pk=key).first()
    if row is None:
        return None
    [found] = _lay_out(viewer, [row])
    return Talk(found.row, found.present, found.met, found.near, found.last, bool(found.present) and open_to_words(row))


def messages(viewer: Viewer, shown: Talk, before: str = "") -> tuple[list[Message], str]:
    """A page of what was said, the oldest first, and the cursor of what was said before it or ''."""
    query = Message.objects.filter(introduction=shown.row, author__in={*shown.met, viewer.id})
    if before:
        query = query.filter(pk__lt=cursor.unpack(before, 1)[0])
    found = list(query.select_related("author").order_by("-pk")[: PAGE + 1])
    rest = cursor.pack(found[PAGE - 1].pk) if len(found) > PAGE else ""
    return found[:PAGE][::-1], rest


def _lay_out(viewer: Viewer, rows: Sequence[Introduction]) -> list[Talk]:
    """Conversations for these rows (with people), in a constant number of statements."""
    persons = {each.pk: each for row in rows for each in (row.asker, row.introducer, row.target)}
    persons.pop(viewer.id, None)
    met = set(people.present_to(viewer).filter(pk__in=persons).values_list("pk", flat=True))
    gone = set(Departure.objects.filter(introduction__in=rows).values_list("introduction_id", "member_id"))
    near = standings(viewer.member, met)
    last = _last(rows, {*met, viewer.id})
    found = []
    for row in rows:
        others = frozenset(set(row.people) & met)
        present = [persons[key] for key in row.people if key in others and (row.pk, key) not in gone]
        found.append(Talk(row, present, others, near, last.get(row.pk)))
    return found


def _last(rows: Sequence[Introduction], authors: set[int]) -> dict[int, Message]:
    """The newest thing said in each of these by people the viewer meets."""
    said = Message.objects.filter(introduction__in=rows, author__in=authors).order_by("introduction", "-pk")
    return {each.introduction_id: each for each in said.distinct("introduction").select_related("author")}


def listeners(row: Introduction, author: Member) -> list[int]:
    """Keys of those who may read what this author writes there now."""
    gone = set(Departure.objects.filter(introduction=row).values_list("member_id", flat=True))
    there = people.present_to(Viewer(author)).filter(pk__in=set(row.people) - gone - {author.pk})
    return [member.pk for member in there if Introduction.objects.conversations(member).filter(pk=row.pk).exists()]
