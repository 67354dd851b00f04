"""Made-up members, their connections and whom they follow, copied into the tables."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np

from collegium.lib import clock
from collegium.portability.bulk import begun_anew, unburdened
from collegium.portability.demo import content
from collegium.portability.memory import Ids
from collegium.portability.synth import copying
from collegium.portability.synth.graph import Array, Chance, Network, Progress
from collegium.portability.synth.names import names
from collegium.portability.synth.world import World

DOMAIN = "synth.example"
JOINED_OVER = timedelta(days=3 * 365)
FOLLOWS_A_MEMBER = 4
_ABOUT_IN = 3  # one in so many says something about herself
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def moments(members: int, chance: Chance) -> Array:
    """When they joined, in milliseconds: more and more of them towards now."""
    now, span = round(clock.now().timestamp() * 1000), round(JOINED_OVER.total_seconds() * 1000)
    ago = 400_000 + span * (1 - chance.random(members) ** 0.6)
    return np.sort(now - ago.astype(np.int64))


def keys(joined: Array) -> Array:
    """The key of each member, in the order of their numbers and of time."""
    return Ids().many(joined)


def draw(cursor: Any, network: Network, keys: Array, tell: Progress) -> None:
    """The members, not yet in their tables; those of one town live in one place."""
    cursor.execute(
        "CREATE TEMP TABLE synth_member (no int, id bigint, name text, headline text, about text, place text)"
        " ON COMMIT DROP"
    )
    people = list(content.read().people.values())
    said = [(f"{row[1]}, {row[0]}".translate(_ESCAPES), who) for who in people for row in who.positions]
    abouts = [who.about.translate(_ESCAPES) for _words, who in said]
    places = [who.place.translate(_ESCAPES) for who in people]
    like = network.chance.integers(len(said), size=network.members)
    lives = (network.town_of() * 104_729) % len(places)
    called = names(network.chance, network.members)
    with cursor.copy("COPY synth_member FROM STDIN") as copy:
        for piece in copying.pieces(network.members):
            tell("members", piece.start, network.members)
            numbers = range(piece.start, piece.stop)
            drawn = (each[piece].tolist() for each in (keys, like, lives))
            copy.write(
                "".join(
                    f"{no}\t{key}\t{name}\t{said[who][0]}\t{'' if no % _ABOUT_IN else abouts[who]}\t{places[at]}\n"
                    for no, name, key, who, at in zip(numbers, called[piece], *drawn, strict=True)
                )
            )
    cursor.execute("ANALYZE synth_member")
    tell("members", network.members, network.members)


def follows(world: World) -> tuple[Array, Array]:
    """Who follows whom, by number: connections' connections, which favours the well known."""
    chance, ties = world.chance, world.ties
    members = len(ties.degrees)
    count = np.rint(chance.random(members) * 2 * FOLLOWS_A_MEMBER).astype(np.int64)
    follower = np.repeat(np.arange(members), count)
    followee = ties.some(chance, ties.some(chance, follower))
    every = np.unique((follower << 32) | followee)
    follower, followee = every >> 32, every & 0xFFFFFFFF
    differ = follower != followee
    return follower[differ], followee[differ]


def settle(cursor: Any, degrees: Array, followed: Array) -> None:
    """Into the tables of the product: accounts, and people with their counts."""
    members = len(degrees)
    cursor.execute("CREATE TEMP TABLE synth_count (no int4, connections int4, followers int4) ON COMMIT DROP")
    numbers = np.arange(members)
    counted = copying.rows(("int4", numbers), ("int4", degrees), ("int4", followed))
    copying.copy(cursor, "synth_count", "no, connections, followers", [counted.tobytes()])
    cursor.execute("ANALYZE synth_count")
    with unburdened(cursor, "accounts_user", members), unburdened(cursor, "account_emailaddress", members):
        cursor.execute(f"""
            INSERT INTO accounts_user (id, password, email, is_active, role, locale)
            SELECT id, '!' || replace(gen_random_uuid()::text, '-', ''), 'member' || no || '@{DOMAIN}', true,
                   'member', ''
            FROM synth_member ORDER BY id""")
        cursor.execute(f"""
            INSERT INTO account_emailaddress (user_id, email, verified, "primary")
            SELECT id, 'member' || no || '@{DOMAIN}', true, true FROM synth_member ORDER BY id""")
    with unburdened(cursor, "members_member", members):
        cursor.execute("""
            INSERT INTO members_member (id, user_id, handle, name, sort_name, pronouns, headline, about, place, photo,
                                        cover, standing, visibility, connections_audience, connection_count,
                                        follower_count)
            SELECT m.id, m.id, 'member-' || m.no, m.name, lower(m.name), '', m.headline, m.about, m.place, '', '',
                   'active', CASE WHEN m.no % 5 = 0 THEN 0 WHEN m.no % 29 = 3 THEN 3 ELSE 1 END,
                   CASE m.no % 10 WHEN 7 THEN 3 WHEN 8 THEN 3 WHEN 9 THEN 4 ELSE 1 END, c.connections, c.followers
            FROM synth_member m JOIN synth_count c USING (no)
            ORDER BY m.id""")


def connect(cursor: Any, world: World, tell: Progress) -> None:
    """Both halves of every connection, in the order of the main index."""
    ties, keys = world.ties, world.keys
    count = len(ties.others)

    def blocks() -> Iterator[bytes]:
        for piece in copying.pieces(count):
            tell("connections", piece.start, count)
            first, last = np.searchsorted(ties.starts, (piece.start, piece.stop - 1), "right") - 1
            members = np.arange(first, last + 1)
            begin = np.clip(ties.starts[members], piece.start, piece.stop)
            until = np.clip(ties.starts[members + 1], piece.start, piece.stop)
            one, other = np.repeat(members, until - begin), ties.others[piece]
            since = _since(one, other, world)
            block = copying.rows(("int8", keys[one]), ("int8", keys[other]), ("int8", copying.stamps(since)))
            yield block.tobytes()

    with unburdened(cursor, "ties_connection", count, primary=True):
        frozen = begun_anew(cursor, "ties_connection")
        copying.copy(cursor, "ties_connection", "member_id, other_id, since", blocks(), frozen=frozen)
        tell("putting connections in order", 0, 1)
    tell("putting connections in order", 1, 1)


def _since(one: Array, other: Array, world: World) -> Array:
    """When two became connected: between the later arrival and now, the same seen from both ends."""
    mixed = (np.minimum(one, other).astype(np.uint64) << np.uint64(32)) | np.maximum(one, other).astype(np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    share = (mixed >> np.uint64(40)).astype(np.float64) / (1 << 24)
    arrived = np.maximum(world.joined[one], world.joined[other])
    return arrived + ((world.now - arrived) * share).astype(np.int64)


def read(cursor: Any, world: World, follower: Array, followee: Array) -> None:
    """Who follows whom, into the table."""
    keys = world.keys
    since = copying.stamps(world.now - world.chance.integers(300, size=len(follower)) * 86_400_000)
    with unburdened(cursor, "ties_follow", len(follower), primary=True):
        frozen = begun_anew(cursor, "ties_follow")
        blocks = (
            copying.rows(("int8", keys[follower[at]]), ("int8", keys[followee[at]]), ("int8", since[at])).tobytes()
            for at in copying.pieces(len(follower))
        )
        copying.copy(cursor, "ties_follow", "follower_id, followee_id, since", blocks, frozen=frozen)
