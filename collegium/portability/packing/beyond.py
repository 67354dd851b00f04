"""What a member said in groups and chose of others: votes, answers to their events, results, which sides she reads.

It is for reading: a bundle of one person cannot point at people who are not in it, and nobody is to guess who they are
elsewhere. Of people and posts that she cannot see now nothing stands here.
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Exists, OuterRef, Q

from collegium.audience.viewer import Viewer
from collegium.events.models import Attendance, Cohost, Event
from collegium.feed.models import PlaceState, Post, Side, WantedSide
from collegium.feed.sides import reading
from collegium.polls import reading as ballots
from collegium.polls.models import Poll, Vote
from collegium.portability.packing.cells import Row, Table
from collegium.ties.models import Block

AT_ONCE = 500
EVENT = ("address", "title", "begins", "zone", "state", "guests", "listed", "answered_at", "cancelled")


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
        Table("group_posts", ("address", "group", "body", "created_at", "state"), _in_groups(viewer, public)),
        Table("other_events", EVENT, _answers(viewer, public)),
        Table("other_sides", ("address", "name", "professional", "personal"), _sides(viewer, public)),
        Table("other_facets", ("address", "name", "facet", "wanted"), _facets(viewer, public)),
    ]


def _in_groups(viewer: Viewer, public: str) -> Iterator[Row]:
    """What she said on the walls of groups, with the name of each, whether or not she is in it still."""
    mine = Post.objects.filter(author=viewer.me, group__isnull=False, ends_at=None).select_related("group", "event")
    for post in mine.order_by("pk").iterator(AT_ONCE):
        name = post.group.name if post.group is not None else ""
        words = post.body
        if (event := getattr(post, "event", None)) is not None:
            words = "\n\n".join(part for part in (words, event.title, event.about) if part)
        yield f"{public}{post.path}", name, words, post.created_at, PlaceState(post.place_state).name.lower()


def _answers(viewer: Viewer, public: str) -> Iterator[Row]:
    """What she answered to events of others, with the name of nobody; none of a host from whom a block parts her."""
    blocks = Block.objects.filter(Q(blocker=viewer.me) | Q(blocked=viewer.me)).values_list("blocker", "blocked")
    apart = Cohost.objects.filter(accepted_at__isnull=False, member__in=set(chain(*blocks)) - {viewer.me.pk})
    mine = Attendance.objects.filter(member=viewer.me).exclude(occurrence__event__in=apart.values("event"))
    mine = mine.exclude(occurrence__event__post__author=viewer.me).order_by("occurrence__starts_at", "pk")
    found = list(mine.select_related("occurrence__event"))
    keys = sorted({row.occurrence.event_id for row in found})
    seen: set[int] = set()
    for start in range(0, len(keys), AT_ONCE):
        some = Event.objects.visible_to(viewer).filter(pk__in=keys[start : start + AT_ONCE])
        seen |= set(some.values_list("pk", flat=True))
    for row in found:
        on, event = row.occurrence, row.occurrence.event
        if event.pk in seen:
            called_off = event.cancelled_at is not None or on.cancelled_at is not None
            said = row.state, row.guests, row.listed, row.since, called_off
            yield f"{public}{on.path}", event.title, on.starts_at, event.zone, *said


def _ballots(viewer: Viewer, public: str, keys: list[int]) -> Iterator[Row]:
    """A row an answer, as she may see the poll now."""
    for start in range(0, len(keys), AT_ONCE):
        posts = Post.objects.visible_to(viewer).with_author().filter(pk__in=keys[start : start + AT_ONCE])
        rows = list(posts.order_by("pk"))
        found = ballots.load(viewer, rows)
        for post in rows:
            for answer in found[post.pk].answers if post.pk in found else ():
                yield f"{public}{post.path}", post.speaker.name, post.body, answer.words, answer.votes, answer.mine


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
