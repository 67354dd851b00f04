"""What a member chose of others: her votes in their polls, how votes stand in hers, and which sides of whom she reads.

It is for reading: a bundle of one person cannot point at people who are not in it, and nobody is to guess who they are
elsewhere. Of people and posts that she cannot see now nothing stands here.
"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post, Side, WantedSide
from collegium.feed.sides import reading
from collegium.polls import reading as ballots
from collegium.polls.models import Poll, Vote
from collegium.portability.packing.tables import Row, Table

AT_ONCE = 500


def tables(viewer: Viewer, public: str) -> list[Table]:
    """The files for reading.

    Args:
        viewer: whose they are.
        public: the address of this community, in front of paths.
    """
    voted = Vote.objects.filter(member=viewer.me).values("poll_id")
    asked = Poll.objects.filter(post__author=viewer.me).values("pk")
    columns = ("post", "author", "question", "answer", "votes", "mine")
    return [
        Table("results", columns, _ballots(viewer, public, list(asked.values_list("pk", flat=True)))),
        Table("other_votes", columns, _ballots(viewer, public, list(voted.values_list("poll_id", flat=True)))),
        Table("other_sides", ("address", "name", "professional", "personal"), _sides(viewer, public)),
        Table("other_facets", ("address", "name", "facet", "wanted"), _facets(viewer, public)),
    ]


def _ballots(viewer: Viewer, public: str, keys: list[int]) -> Iterator[Row]:
    """A row an answer, as she may see the poll now."""
    for start in range(0, len(keys), AT_ONCE):
        posts = Post.objects.visible_to(viewer).with_author().filter(pk__in=keys[start : start + AT_ONCE])
        rows = list(posts.order_by("pk"))
        found = ballots.load(viewer, rows)
        for post in rows:
            for answer in found[post.pk].answers if post.pk in found else ():
                yield f"{public}{post.path}", post.author.name, post.body, answer.words, answer.votes, answer.mine


def _sides(viewer: Viewer, public: str) -> Iterator[Row]:
    for person, chosen in reading.choices(viewer):
        yield f"{public}{person.path}", person.name, chosen.professional, chosen.personal


def _facets(viewer: Viewer, public: str) -> Iterator[Row]:
    """Facets she chose of which she sees any post."""
    seen = Post.objects.visible_to(viewer).filter(side=OuterRef("side"))
    owners = reading.authors_for(viewer).values("pk")
    chosen = WantedSide.objects.filter(Exists(seen), reader=viewer.me, side__owner__in=owners)
    sides = {side.pk: side for side in Side.objects.filter(pk__in=chosen.values("side")).select_related("owner")}
    for side, wanted in chosen.order_by("side_id").values_list("side_id", "wanted"):
        row = sides[side]
        yield f"{public}{row.owner.path}", row.owner.name, row.name, wanted
