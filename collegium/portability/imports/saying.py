"""What a member said elsewhere beside what is here: her posts, her comments below them, and what can only be kept.

A comment does not say whose post it stands under. Its address has that post's number, and numbers carry the moment: so
it is tied to her own post of that number, or of that moment, and stays private where she has none.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from collegium.articles.models import MOST as MOST_ARTICLES
from collegium.articles.models import Article as Written
from collegium.feed.models import Comment as Said
from collegium.feed.models import Origin, Post
from collegium.feed.models.posts import POST_LIMIT
from collegium.feed.models.talk import COMMENT_LIMIT
from collegium.lib import clock, ids
from collegium.lib.text import clean_text, excerpt
from collegium.members.models import Member
from collegium.portability.elsewhere.models import MARK, Brought, Remark
from collegium.portability.imports.gathering import Piece
from collegium.portability.imports.verdicts import Judged, here, new, only, out, repeated
from collegium.portability.linkedin import links
from collegium.portability.linkedin.things import Article, Comment, Reaction, Share

Thing = Share | Comment | Reaction | Article
# A share and what is made of it there get their numbers one after the other, within seconds.
WITHIN = 5_000
# The network began in May 2003; nothing was said there before, and nothing is said tomorrow.
FIRST = int(datetime.fromisoformat("2003-05-01T00:00:00+00:00").timestamp() * 1000)
TYPES: dict[str, type[Any]] = {"post": Share, "comment": Comment, "reaction": Reaction, "article": Article}
# What can only be kept, for her alone, is named apart, so that the review counts it apart.
KEPT = "_kept"
KINDS = frozenset(TYPES) | {f"post{KEPT}", f"comment{KEPT}"}
ABOUT = 60


def moment(thing: Thing) -> int | None:
    """When it was said, in milliseconds since 1970; None when that is not known, or cannot be."""
    told = round(_instant(thing.at).timestamp() * 1000) if thing.at else None
    if told is None and isinstance(thing, Share):
        told = links.written(thing.activity)
    now = round(clock.now().timestamp() * 1000)
    return told if told is not None and FIRST <= told <= now else None


def _instant(told: str) -> datetime:
    """A moment as the reader gives it; a day begins at midnight in UTC."""
    found = datetime.fromisoformat(told)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def mark(thing: Thing) -> bytes:
    """By which it is known again: its number there, or what it says, when, about what."""
    kind = type(thing).__name__
    if isinstance(thing, Share):
        parts = [thing.activity] if thing.activity else [thing.at, thing.text, thing.shared, thing.media]
    elif isinstance(thing, Comment):
        parts = [thing.link, thing.at, thing.text]
    elif isinstance(thing, Article):
        parts = [thing.link] if thing.link else [thing.title, thing.text]
    else:
        parts = [thing.link] if thing.link else [thing.at, thing.kind]
    return hashlib.blake2b("\0".join([kind, *parts]).encode(), digest_size=MARK).digest()


def body_of(share: Share) -> str | None:
    """A share as the text of a post, what it linked to below the words; None when no post is so long."""
    text = share.text
    for link in dict.fromkeys((share.shared, share.media)):
        if link and link not in text:
            text = f"{text}\n\n{link}" if text else link
    try:
        return clean_text(text, POST_LIMIT)
    except ValidationError:
        return None


def fits(thing: Thing) -> bool:
    """Whether it can stand here as a post or comment: it has its date, and is not longer than one here may be."""
    if isinstance(thing, Share):
        return moment(thing) is not None and bool(body_of(thing))
    return isinstance(thing, Comment) and moment(thing) is not None and len(thing.text) <= COMMENT_LIMIT


class Own:
    """Her own posts there, by their numbers and moments."""

    def __init__(self, posts: Mapping[bytes, tuple[str, int]]) -> None:
        """Make it.

        Args:
            posts: by mark, the number there (or "") and the moment.
        """
        self._numbered = {number: key for key, (number, _at) in posts.items() if number}
        dated = {key: links.written(number) or at for key, (number, at) in posts.items()}
        self._dated = sorted((at, key) for key, at in dated.items())

    def above(self, comment: Comment) -> bytes | None:
        """The mark of the post it stands under; None when that is none of hers."""
        if comment.activity in self._numbered:
            return self._numbered[comment.activity]
        at = links.written(comment.activity)
        if at is None:
            return None
        place = bisect_right(self._dated, (at + WITHIN, b"\xff" * MARK))
        near = [(abs(at - then), key) for then, key in self._dated[max(place - 20, 0) : place] if then >= at - WITHIN]
        return min(near)[1] if near else None


def own(shares: Sequence[Share], kept: Mapping[bytes, Brought]) -> Own:
    """Her posts: those of the file that can stand here, and those that came in before."""
    posts = {mark(each): (each.activity, moment(each) or 0) for each in shares if fits(each)}
    for key, row in kept.items():
        if row.kind == Brought.Kind.POST:
            posts.setdefault(key, (str(row.number or ""), row.row >> ids.LOW_BITS))
    return Own(posts)


def brought(member: Member) -> dict[bytes, Brought]:
    """What came in before, whether or not it is still here."""
    return {bytes(row.mark): row for row in Brought.objects.filter(member=member)}


def there(member: Member, kept: Mapping[bytes, Brought]) -> set[bytes]:
    """The marks of what came in and is still here."""
    posts = set(Post.objects.filter(author=member, origin=Origin.LINKEDIN).values_list("pk", flat=True))
    said = set(Said.objects.filter(author=member, origin=Origin.LINKEDIN).values_list("pk", flat=True))
    articles = set(Written.objects.filter(author=member, removed_at=None).values_list("pk", flat=True))
    rows = {Brought.Kind.POST: posts, Brought.Kind.COMMENT: said, Brought.Kind.ARTICLE: articles}
    return {key for key, row in kept.items() if row.row in rows[Brought.Kind(row.kind)]}


def judge(member: Member, pieces: Sequence[Piece]) -> Iterator[Judged]:
    """Everything that was said there; six statements, whatever there is."""
    found = [piece for piece in pieces if isinstance(piece.thing, Thing)]
    if not found:
        return
    kept = brought(member)
    alive = there(member, kept)
    remarks = {bytes(each) for each in Remark.objects.filter(member=member).values_list("mark", flat=True)}
    shares = {mark(piece.thing): piece.thing for piece in only(found, Share)}
    posts = own(list(shares.values()), {key: kept[key] for key in alive})
    lines: dict[bytes, int] = {}
    room = MOST_ARTICLES - Written.objects.filter(author=member).count()
    for piece in found:
        thing: Thing = piece.thing
        what, key = _what(thing), mark(thing)
        data = {name: value for name, value in asdict(thing).items() if value}
        if key in lines:
            yield out(piece, what, data, repeated(lines[key]))
            continue
        lines[key] = piece.line
        above = posts.above(thing) if isinstance(thing, Comment) and fits(thing) else None
        if above is not None:
            data["under"] = excerpt(shares[above].text, ABOUT) if above in shares else ""
        if key in alive or (key in remarks and above is None):
            yield here(piece, what, data)
        elif _is_empty(thing):
            yield out(piece, what, data, _("It has no words."))
        elif isinstance(thing, Article) and room <= 0:
            yield out(piece, what, data, no_room())
        else:
            room -= isinstance(thing, Article)
            stands = above is not None or not isinstance(thing, Comment)
            stands = stands and (fits(thing) or not isinstance(thing, Share))
            yield new(piece, what if stands else f"{what}{KEPT}", data, chosen=key not in kept)


def no_room() -> str:
    """Why an article stays behind."""
    return _("There is room for %(most)d articles, and yours are as many.") % {"most": MOST_ARTICLES}


def _is_empty(thing: Thing) -> bool:
    """Whether nothing is said in it."""
    if isinstance(thing, Share):
        return body_of(thing) == ""
    return not isinstance(thing, Reaction) and not thing.text


def _what(thing: Thing) -> str:
    return next(what for what, kind in TYPES.items() if isinstance(thing, kind))


def of_data(what: str, data: Mapping[str, Any]) -> Thing:
    """The thing that a row of the review was made of."""
    thing: Thing = TYPES[what.removesuffix(KEPT)](**{name: value for name, value in data.items() if name != "under"})
    return thing
