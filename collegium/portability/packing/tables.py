"""The rows of people in the files of a bundle, as `docs/bundle.md` has them.

What refers to somebody or something outside of these people is no row of a bundle, which must not point anywhere that
is not in it: what one member chose of others, and her votes in their polls, stand in files of their own (`beyond`).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from collegium.audience.level import Level
from collegium.feed.models import Expiry, Mix, Post, PostTopic, Selection, Side, Wanted, WantedSide
from collegium.members.models import Member
from collegium.occasions.models import Occasion
from collegium.polls.models import Poll, Vote
from collegium.portability.people import NOWHERE

Row = tuple[Any, ...]


class Table(NamedTuple):
    """One file: its name without the ending, its header, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


def tables(people: QuerySet[Member]) -> list[Table]:
    """Everything of these people that the format has a place for, oldest first; rows are read as they are asked for."""
    return [
        Table(
            "members",
            ("key", "name", "email", "handle", "headline", "about", "place", "joined_at"),
            map(_member, people.select_related("user").order_by("pk").iterator()),
        ),
        Table("facets", ("key", "member", "name", "side"), _facets(people)),
        Table(
            "posts",
            ("key", "author", "audience", "facet", "body", "topics", "created_at", "own_facet", "origin", "stays"),
            _posts(people),
        ),
        *_hung(people),
        *_wishes(people),
    ]


def cell(value: Any) -> Any:
    """One value as the format writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return "" if value is None else value


def _member(one: Member) -> Row:
    address = one.user.email if one.user is not None else ""
    known = "" if address.endswith(f"@{NOWHERE}") else address
    return one.pk, one.name, known, one.handle, one.headline, one.about, one.place, one.joined_at


def said(people: QuerySet[Member]) -> QuerySet[Post]:
    """Their posts that have words and stay: one that deletes itself must not outlive its hour in a file."""
    return Post.objects.filter(author__in=people, ends_at=None).exclude(body="")


def _posts(people: QuerySet[Member]) -> Iterator[Row]:
    posts = said(people).order_by("pk")
    topics: dict[int, list[str]] = {}
    for post, name in PostTopic.objects.filter(post__in=posts).values_list("post_id", "topic__name").order_by("pk"):
        topics.setdefault(post, []).append(name)
    for each in posts.iterator():
        # A bundle does not name people in an audience; nobody may see more for that.
        level = Level(each.audience) if each.selection == Selection.NONE else Level.ONLY_ME
        about = ";".join(sorted(topics.get(each.pk, [])))
        row = (each.pk, each.author_id, level.name.lower(), each.facet, each.body, about, each.created_at)
        yield *row, each.side_id, each.origin, each.stays


def _facets(people: QuerySet[Member]) -> Iterator[Row]:
    yield from Side.objects.filter(owner__in=people).order_by("pk").values_list("pk", "owner_id", "name", "facet")


def _hung(people: QuerySet[Member]) -> list[Table]:
    """What hangs on their posts. How many voted is for reading; votes alone are counted."""
    posts = said(people)
    polls = Poll.objects.filter(post__in=posts).order_by("pk")
    votes = Vote.objects.filter(poll__post__in=posts, member__in=people).annotate(answer=F("place") + 1)
    occasions = Occasion.objects.filter(post__in=posts).order_by("pk")
    return [
        Table(
            "polls",
            ("post", "answers", "ends_at", "first_vote_at"),
            ((each.pk, "\n".join(each.answers), each.ends_at, each.first_vote_at) for each in polls.iterator()),
        ),
        Table(
            "votes",
            ("member", "post", "answer"),
            votes.order_by("poll_id", "member_id").values_list("member_id", "poll_id", "answer").iterator(),
        ),
        Table(
            "occasions",
            ("post", "kind", "what", "organization_name", "years"),
            occasions.values_list("post_id", "kind", "what", "name", "years").iterator(),
        ),
    ]


def _wishes(people: QuerySet[Member]) -> list[Table]:
    """What they want to read, of each other too, and their rules for old posts."""
    sides = Wanted.objects.filter(reader__in=people, author__in=people).order_by("reader_id", "author_id")
    facets = WantedSide.objects.filter(reader__in=people, side__owner__in=people).order_by("reader_id", "side_id")
    kept = ("keeps_pinned", "keeps_saved", "keeps_articles", "keeps_brought")
    rules = Expiry.objects.filter(member__in=people).order_by("pk")
    return [
        Table(
            "reading",
            ("member", "sides", "one_in", "order", "weights", "no_machines"),
            map(_mix, Mix.objects.filter(member__in=people).order_by("pk").iterator()),
        ),
        Table(
            "read_sides",
            ("reader", "author", "professional", "personal"),
            sides.values_list("reader_id", "author_id", "professional", "personal").iterator(),
        ),
        Table(
            "read_facets",
            ("reader", "facet", "wanted"),
            facets.values_list("reader_id", "side_id", "wanted").iterator(),
        ),
        Table(
            "old_posts",
            ("member", "days", "loved", "discussed", "keeps_featured", *kept[1:]),
            rules.values_list("member_id", "days", "loved", "discussed", *kept).iterator(),
        ),
    ]


def _mix(mix: Mix) -> Row:
    weights = ";".join(f"{term}={weight}" for term, weight in sorted(mix.weights.items()))
    return mix.pk, mix.sides, mix.one_in, mix.view, weights, mix.no_machines
