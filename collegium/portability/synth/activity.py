"""A year of what made-up members do: posts, comments, reactions, pending invitations.

Who comments or reacts is drawn from the connections of who wrote, and who is invited from the connections of
connections, so that everything said is said by somebody who may see what it is said to.
"""

from dataclasses import dataclass

import numpy as np

from collegium.portability.synth.graph import Array, Chance, Ties
from collegium.portability.synth.world import World

YEAR_MS, HOUR_MS, DAY_MS = 365 * 86_400_000, 3_600_000, 86_400_000
POSTS_A_MEMBER, MOST_OF_ONE = 10, 400
COMMENTS_A_POST, REACTIONS_A_POST, REACTIONS_A_COMMENT = 1.6, 5.0, 0.3
# Large networks say less under each post, so that a million members fit on a modest disk.
MOST_COMMENTS, MOST_REACTIONS = 2_000_000, 6_000_000
INVITATIONS_A_MEMBER = 1.3
AUDIENCES = np.array((0, 1, 2, 3, 4))
AUDIENCE_SHARES = (0.12, 0.33, 0.15, 0.38, 0.02)
ONLY_ME = 4


@dataclass
class Said:
    """Posts or comments in the order of their keys; people, posts and texts are numbers."""

    keys: Array
    at: Array
    author: Array
    text: Array
    about: Array  # of a post its audience, of a comment its post
    parent: Array  # the number of the comment that is answered, or -1; of a post nothing
    liked: Array


@dataclass
class Felt:
    """Reactions in the order of their keys; of `post` and `comment` one is a number and the other -1."""

    keys: Array
    member: Array
    post: Array
    comment: Array
    kind: Array


def post(world: World, texts: int) -> Said:
    """Few write much: the number of posts is log-normal around its mean."""
    chance, joined, now = world.chance, world.joined, world.now
    members = len(joined)
    talkative = np.exp(chance.normal(-0.72, 1.2, members))
    talkative *= POSTS_A_MEMBER / np.minimum(MOST_OF_ONE, POSTS_A_MEMBER * talkative).mean()
    author = np.repeat(np.arange(members), _whole(chance, np.minimum(MOST_OF_ONE, POSTS_A_MEMBER * talkative)))
    since = np.maximum(joined[author], now - YEAR_MS)
    at = now - ((now - since) * chance.random(len(author)) ** 1.2).astype(np.int64)
    order = np.argsort(at)
    audience = chance.choice(AUDIENCES, size=len(author), p=AUDIENCE_SHARES)
    liked = np.exp(chance.normal(-0.6, 1.1, len(author)))
    text = chance.integers(texts, size=len(author), dtype=np.int32)
    return Said(world.ids.many(at[order]), at[order], author[order], text, audience, np.empty(0), liked)


def comment(world: World, posts: Said, texts: int) -> Said:
    """Said by connections of the author, a fifth by the author; a third of those after the first answer the first."""
    chance, now = world.chance, world.now
    mean = min(COMMENTS_A_POST, MOST_COMMENTS / max(1, len(posts.keys)))
    count = _whole(chance, np.minimum(60, mean * posts.liked)) * (posts.about != ONLY_ME)
    about = np.repeat(np.arange(len(posts.keys)), count)
    at = posts.at[about]
    soon = chance.exponential(8 * HOUR_MS, len(about))
    at = at + np.minimum(60_000 + soon, (now - at) * chance.random(len(about))).astype(np.int64)
    order = np.argsort(at)
    about, at = about[order], at[order]
    author = posts.author[about]
    author = np.where(chance.random(len(about)) < 0.2, author, world.ties.some(chance, author))
    numbers = np.arange(len(about))
    first = np.full(len(posts.keys), -1)
    first[about[::-1]] = numbers[::-1]  # the last one written stays: the oldest
    answers = (first[about] != numbers) & (chance.random(len(about)) < 0.35)
    text = chance.integers(texts, size=len(about), dtype=np.int32)
    return Said(world.ids.many(at), at, author, text, about, np.where(answers, first[about], -1), np.empty(0))


def react(world: World, posts: Said, comments: Said, kinds: int) -> Felt:
    """To posts, and to some of what is said under them, by connections of who wrote the post."""
    chance, ties, now = world.chance, world.ties, world.now
    mean = min(REACTIONS_A_POST, MOST_REACTIONS / max(1, len(posts.keys)))
    most = np.minimum(ties.degrees[posts.author] * 0.6, mean * posts.liked)
    post = np.repeat(np.arange(len(posts.keys)), _whole(chance, most) * (posts.about != ONLY_ME))
    member = ties.some(chance, posts.author[post])
    once = np.unique((post << 32) | member)
    post, member = once >> 32, once & 0xFFFFFFFF
    comment = np.flatnonzero(chance.random(len(comments.keys)) < REACTIONS_A_COMMENT)
    fan = ties.some(chance, posts.author[comments.about[comment]])
    since = np.concatenate((posts.at[post], comments.at[comment]))
    at = since + ((now - since) * chance.random(len(since)) ** 8).astype(np.int64)
    order = np.argsort(at)
    none = np.full(len(since), -1)
    on_post, on_comment = none.copy(), none
    on_post[: len(post)], on_comment[len(post) :] = post, comment
    member = np.concatenate((member, fan))
    kind = chance.integers(kinds, size=len(since), dtype=np.int8)
    return Felt(world.ids.many(at[order]), member[order], on_post[order], on_comment[order], kind)


def invite(world: World, notes: int) -> tuple[Array, Array, Array, Array]:
    """Pending ones of the last two months, to people two steps away: keys, senders, recipients and notes."""
    chance, ties, now = world.chance, world.ties, world.now
    members = len(ties.degrees)
    sender = np.repeat(np.arange(members), np.rint(chance.random(members) * 2 * INVITATIONS_A_MEMBER).astype(np.int64))
    recipient = ties.some(chance, ties.some(chance, sender))
    pair = (np.minimum(sender, recipient) << 32) | np.maximum(sender, recipient)
    _pairs, place = np.unique(pair, return_index=True)
    sender, recipient = sender[place], recipient[place]
    free = (sender != recipient) & ~connected(ties, sender, recipient)
    sender, recipient = sender[free], recipient[free]
    at = np.sort(now - (chance.random(len(sender)) * 60 * DAY_MS).astype(np.int64))
    order = chance.permutation(len(sender))
    return world.ids.many(at), sender[order], recipient[order], chance.integers(notes, size=len(sender))


def connected(ties: Ties, one: Array, other: Array) -> Array:
    """Of each pair whether the two are connected: a binary search in the connections of the one, all pairs at once."""
    low, high = ties.starts[one], ties.starts[one + 1]
    end = high.copy()
    while (low < high).any():
        middle = (low + high) // 2
        smaller = (low < high) & (ties.others[np.minimum(middle, len(ties.others) - 1)] < other)
        low, high = np.where(smaller, middle + 1, low), np.where(smaller, high, np.minimum(high, middle))
    there = low < end
    return there & (ties.others[np.minimum(low, len(ties.others) - 1)] == other)


def _whole(chance: Chance, wished: Array) -> Array:
    """Whole numbers whose mean is the wished one."""
    return (wished + chance.random(len(wished))).astype(np.int64)
