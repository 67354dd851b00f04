"""Puts what a member said elsewhere where it belongs: posts and comments with their dates, the rest for her alone.

Nobody is told, no page is poked, nobody is named and no page of the web is asked: it was all said long ago.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import F

from collegium.feed.models import Comment, Facet, Origin, Post, PostTopic, Topic
from collegium.lib.ids import LOW_BITS
from collegium.lib.text import render
from collegium.members.models import Member
from collegium.portability.elsewhere import drafts
from collegium.portability.elsewhere.models import TEXT, Brought, Remark
from collegium.portability.imports import saying
from collegium.portability.imports.saying import Thing, mark, moment
from collegium.portability.linkedin import links
from collegium.portability.linkedin.things import Article, Share
from collegium.portability.linkedin.things import Comment as TheirComment
from collegium.portability.linkedin.things import Reaction as TheirReaction
from collegium.portability.memory import Ids

CHUNK = 1000
COLUMNS = "id, member_id, mark, kind, reaction, text, link"


def take(by: Member, things: Sequence[Thing], audience: int) -> Counter[str]:
    """Take all of it in; the caller holds a transaction, and has asked whether she may.

    Args:
        by: who said it.
        things: each once.
        audience: who sees the posts, an `audience.Level`; comments are seen by whoever sees their post.

    Returns:
        How many `posts`, `comments`, `articles` and `remarks`.
    """
    if not things:
        return Counter()
    ids = Ids()
    shares = [each for each in things if isinstance(each, Share) and saying.fits(each)]
    posts = _posts(by, shares, audience, ids)
    comments, rest = _comments(by, [each for each in things if isinstance(each, TheirComment)], shares, posts, ids)
    left = [each for each in things if isinstance(each, Share) and mark(each) not in posts]
    reactions = [each for each in things if isinstance(each, TheirReaction)]
    remarks = _remarks(by, [*left, *rest, *reactions], ids)
    articles = drafts.take(by, [each for each in things if isinstance(each, Article)])
    remember(by, Brought.Kind.ARTICLE, articles)
    return Counter(posts=len(posts), comments=comments, articles=len(articles), remarks=remarks)


def _posts(by: Member, shares: Sequence[Share], audience: int, ids: Ids) -> dict[bytes, int]:
    """The posts, their topics, and that they came in; the key of each by its mark."""
    made: dict[bytes, Post] = {}
    topics: dict[int, tuple[str, ...]] = {}
    for share in shares:
        body = saying.body_of(share) or ""
        drawn = render(body)
        post = Post(
            pk=ids.at(_exactly(share)),
            author=by,
            body=body,
            html=str(drawn.html),
            audience=audience,
            facet=Facet.PROFESSIONAL,
            origin=Origin.LINKEDIN,
        )
        made[mark(share)] = post
        topics[post.pk] = drawn.topics
    Post.objects.bulk_create(made.values(), batch_size=CHUNK)
    _keep_topics(topics)
    keys = {each: post.pk for each, post in made.items()}
    remember(by, Brought.Kind.POST, [(share, keys[mark(share)]) for share in shares])
    return keys


def _exactly(thing: Thing) -> int:
    """Its moment to the millisecond: by its number there, else any within the second, so that keys do not meet."""
    told = moment(thing) or 0
    by_number = links.written(thing.activity) if isinstance(thing, Share) else None
    return by_number if by_number is not None and abs(by_number - told) < 2000 else told + secrets.randbelow(1000)


def _keep_topics(topics: dict[int, tuple[str, ...]]) -> None:
    slugs = sorted({slug for some in topics.values() for slug in some})
    if not slugs:
        return
    Topic.objects.bulk_create((Topic(slug=slug, name=slug) for slug in slugs), ignore_conflicts=True, batch_size=CHUNK)
    known = dict(Topic.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    rows = (PostTopic(topic_id=known[slug], post_id=key) for key, some in topics.items() for slug in some)
    PostTopic.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)


def remember(by: Member, kind: int, rows: Iterable[tuple[Any, int]]) -> None:
    """They came in; what came in before and was deleted since points at what it is now."""
    found = [
        Brought(member=by, mark=mark(each), kind=kind, row=key, number=_number(each), link=each.link)
        for each, key in rows
    ]
    marks = [each.mark for each in found]
    Brought.objects.filter(member=by, mark__in=marks).delete()
    Remark.objects.filter(member=by, mark__in=marks).delete()
    Brought.objects.bulk_create(found, batch_size=CHUNK)


def _number(thing: Any) -> int | None:
    """LinkedIn's number, where it has one that the database can hold."""
    told = getattr(thing, "activity", "")
    number = int(told) if told.isascii() and told.isdigit() else 0
    return number if 0 < number < 1 << 63 else None


def _comments(
    by: Member, comments: Sequence[TheirComment], shares: Sequence[Share], posts: dict[bytes, int], ids: Ids
) -> tuple[int, list[TheirComment]]:
    """Comments under her own posts, those that came in before among them; how many, and those that have none here."""
    kept = saying.brought(by)
    mine = Post.objects.select_for_update(no_key=True).filter(author=by, origin=Origin.LINKEDIN)
    alive = set(mine.values_list("pk", flat=True)) if comments else set()
    there = {key: row for key, row in kept.items() if row.kind == Brought.Kind.POST and row.row in alive}
    own = saying.own(shares, there)
    keys = {key: row.row for key, row in there.items()} | posts
    made: list[tuple[TheirComment, Comment]] = []
    rest: list[TheirComment] = []
    for each in comments:
        above = own.above(each) if saying.fits(each) else None
        if above in keys:
            made.append((each, _comment(by, each, keys[above], ids)))
        else:
            rest.append(each)
    Comment.objects.bulk_create((comment for _their, comment in made), batch_size=CHUNK)
    for key, count in Counter(comment.post_id for _their, comment in made).items():
        Post.objects.filter(pk=key).update(comment_count=F("comment_count") + count)
    remember(by, Brought.Kind.COMMENT, [(their, comment.pk) for their, comment in made])
    return len(made), rest


def _comment(by: Member, their: TheirComment, post: int, ids: Ids) -> Comment:
    """One comment; never older than its post, whatever the archive says."""
    at = max(_exactly(their), (post >> LOW_BITS) + 1)
    html = str(render(their.text).html)
    return Comment(pk=ids.at(at), post_id=post, author=by, body=their.text, html=html, origin=Origin.LINKEDIN)


def _remarks(by: Member, things: Sequence[Share | TheirComment | TheirReaction], ids: Ids) -> int:
    """What can only be kept for her, by COPY: reactions come by the ten thousand."""
    known = {bytes(each) for each in Remark.objects.filter(member=by).values_list("mark", flat=True)}
    new = {key: each for each in things if (key := mark(each)) not in known}
    with connection.cursor() as cursor, cursor.copy(f"COPY portability_remark ({COLUMNS}) FROM STDIN") as copy:
        for key, each in new.items():
            pk = ids.at(_exactly(each) if moment(each) is not None else 0)
            reaction = each.kind if isinstance(each, TheirReaction) else ""
            copy.write_row((pk, by.pk, key, _KINDS[type(each)], reaction, _words(each), each.link))
    return len(new)


_KINDS: dict[type[Any], str] = {
    Share: Remark.Kind.POST.value,
    TheirComment: Remark.Kind.COMMENT.value,
    TheirReaction: Remark.Kind.REACTION.value,
}


def _words(thing: Share | TheirComment | TheirReaction) -> str:
    """What was said, with the addresses it pointed at where a post would have them."""
    if isinstance(thing, TheirReaction):
        return ""
    if isinstance(thing, TheirComment):
        return thing.text
    more = [each for each in dict.fromkeys((thing.shared, thing.media)) if each and each not in thing.text]
    return "\n\n".join([thing.text, *more] if thing.text else more)[:TEXT]
