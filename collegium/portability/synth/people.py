"""Made-up members and their connections, copied into the tables."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from collegium.lib import clock
from collegium.portability.bulk import unburdened
from collegium.portability.demo import content
from collegium.portability.memory import Ids
from collegium.portability.synth.graph import Network
from collegium.portability.synth.names import name

Progress = Callable[[str, int, int], None]

DOMAIN = "synth.example"
JOINED_OVER = timedelta(days=3 * 365)
EVERY = 2_000
FOLLOWS_A_MEMBER = 4
_BOTH_WAYS = "SELECT a, b FROM synth_pair UNION ALL SELECT b, a FROM synth_pair"
_ABOUT_IN = 3  # one in so many says something about herself


def draw(cursor: Any, network: Network, rng: Random, tell: Progress) -> list[int]:
    """The members, not yet in their tables. Returns their keys, in the order of their numbers and of time."""
    cursor.execute(
        "CREATE TEMP TABLE synth_member (no int, id bigint, name text, headline text, about text, place text)"
        " ON COMMIT DROP"
    )
    moments, ids = _moments(network.members, rng), Ids()
    keys = [ids.at(moment) for moment in moments]
    demo = list(content.read().people.values())
    with cursor.copy("COPY synth_member FROM STDIN") as copy:
        for number, key in enumerate(keys):
            like, lives = rng.choice(demo), rng.choice(demo)
            position = rng.choice(like.positions)
            about = like.about if not number % _ABOUT_IN else ""
            copy.write_row((number, key, name(rng), f"{position[1]}, {position[0]}", about, lives.place))
            if not number % EVERY:
                tell("members", number, network.members)
    tell("members", network.members, network.members)
    return keys


def _moments(members: int, rng: Random) -> list[int]:
    """When they joined, in milliseconds: more and more of them towards now."""
    now, span = round(clock.now().timestamp() * 1000), round(JOINED_OVER.total_seconds() * 1000)
    return sorted(now - 400_000 - round(span * (1 - rng.random() ** 0.6)) for _member in range(members))


def connect(cursor: Any, network: Network, keys: list[int], tell: Progress) -> None:
    """Every edge once, the smaller key first, into `synth_pair`."""
    cursor.execute("CREATE TEMP TABLE synth_pair (a bigint, b bigint) ON COMMIT DROP")
    with cursor.copy("COPY synth_pair FROM STDIN") as copy:
        for member, others in network.edges():
            if others:
                first = keys[member]
                copy.write("".join([f"{first}\t{keys[other]}\n" for other in others]))
            if not member % EVERY:
                tell("connections", member, network.members)
    tell("connections", network.members, network.members)


def befriend(cursor: Any) -> None:
    """Everybody's connections as one array each, for whoever must draw from them; and who follows whom.

    Follows go to connections' connections, which favours the well known. (`+ 0 * n` has chance drawn for every row.)
    """
    cursor.execute(f"""
        CREATE TEMP TABLE synth_friends ON COMMIT DROP AS
        SELECT a AS id, array_agg(b) AS friends, count(*)::int AS n FROM ({_BOTH_WAYS}) p GROUP BY a""")
    cursor.execute("CREATE INDEX ON synth_friends (id)")
    cursor.execute("ANALYZE synth_friends")
    cursor.execute(f"""
        CREATE TEMP TABLE synth_follow ON COMMIT DROP AS
        SELECT DISTINCT follower, followee FROM (
            SELECT f.id AS follower, g.friends[1 + floor(random() * g.n)::int] AS followee
            FROM synth_friends f
            CROSS JOIN LATERAL generate_series(1, (random() * {2 * FOLLOWS_A_MEMBER} + 0 * f.n)::int) AS i(no)
            JOIN synth_friends g ON g.id = f.friends[1 + (i.no * 7919 % f.n)]
        ) pairs WHERE follower <> followee""")


def settle(cursor: Any) -> None:
    """Into the tables of the product: accounts, people with their counts, connections in both directions, follows."""
    for table in ("member", "pair"):
        cursor.execute(f"ANALYZE synth_{table}")
    befriend(cursor)
    cursor.execute("SELECT count(*) FROM synth_member")
    members = cursor.fetchone()[0]
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
                   'active', CASE WHEN m.no % 5 = 0 THEN 0 ELSE 1 END, 3, coalesce(d.n, 0), coalesce(f.n, 0)
            FROM synth_member m
            LEFT JOIN synth_friends d ON d.id = m.id
            LEFT JOIN (SELECT followee, count(*) AS n FROM synth_follow GROUP BY followee) f ON f.followee = m.id
            ORDER BY m.id""")
    cursor.execute("SELECT 2 * count(*) FROM synth_pair")
    with unburdened(cursor, "ties_connection", cursor.fetchone()[0]):
        cursor.execute(f"""
            INSERT INTO ties_connection (member_id, other_id, since)
            SELECT a, b, now() - (hashint8(a # b)::bigint & 33554431) * interval '1.5 seconds'
            FROM ({_BOTH_WAYS} ORDER BY 1, 2) e""")
    cursor.execute("SELECT count(*) FROM synth_follow")
    with unburdened(cursor, "ties_follow", cursor.fetchone()[0]):
        cursor.execute("""
            INSERT INTO ties_follow (follower_id, followee_id, since)
            SELECT follower, followee, now() - (followee % 300) * interval '1 day' FROM synth_follow ORDER BY 1, 2""")
