"""What hangs on the posts of a group to be looked at or taken home, post by post, the newest first.

The rooms that hang such things lay a source each (`config/wiring.py`): this room knows files alone. A page is made of
posts, so the order and the cursor are theirs, and the rule of sight is asked of them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.documents.models import Document
from collegium.feed.models import PlaceState, Post
from collegium.groups.models import Group
from collegium.groups.tabs import Tab
from collegium.lib import cursor

PAGE = 20
END = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing on the shelf.

    Attributes:
        name: what it is called; "" for what has no name of its own.
        words: what it is and how large.
        path: where it is fetched, or looked at; "" while it is on its way.
        icon: of the shared set.
        face: address of a small picture of it.
        keeps: whether the address is one to keep it by.
    """

    name: str
    words: str
    path: str
    icon: str
    face: str = ""
    keeps: bool = False


@dataclass(frozen=True)
class Source:
    """One kind of things.

    Attributes:
        name: in the address.
        label: as it reads.
        rows: of a model with a `post`; those that count.
        of: the pieces of some posts, which the viewer sees; one statement.
    """

    name: str
    label: str | Promise
    rows: Callable[[], QuerySet[Any]]
    of: Callable[[Collection[int]], Mapping[int, list[Piece]]]


class Sources(dict[str, Source]):
    """By name, in their order."""

    def lay(self, table: Iterable[Source]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.clear()
        self.update({source.name: source for source in table})


sources = Sources()


@dataclass
class Shelf:
    """A stretch of it: posts with what hangs on each."""

    rows: list[tuple[Post, list[Piece]]] = field(default_factory=list)
    older: str = ""


def page(viewer: Viewer, group: Group, *, only: str = "", before: str = "") -> Shelf:
    """Twenty posts that carry something, with it.

    Args:
        viewer: who looks; reads in the group.
        group: whose shelf.
        only: name of a source, for its things alone.
        before: the cursor of the page before.

    Raises:
        Http404: the cursor is none of ours.
    """
    asked = [sources[only]] if only else list(sources.values())
    last = cursor.unpack(before, 1)[0] if before else END
    carries = reduce(or_, (Q(Exists(each.rows().filter(post=OuterRef("pk")))) for each in asked), Q(pk=None))
    posts = Post.objects.visible_to(viewer).filter(carries, group=group, place_state=PlaceState.SHOWN, has_parts=True)
    posts = posts.filter(Q(ends_at=None) | Q(ends_at__gt=Now()), pk__lt=last)
    found = list(posts.with_author().order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    pieces = [each.of([post.pk for post in shown]) for each in asked] if shown else []
    rows = [(post, [piece for some in pieces for piece in some.get(post.pk, ())]) for post in shown]
    return Shelf(rows, cursor.pack(shown[-1].pk) if len(found) > PAGE else "")


def _files(posts: Collection[int]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for row in Document.objects.filter(post__in=posts).order_by("post", "pk"):
        path = row.path if row.is_here else ""
        found.setdefault(row.post_id, []).append(Piece(row.name, row.words, path, row.icon, keeps=True))
    return found


FILES = Source("documents", _("Files"), Document.objects.all, _files)
TAB = Tab("files", _("Files"), "{path}files/", rank=40)
