"""A made-up network of any size for measurements: the shape of a real one, words of the demo community.

Who knows whom, who says what and when is drawn in whole arrays (NumPy) and copied into the tables. One transaction: a
killed run leaves nothing.
"""

from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction

from collegium.graph import base
from collegium.lib import clock
from collegium.members.models import Member
from collegium.portability.bulk import freshen
from collegium.portability.report import BundleError
from collegium.portability.synth import activity, careers, jobs, people, places, words
from collegium.portability.synth.graph import Network, Progress
from collegium.portability.synth.world import World

SEED = 7
SETTINGS = (
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "work_mem = '96MB'",
    "client_connection_check_interval = '2s'",
)


def synthesize(
    members: int, progress: Progress | None = None, *, seed: int = SEED, openings: int | None = None
) -> None:
    """Fill an empty network with made-up members, their connections and a year of what they wrote.

    Everybody has ninety connections in the mean, the best-connected 5,000 (or a tenth of all), writes ten posts in a
    year, and says 1.6 comments and gives five reactions for each post. In a large network less is said under each post:
    there are at most two million comments and six million reactions, so that a million members fit on a modest disk.
    The largest group has a tenth of them, the largest house a twentieth; two thousand come to the largest event. There
    is an opening for every ten members, and five applications for each; a hundred thousand openings at most.

    Args:
        members: how many.
        progress: called with what is being made, how much of it is done, how much there will be.
        seed: the same seed, the same network.
        openings: how many stand; where nobody says, one for ten members.

    Raises:
        BundleError: somebody is here already.
    """
    if Member.objects.exists():
        raise BundleError("A made-up network is for an empty one; this one has members already.")
    tell: Progress = progress or (lambda _what, _done, _total: None)
    chance = np.random.default_rng(seed)
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in SETTINGS:
            cursor.execute(f"SET LOCAL {setting}")
        network = Network(members, chance)
        joined = people.moments(members, chance)
        world = World(chance, network.ties(tell), people.keys(joined), joined, _moment())
        people.draw(cursor, network, world.keys, tell)
        _meet(cursor, world, tell)
        _speak(cursor, world, tell)
        jobs.offer(cursor, _day(world), members // jobs.MEMBERS_AN_OPENING if openings is None else openings, tell)
        tell("the graph in memory", 0, 1)
        base.rebuild()
        tell("the graph in memory", 1, 1)
    tell("tidying", 0, 1)
    freshen()
    tell("tidying", 1, 1)


def _meet(cursor: Any, world: World, tell: Progress) -> None:
    """Members, whom they know and read, and what they do for a living."""
    follower, followee = people.follows(world)
    tell("storing members", 0, 1)
    people.settle(cursor, world.ties.degrees, np.bincount(followee, minlength=len(world.keys)))
    people.connect(cursor, world, tell)
    people.read(cursor, world, follower, followee)
    tell("careers", 0, 1)
    careers.employ(cursor, world.now)
    tell("careers", 1, 1)


def _speak(cursor: Any, world: World, tell: Progress) -> None:
    """What they wrote, and whom they invited."""
    tell("what they wrote", 0, 5)
    posts = activity.post(world, len(words.posts()))
    comments = activity.comment(world, posts, len(words.comments()))
    talk = words.Talk(world.keys, posts, comments, activity.react(world, posts, comments, len(words.KINDS)))
    for done, store in enumerate((talk.store_posts, talk.store_comments, talk.store_reactions), 1):
        tell("what they wrote", done, 5)
        store(cursor)
    tell("what they wrote", 4, 5)
    words.store_invitations(cursor, world.keys, activity.invite(world, len(words.NOTES)))
    tell("what they wrote", 5, 5)
    tell("where they meet", 0, 1)
    places.meet(cursor, world.now)
    tell("where they meet", 1, 1)


def _day(world: World) -> datetime:
    return datetime.fromtimestamp(world.now / 1000, UTC)


def _moment() -> int:
    """A minute ago, in milliseconds: nothing made up lies in the future of who looks at it at once."""
    return round(clock.now().timestamp() * 1000) - 60_000
