"""Tags and circles are one thing, a shelf: people under a name, for their owner alone. What tells them apart."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.contacts.models import MOST_CIRCLES, MOST_TAGS, Change, Tag, Tagging
from collegium.members.models import Member
from collegium.ties.models import Circle, Circling, Connection

Shelf = TypeVar("Shelf", bound=Tag | Circle)
Link = type[Tagging] | type[Circling]


@dataclass(frozen=True, slots=True)
class Sort:
    """What tells tags from circles.

    Attributes:
        link: the rows that put a person on one.
        field: what such a row calls it.
        most: how many one may have.
        fit: whom of these people the owner may put on one.
        put, taken, dropped: what it is called when that was done to many.
        same_name: said when another one has the name; `%(name)s`.
        gone: said when an undo does not find it any more; `%(name)s`.
        full: said when an undo would make one too many; `%(n)s`.
    """

    link: Link
    field: str
    most: int
    fit: Callable[[Member, Iterable[int]], list[int]]
    put: Change.Kind
    taken: Change.Kind
    dropped: Change.Kind
    same_name: Promise
    gone: Promise
    full: Promise


def anybody(owner: Member, people: Iterable[int]) -> list[int]:
    """Those of these people who are members still, connected or not; not the owner."""
    rows = Member.objects.filter(pk__in=list(people)).exclude(pk=owner.pk).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def connected(owner: Member, people: Iterable[int]) -> list[int]:
    """Those of these people with whom the owner is connected."""
    rows = Connection.objects.filter(member=owner, other__in=list(people)).order_by("other")
    return list(rows.values_list("other", flat=True))


SORTS: dict[type[Any], Sort] = {
    Tag: Sort(
        link=Tagging,
        field="tag",
        most=MOST_TAGS,
        fit=anybody,
        put=Change.Kind.TAGGED,
        taken=Change.Kind.UNTAGGED,
        dropped=Change.Kind.TAG_DROPPED,
        same_name=_("Another tag of yours is called “%(name)s” already."),
        gone=_("The tag “%(name)s” was deleted meanwhile."),
        full=_("You have %(n)s tags, and that is the most there can be. Delete one first, then undo this."),
    ),
    Circle: Sort(
        link=Circling,
        field="circle",
        most=MOST_CIRCLES,
        fit=connected,
        put=Change.Kind.CIRCLED,
        taken=Change.Kind.UNCIRCLED,
        dropped=Change.Kind.CIRCLE_DROPPED,
        same_name=_("Another circle of yours is called “%(name)s” already."),
        gone=_("The circle “%(name)s” was deleted meanwhile."),
        full=_("You have %(n)s circles, and that is the most there can be. Delete one first, then undo this."),
    ),
}


def sort_of(shelf: Tag | Circle) -> Sort:
    """What it is."""
    return SORTS[type(shelf)]


def on(shelf: Tag | Circle) -> "QuerySet[Any]":
    """The rows of the people on it."""
    sort = sort_of(shelf)
    rows: QuerySet[Any] = sort.link.objects.filter(**{sort.field: shelf})
    return rows
