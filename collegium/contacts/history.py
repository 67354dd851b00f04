"""What two people had to do with each other, drawn from the rows themselves, so that what is deleted is no contact.

A list of sources, each a query over one table: who the other was, when (as a time-ordered key), and what it was about.
A member's own acts are hers to know. Of the acts of others only those count that she may see now, each asked through
the rule of sight of its table. Whom the list is about (connections she sees) `reading` asks.

Everything is put together in one statement, which is asked for one member and, where there are few, for some others.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, Exists, F, Func, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from collegium.audience.viewer import Viewer, stand_in
from collegium.career.models import Holding
from collegium.feed.models import Comment, Mention, Post, Reaction
from collegium.introductions.models import Introduction
from collegium.lib import clock, ids
from collegium.lib.statement import Slots
from collegium.members.models import Member
from collegium.ties.models import Disclaimer
from collegium.vouching.models import Endorsement, Recommendation

YEAR = timedelta(days=365)
# The lowest bits of a key are chance; the kind of contact travels there, so that one maximum tells both.
KIND_BITS = 31


class What(IntEnum):
    """The kinds of contact, by who did something to whom; their words are in `phrases`."""

    CONNECTED = 0
    COMMENTED_MINE = 1
    COMMENTED_THEIRS = 2
    REPLIED_ME = 3
    REPLIED_THEM = 4
    REACTED_MINE = 5
    REACTED_THEIRS = 6
    REACTED_MY_COMMENT = 7
    REACTED_THEIR_COMMENT = 8
    MENTIONED_ME = 9
    MENTIONED_THEM = 10
    ENDORSED_ME = 11
    ENDORSED_THEM = 12
    RECOMMENDED_ME = 13
    RECOMMENDED_THEM = 14
    ASKED_ME = 15
    ASKED_THEM = 16
    INTRODUCED_ME = 17
    INTRODUCED_THEM = 18
    MET = 19


@dataclass(frozen=True, slots=True)
class Contact:
    """How a member stands with somebody.

    Attributes:
        last: when they last had to do with each other, as a key; 0 when never.
        what: what that was.
        year: how often in the last year.
    """

    last: int = 0
    what: What = What.CONNECTED
    year: int = 0

    @property
    def at(self) -> datetime | None:
        """When that was."""
        return ids.instant(self.last) if self.last else None


NEVER = Contact()
Rows = QuerySet[Any, tuple[Any, ...]]


def _shape(rows: QuerySet[Any], other: Any, key: str, thing: str) -> Rows:
    """Every source has these three columns."""
    return rows.order_by().annotate(_other=other, _key=F(key), _thing=F(thing)).values_list("_other", "_key", "_thing")


def _comments(me: int) -> dict[What, Rows]:
    mine = Comment.objects.filter(author=me)
    theirs = Comment.objects.exclude(author=me)
    seen = Comment.objects.visible_to(stand_in(me)).exclude(author=me)
    said, author, above = F("author_id"), F("post__author_id"), F("parent__author_id")
    under_theirs = mine.exclude(post__author=me)
    # A reply under the other's own post is counted there.
    to_them = under_theirs.filter(parent__isnull=False).exclude(parent__author=me).exclude(parent__author=author)
    return {
        What.COMMENTED_MINE: _shape(theirs.filter(post__author=me), said, "id", "id"),
        What.COMMENTED_THEIRS: _shape(under_theirs, author, "id", "id"),
        What.REPLIED_ME: _shape(seen.filter(parent__author=me).exclude(post__author=me), said, "id", "id"),
        What.REPLIED_THEM: _shape(to_them, above, "id", "id"),
    }


def _reactions(me: int) -> dict[What, Rows]:
    mine, theirs = Reaction.objects.filter(member=me), Reaction.objects.exclude(member=me)
    seen = Comment.objects.visible_to(stand_in(me)).filter(pk=OuterRef("comment"))
    to_mine = theirs.filter(comment__author=me).filter(Q(comment__post__author=me) | Exists(seen))
    to_post, to_comment = F("post__author_id"), F("comment__author_id")
    theirs_to = mine.filter(post__isnull=False).exclude(post__author=me)
    said_by_them = mine.filter(comment__isnull=False).exclude(comment__author=me)
    return {
        What.REACTED_MINE: _shape(theirs.filter(post__author=me), F("member_id"), "id", "post_id"),
        What.REACTED_THEIRS: _shape(theirs_to, to_post, "id", "post_id"),
        What.REACTED_MY_COMMENT: _shape(to_mine, F("member_id"), "id", "comment_id"),
        What.REACTED_THEIR_COMMENT: _shape(said_by_them, to_comment, "id", "comment_id"),
    }


def _mentions(me: int) -> dict[What, Rows]:
    eyes = stand_in(me)
    posts = Post.objects.visible_to(eyes).filter(pk=OuterRef("post"))
    comments = Comment.objects.visible_to(eyes).filter(pk=OuterRef("comment"))
    by = Coalesce("comment__author_id", "post__author_id")
    of_me = Mention.objects.filter(member=me).annotate(by=by).exclude(by=me)
    seen = of_me.filter(Q(comment=None) & Exists(posts) | Q(comment__isnull=False) & Exists(comments))
    by_me = Q(comment__author=me) | Q(comment=None, post__author=me)
    return {
        What.MENTIONED_ME: _shape(seen, F("by"), "id", "post_id"),
        What.MENTIONED_THEM: _shape(Mention.objects.filter(by_me).exclude(member=me), F("member_id"), "id", "post_id"),
    }


def _words(me: int) -> dict[What, Rows]:
    kept = Endorsement.objects.filter(holding__removed_at=None)
    recommended, recommends = Recommendation.objects.filter(recipient=me), Recommendation.objects.filter(author=me)
    return {
        What.ENDORSED_ME: _shape(kept.filter(member=me), F("giver_id"), "said", "holding_id"),
        What.ENDORSED_THEM: _shape(kept.filter(giver=me), F("member_id"), "said", "holding_id"),
        What.RECOMMENDED_ME: _shape(recommended, F("author_id"), "id", "id"),
        What.RECOMMENDED_THEM: _shape(recommends, F("recipient_id"), "id", "id"),
    }


class KeyAt(Func):
    """A moment as the key of a row that had been made then."""

    template = f"(floor(extract(epoch FROM %(expressions)s) * 1000)::bigint << {ids.LOW_BITS})"
    output_field = BigIntegerField()


def _introductions(me: int) -> dict[What, Rows]:
    """Each of the three knows of what reached her; a silent decline looks like waiting, as it does on the pages."""
    state = Introduction.State
    rows = Introduction.objects.annotate(passed=KeyAt("forwarded_at"))
    asked = rows.exclude(state__in=[state.WITHDRAWN, state.ENDED])
    unknown = Exists(Disclaimer.objects.filter(member=me, stranger=OuterRef("asker")))
    passed = asked.filter(forwarded_at__isnull=False).filter(
        state__in=[state.FORWARDED, state.DECLINED, state.ACCEPTED]
    )
    met = passed.filter(state=state.ACCEPTED)
    other = Case(When(asker=me, then=F("target_id")), default=F("asker_id"))
    return {
        What.ASKED_ME: _shape(asked.filter(introducer=me), F("asker_id"), "id", "id"),
        # Whatever became of it: that it ended may mean that the other two parted, which is not hers to know.
        What.ASKED_THEM: _shape(rows.exclude(state=state.WITHDRAWN).filter(asker=me), F("introducer_id"), "id", "id"),
        What.INTRODUCED_ME: _shape(passed.filter(target=me).exclude(unknown), F("introducer_id"), "passed", "id"),
        What.INTRODUCED_THEM: _shape(passed.filter(introducer=me), F("target_id"), "passed", "id"),
        What.MET: _shape(met.filter(Q(asker=me) | Q(target=me)), other, "passed", "id"),
    }


# A room whose rows are contact too (messages) adds its function here and its kinds to `What`.
SOURCES: list[Callable[[int], Mapping[What, Rows]]] = [_comments, _reactions, _mentions, _words, _introductions]


@lru_cache(maxsize=1)
def _written() -> tuple[str, dict[str, Any]]:
    """All sources in one text with named places: `%(me)s`, and one for every constant that Django puts in."""
    slots = Slots()
    me = slots.int("me")
    parts: list[str] = []
    constants: dict[str, Any] = {}
    for source in SOURCES:
        for what, rows in source(me).items():
            text, given = rows.query.get_compiler(using=rows.db).as_sql()
            places = []
            for value in given:
                name = "me" if value == me else f"value{len(constants)}"
                if name != "me":
                    constants[name] = value
                places.append(f"%({name})s")
            part = "SELECT other, key, thing, {} AS what FROM ({}) AS source{}(other, key, thing)"
            parts.append(part.format(what.value, text % tuple(places), what.value))
    return " UNION ALL ".join(parts), constants


def told(*, some: bool = False) -> str:
    """The table of last contacts as a text: (other, last, year); to be asked with `values`.

    Args:
        some: only of the people whose keys are given as `others`.
    """
    only = "WHERE other = ANY(%(others)s::bigint[])" if some else ""
    last = f"max((key & ~{KIND_BITS}::bigint) | what) AS last, count(*) FILTER (WHERE key >= %(year)s) AS year"
    return f"SELECT other, {last} FROM ({_written()[0]}) AS contact {only} GROUP BY other"  # noqa: S608 - Django's own


def values(viewer: Viewer) -> dict[str, Any]:
    """What stands in the places of `told`, but for `others`."""
    return {"me": viewer.id, "year": ids.floor_at(clock.now() - YEAR), **_written()[1]}


def contact(last: int | None, year: int | None) -> Contact:
    """A row of `told` as it is read."""
    return Contact(last or 0, What((last or 0) & KIND_BITS), year or 0)


def contacts(viewer: Viewer, others: Iterable[int]) -> dict[int, Contact]:
    """The last contact with each of a page of people, as far as the rows between them tell; one statement."""
    given = {**values(viewer), "others": list(others)}
    with connection.cursor() as cursor:
        cursor.execute(told(some=True), given)
        return {other: contact(last, year) for other, last, year in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Event:
    """One contact: what, when, and where it can be read; no path where it cannot any more."""

    what: What
    at: datetime
    path: str = ""


def between(viewer: Viewer, other: Member, most: int = 8) -> list[Event]:
    """The latest contacts with one person, the newest first."""
    given = {**values(viewer), "other": other.pk, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT what, key, thing FROM ({_written()[0]}) AS contact WHERE other = %(other)s"  # noqa: S608 - written by Django
            " ORDER BY key DESC LIMIT %(most)s",
            given,
        )
        rows = [(What(what), key, thing) for what, key, thing in cursor.fetchall()]
    paths = _paths(viewer, rows)
    return [Event(what, ids.instant(key), paths.get((what, thing), "")) for what, key, thing in rows]


SAID = (What.COMMENTED_MINE, What.COMMENTED_THEIRS, What.REPLIED_ME, What.REPLIED_THEM)
ON_COMMENTS = (*SAID, What.REACTED_MY_COMMENT, What.REACTED_THEIR_COMMENT)
ON_POSTS = (What.REACTED_MINE, What.REACTED_THEIRS, What.MENTIONED_ME, What.MENTIONED_THEM)
# Where a contact can be read: the table that says whether it can still be, and the beginning of its address.
PLACES: list[tuple[tuple[What, ...], Any, str]] = [
    (ON_COMMENTS, Comment, "/comments/"),
    (ON_POSTS, Post, "/posts/"),
    ((What.ENDORSED_ME, What.ENDORSED_THEM), Holding, "/vouching/skills/"),
    ((What.RECOMMENDED_ME, What.RECOMMENDED_THEM), Recommendation, "/vouching/recommendations/"),
]


def _paths(viewer: Viewer, rows: list[tuple[What, int, int]]) -> dict[tuple[What, int], str]:
    """Where each can be read, where it can."""
    paths: dict[tuple[What, int], str] = {}
    for kinds, model, start in PLACES:
        here = {thing: what for what, _key, thing in rows if what in kinds}
        seen = set(model.objects.visible_to(viewer).filter(pk__in=here).values_list("pk", flat=True)) if here else set()
        paths |= {(what, thing): f"{start}{thing}/" for what, _key, thing in rows if what in kinds and thing in seen}
    return paths
