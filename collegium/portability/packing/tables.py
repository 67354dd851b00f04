"""The rows of people in the files of a bundle, as `docs/bundle.md` has them.

What refers to somebody or something outside of these people is no row of a bundle, which must not point anywhere that
is not in it: what one member chose of others, and her votes in their polls, stand in files of their own (`beyond`).
"""

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet

from collegium.feed.models import Expiry, Mix, PlaceState, Post, PostTopic, Side, Wanted, WantedSide
from collegium.members.models import Member
from collegium.occasions.models import Occasion
from collegium.polls.models import Poll, Vote
from collegium.portability.packing import grouped, happening
from collegium.portability.packing.cells import Row, Table, level
from collegium.portability.people import NOWHERE


def tables(people: QuerySet[Member]) -> list[Table]:
    """Everything of these people that the format has a place for, oldest first; rows are read as they are asked for."""
    return [
        Table(
            "members",
            ("key", "name", "email", "handle", "headline", "about", "place", "joined_at"),
            map(_member, people.select_related("user").order_by("pk").iterator()),
        ),
        Table("facets", ("key", "member", "name", "side"), _facets(people)),
        *grouped.tables(people),
        Table(
            "posts",
            (
                "key",
                "author",
                "group",
                "audience",
                "facet",
                "body",
                "topics",
                "created_at",
                "own_facet",
                "origin",
                "stays",
            ),
            _posts(people),
        ),
        *_hung(people),
        *happening.tables(people, staying(people)),
        *_wishes(people),
    ]


def _member(one: Member) -> Row:
    address = one.user.email if one.user is not None else ""
    known = "" if address.endswith(f"@{NOWHERE}") else address
    return one.pk, one.name, known, one.handle, one.headline, one.about, one.place, one.joined_at


def said(people: QuerySet[Member]) -> QuerySet[Post]:
    """Their posts that have words and stay; those of events go along with them."""
    return staying(people).filter(event=None).exclude(body="")


def staying(people: QuerySet[Member]) -> QuerySet[Post]:
    """Their posts that stay: one that deletes itself must not outlive its hour in a file.

    Of what they said in groups that which everybody reads there, in groups that go along.
    """
    inside = Q(group__in=grouped.going_along(people).values("pk"), place_state=PlaceState.SHOWN)
    return Post.objects.filter(Q(group=None) | inside, author__in=people, ends_at=None)


def _posts(people: QuerySet[Member]) -> Iterator[Row]:
    posts = said(people).order_by("pk")
    topics: dict[int, list[str]] = {}
    for post, name in PostTopic.objects.filter(post__in=posts).values_list("post_id", "topic__name").order_by("pk"):
        topics.setdefault(post, []).append(name)
    for each in posts.iterator():
        about = ";".join(sorted(topics.get(each.pk, [])))
        row = (
            each.pk,
            each.author_id,
            each.group_id,
            level(each),
            each.facet,
            each.body,
            about,
            each.created_at,
        )
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
