"""A poll as one viewer may see it.

Before she has voted the results are not left out by a template: they are not in what a template gets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.lib import clock
from collegium.lib.arrays import array
from collegium.polls.models import Poll

POLLS = """
SELECT p.post_id, p.answers, p.ends_at, p.first_vote_at, v.place, count(v.place), bool_or(v.member_id = %(me)s)
FROM polls_poll p LEFT JOIN polls_vote v ON v.poll_id = p.post_id
WHERE p.post_id = ANY(%(posts)s) GROUP BY p.post_id, v.place
"""
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, with its result where the viewer may know it.

    Attributes:
        words: as the author wrote it.
        place: counted from 0.
        votes: how many; 0 while results are hidden.
        share: of a hundred; the shares of a poll add up to a hundred.
        mine: whether the viewer chose it.
        leads: whether no other has more.
    """

    words: str
    place: int
    votes: int = 0
    share: int = 0
    mine: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Ballot:
    """A poll on a card.

    Attributes:
        answers: in the author's order.
        total: how many voted; known to everybody who sees the post.
        ends_at: when it closes, or closed.
        over: whether it has.
        own: whether the viewer asked it.
        voted: whether the viewer voted.
        reworded: whether the words of the post changed after the first vote.
        path: where one votes.
    """

    answers: Sequence[Answer]
    total: int
    ends_at: datetime
    over: bool
    own: bool
    voted: bool
    reworded: bool
    path: str

    @property
    def shown(self) -> bool:
        """Whether the results are there to be read."""
        return self.over or self.own or self.voted

    @property
    def left(self) -> str:
        """How long it is still open, as short as it stays clear."""
        return left(self.ends_at - clock.now())


def load(viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Ballot]:
    """The polls on these posts, in one statement.

    Args:
        viewer: who reads.
        posts: all of which the viewer sees.
    """
    with connection.cursor() as cursor:
        cursor.execute(POLLS, {"me": viewer.id, "posts": array(post.pk for post in posts)})
        rows = cursor.fetchall()
    polls: dict[int, Poll] = {}
    counts: dict[int, dict[int, int]] = {}
    mine: dict[int, int] = {}
    for key, answers, ends_at, first, place, votes, chose in rows:
        polls[key] = Poll(post_id=key, answers=answers, ends_at=ends_at, first_vote_at=first)
        if place is not None:
            counts.setdefault(key, {})[place] = votes
            mine |= {key: place} if chose else {}
    asked = [post for post in posts if post.pk in polls]
    return {each.pk: ballot(polls[each.pk], each, viewer, counts.get(each.pk, {}), mine.get(each.pk)) for each in asked}


def ballot(poll: Poll, post: Post, viewer: Viewer, counts: Mapping[int, int], mine: int | None) -> Ballot:
    """The poll for one viewer.

    Args:
        poll: what was asked.
        post: what it hangs on.
        viewer: who reads.
        counts: votes by place.
        mine: the place the viewer chose.
    """
    over, own = poll.is_over, viewer.member is not None and viewer.id == post.author_id
    answers = [Answer(words, place) for place, words in enumerate(poll.answers)]
    if over or own or mine is not None:
        answers = _results(poll, counts, mine)
    edited = post.edited_at is not None and poll.first_vote_at is not None and post.edited_at > poll.first_vote_at
    return Ballot(answers, sum(counts.values()), poll.ends_at, over, own, mine is not None, edited, poll.path)


def _results(poll: Poll, counts: Mapping[int, int], mine: int | None) -> list[Answer]:
    votes = [counts.get(place, 0) for place in range(len(poll.answers))]
    most, of_hundred = max(votes), shares(votes)
    return [
        Answer(words, place, votes[place], of_hundred[place], place == mine, 0 < votes[place] == most)
        for place, words in enumerate(poll.answers)
    ]


def shares(votes: Sequence[int]) -> list[int]:
    """Whole percents that add up to a hundred: what rounding down leaves goes to the largest remainders."""
    total = sum(votes)
    if not total:
        return [0] * len(votes)
    made = [each * 100 // total for each in votes]
    by_rest = sorted(range(len(votes)), key=lambda place: (-(votes[place] * 100 % total), place))
    for place in by_rest[: 100 - sum(made)]:
        made[place] += 1
    return made


def left(time: timedelta) -> str:
    """`2 days left`, to the nearest day, hour or minute."""
    if time >= DAY - HOUR / 2:
        days = round(time / DAY)
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    if time >= HOUR - MINUTE / 2:
        hours = round(time / HOUR)
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    minutes = round(time / MINUTE)
    return _("%(n)s min left") % {"n": minutes} if minutes > 1 else _("closes in a minute")
