"""A page of home by points: what stands in line, what it scores and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import Http404

from collegium.audience.viewer import Viewer
from collegium.feed import timeline
from collegium.feed.models import Mix
from collegium.feed.ranking import measures, weights
from collegium.feed.ranking.terms import TERMS, Term
from collegium.feed.ranking.weights import Weights
from collegium.feed.reading.fold import Fold, Line, Stretch
from collegium.feed.timeline import END, PAGE, People
from collegium.lib import clock, cursor, ids
from collegium.members.models import Member

# So many of the newest posts stand in line; they are looked for in so many stretches at most.
WINDOW, ROUNDS = 300, 3


@dataclass(frozen=True, slots=True)
class Share:
    """What one term gives one post."""

    term: Term
    number: int
    weight: int

    @property
    def value(self) -> int:
        """0 to 100."""
        return self.term.value(self.number)

    @property
    def points(self) -> int:
        """What it adds."""
        return self.value * self.weight

    @property
    def words(self) -> str:
        """What was counted."""
        return self.term.said(self.number)


@dataclass(frozen=True, slots=True)
class Why:
    """Why a post stands where it stands: every term, those that give nothing too."""

    shares: tuple[Share, ...]

    @property
    def score(self) -> int:
        """All points."""
        return sum(share.points for share in self.shares)


@dataclass(frozen=True)
class Place:
    """Where a reader is: the moment of her first page, her weights then, the last post she had, what came before it."""

    moment: int
    weights: Weights
    after: tuple[int, int] | None = None
    past: int = 0

    @property
    def at(self) -> datetime:
        """The moment."""
        return ids.instant(self.moment)

    def pack(self, score: int, key: int, past: int) -> str:
        """As letters: the next page begins after this post."""
        return cursor.pack(self.moment, weights.pack(self.weights), score, key, past)

    @classmethod
    def unpack(cls, text: str) -> "Place":
        """Out of an address.

        Raises:
            Http404: it is none of ours.
        """
        moment, packed, score, key, past = cursor.unpack(text, 5)
        if min(moment, packed, score, key, past) < 0 or moment >= END:
            raise Http404
        try:
            place = cls(moment, weights.unpack(packed), (score, key), past)
            _instant = place.at
        except (ValueError, OverflowError, OSError):
            raise Http404 from None
        return place


@dataclass
class Ranked(timeline.Page):
    """A page by points; `older` goes on in the same order, at the same moment.

    Attributes:
        why: what each of its posts scores, by key.
        place: where it begins.
        newest: the newest post in line.
        oldest: when the oldest post in line was posted, where the line was cut off there.
        read: up to here everything that came since the mark of the reader has been shown by now; 0 where nothing was.
    """

    why: dict[int, Why] = field(default_factory=dict)
    place: Place = field(default_factory=lambda: Place(0, weights.DEFAULT))
    newest: int = 0
    oldest: datetime | None = None
    read: int = 0


@dataclass
class _InLine:
    """The newest posts that "newest first" would show, its cap aside: that is kept in the order by points."""

    lines: list[Line] = field(default_factory=list)
    hushed: int = 0
    more: bool = True


def page(me: Member, people: People, mix: Mix, before: str = "", *, chosen: Weights | None = None) -> Ranked:
    """The next twenty posts by points.

    Args:
        me: whose home.
        people: from `timeline.people_of(me)`.
        mix: the chosen mix; its cap on personal posts holds in this order too, counted from the top.
        before: the cursor of the previous page; empty starts at the top.
        chosen: other weights than those of the mix, to try them.

    Raises:
        Http404: the cursor is none of ours.
    """
    place = Place.unpack(before) if before else None
    line = _in_line(people, mix, place.moment + 1 if place else END)
    keys = [each.key for each in line.lines]
    if place is None:
        # Of this very millisecond everything counts, and of a database whose clock is ahead what it has posted.
        now = ids.floor_at(clock.now() + timedelta(milliseconds=1)) - 1
        place = Place(max(now, *keys[:1]) if keys else now, chosen or weights.of(mix))
    why = judge(Viewer(me), people, keys, place)
    ordered = sorted(line.lines, key=lambda each: (-why[each.key].score, -each.key))
    if place.after is not None:
        score, key = place.after
        ordered = [each for each in ordered if (-why[each.key].score, -each.key) > (-score, -key)]
    fold = Fold(mix.one_in, place.past)
    kept: list[Line] = []
    fold.take(Stretch(lines=ordered, floor=0, more=False, quiet=set()), kept, PAGE)
    shown = kept[:PAGE]
    older = ""
    if len(kept) > PAGE:
        older = place.pack(why[shown[-1].key].score, shown[-1].key, fold.past_at_mark)
    else:
        fold.mark()
    posts = {post.pk: post for post in timeline.POSTS.rows(me=me.pk, keys=[each.key for each in shown])}
    return Ranked(
        posts=[posts[each.key] for each in shown if each.key in posts],
        older=older,
        left_out=fold.left_out,
        hushed=0 if before else line.hushed,
        because={each.key: each.because for each in shown if each.because},
        why={each.key: why[each.key] for each in shown},
        place=place,
        newest=keys[0] if keys else 0,
        oldest=ids.instant(keys[-1]) if keys and line.more else None,
        read=_read(mix.seen, line, ordered[ordered.index(shown[-1]) + 1 :] if shown else []),
    )


def _read(mark: int, line: _InLine, waiting: Sequence[Line]) -> int:
    """How far the mark may move: to just below the oldest post since then that waits on a later page.

    The mark says that everything below it was there to be read, and points scatter what is new over the pages. Where
    the line is cut off above the mark, older posts wait that no page of this order has, and it does not move.
    """
    new = [each.key for each in line.lines if each.key > mark]
    if line.more and len(new) == len(line.lines):
        return 0
    first = min((each.key for each in waiting if each.key > mark), default=END)
    return max((key for key in new if key < first), default=0)


def judge(viewer: Viewer, people: People, keys: Sequence[int], place: Place) -> dict[int, Why]:
    """What each of these posts scores at a moment."""
    if not keys:
        return {}
    counted = measures.take(viewer, people, keys, place.moment)
    return {key: _why(counted.of(key), place.weights) for key in keys if key in counted.authors}


def _why(numbers: dict[str, int], chosen: Weights) -> Why:
    return Why(tuple(Share(term, numbers[term.name], chosen[term.name]) for term in TERMS))


def _in_line(people: People, mix: Mix, before: int) -> _InLine:
    """The newest posts before a key; where some are quiet, more are looked through."""
    found, rounds = _InLine(), 0
    while found.more and len(found.lines) < WINDOW and rounds < ROUNDS:
        stretch = timeline.lines(people, mix, before=before, limit=WINDOW)
        loud = [line for line in stretch.lines if line.key not in stretch.quiet]
        found.hushed += len(stretch.lines) - len(loud)
        found.lines += loud
        found.more, before, rounds = stretch.more, stretch.floor, rounds + 1
    found.more = found.more or len(found.lines) > WINDOW
    found.lines = found.lines[:WINDOW]
    return found
