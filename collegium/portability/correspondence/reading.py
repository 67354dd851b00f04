"""Messages and invitations from elsewhere, as their owner finds them again. What is listed is never counted for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Left

from collegium.feed.reading.words import fold
from collegium.lib import cursor
from collegium.members.models import Member
from collegium.portability.correspondence.models import Invited, Letter, Thread

PAGE, NAMED, STRETCH = 40, 8, 60
MOST_WORDS = 8
OPENING = 160
# Later than anything: where reading begins that begins nowhere.
NEWEST = 2**63 - 1
Row = TypeVar("Row", bound=models.Model)


@dataclass(slots=True)
class Page:
    """Some rows, the newest first, and the cursor of those below."""

    rows: list[Thread] = field(default_factory=list)
    hits: list[Letter] = field(default_factory=list)
    older: str = ""


def words_of(query: str) -> list[str]:
    """The words that must all stand in what is found, folded."""
    return fold(query).split()[:MOST_WORDS] if query else []


def threads(member: Member, before: str = "") -> Page:
    """Her conversations, each with the beginning of its newest message."""
    newest = Letter.objects.filter(thread=OuterRef("pk")).order_by("-sent", "-pk")
    rows = Thread.objects.filter(member=member).annotate(
        words=Subquery(newest.values(opening=Left("text", OPENING))[:1])
    )
    found, older = _stretch(rows, "last", before, PAGE)
    return Page(list(found), older=older)


def find(member: Member, words: Sequence[str], before: str = "") -> Page:
    """Conversations that are called so, on the first page, and messages that say it."""
    named = Thread.objects.filter(member=member)
    said = Letter.objects.filter(member=member).select_related("thread")
    for word in words:
        named, said = named.filter(said__contains=word), said.filter(said__contains=word)
    hits, older = _stretch(said, "sent", before, PAGE)
    return Page([] if before else list(named.order_by("-last", "-pk")[:NAMED]), hits, older)


def _stretch(rows: "QuerySet[Row]", moment: str, before: str, size: int) -> tuple[list[Row], str]:
    """So many rows below a cursor, by their moment and then their key, and the cursor of the next."""
    at, key = cursor.unpack(before, 2) if before else (NEWEST, NEWEST)
    below = rows.filter(_below(moment, at, key))
    found = list(below.order_by(f"-{moment}", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], cursor.pack(getattr(last, moment), last.pk) if last is not None else ""


def _below(moment: str, at: int, key: int) -> Q:
    """Older than this. The first part is the stretch of an index, the second settles those of one moment."""
    return Q(**{f"{moment}__lte": at}) & (Q(**{f"{moment}__lt": at}) | Q(pk__lt=key))


@dataclass(slots=True)
class Stretch:
    """Some messages of a conversation, in the order they were sent, and where it goes on both ways."""

    rows: list[Letter]
    older: str = ""
    newer: str = ""


def letters(thread: Thread, *, before: str = "", after: str = "", at: str = "") -> Stretch:
    """A stretch of a conversation: its end, or what lies before, after or around a message. At most three statements.

    Raises:
        Http404: a cursor is none.
    """
    mine = Letter.objects.filter(thread=thread)
    if at:
        # The message itself and what came before it, as if one had read on from just after it.
        sent, key = cursor.unpack(at, 2)
        before = cursor.pack(sent, min(key, NEWEST - 1) + 1)
    if after:
        sent, key = cursor.unpack(after, 2)
        above = mine.filter(Q(sent__gte=sent) & (Q(sent__gt=sent) | Q(pk__gt=key)))
        rows = list(above.order_by("sent", "pk")[: STRETCH + 1])
        newer = _here(rows[STRETCH - 1]) if len(rows) > STRETCH else ""
        rows = rows[:STRETCH]
        return Stretch(rows, _here(rows[0]) if rows else after, newer)
    found, older = _stretch(mine, "sent", before, STRETCH)
    rows = found[::-1]
    newer = _here(rows[-1]) if before and rows and _has_more(mine, rows[-1]) else ""
    return Stretch(rows, older, newer)


def _here(row: Letter) -> str:
    return cursor.pack(row.sent, row.pk)


def _has_more(rows: "QuerySet[Letter]", last: Letter) -> bool:
    later = Q(sent__gte=last.sent) & (Q(sent__gt=last.sent) | Q(pk__gt=last.pk))
    # In order, so that it is one look at the index and not a search for any such row.
    return bool(rows.filter(later).order_by("sent", "pk").values_list("pk")[:1])


def invitations(member: Member, *, incoming: bool, before: str = "") -> tuple[list[Invited], str]:
    """What she received, or sent, the newest first; and the cursor of the next."""
    return _stretch(Invited.objects.filter(member=member, incoming=incoming), "sent", before, PAGE)


@dataclass(frozen=True, slots=True)
class Shelf:
    """How much is kept."""

    threads: int = 0
    letters: int = 0
    received: int = 0
    sent: int = 0

    @property
    def invitations(self) -> int:
        """Both ways."""
        return self.received + self.sent

    def __bool__(self) -> bool:
        return bool(self.threads or self.invitations)


def shelf(member: Member) -> Shelf:
    """How much is kept for her; of messages the small table of conversations knows. Two statements."""
    told = Thread.objects.filter(member=member).aggregate(threads=Count("pk"), letters=Sum("count"))
    ways = dict(Invited.objects.filter(member=member).values_list("incoming").annotate(n=Count("pk")).order_by())
    return Shelf(told["threads"], told["letters"] or 0, ways.get(True, 0), ways.get(False, 0))
