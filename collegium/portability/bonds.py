"""Connections and follows: streamed in, put in order, and stored in both directions."""

from collegium.lib import clock
from collegium.portability import ties
from collegium.portability.bulk import unburdened
from collegium.portability.bundle import GONE, Bundle
from collegium.portability.keeping import Keeper
from collegium.portability.models import LoadedTies
from collegium.portability.stage import Stage

CONNECTIONS, FOLLOWS = "connections.csv", "follows.csv"
CONNECTION, FOLLOW = LoadedTies.Kind.CONNECTION.value, LoadedTies.Kind.FOLLOW.value


def read_connections(bundle: Bundle, stage: Stage) -> None:
    """Every unordered pair once, the smaller key first."""
    arrived, report, add = round(clock.now().timestamp() * 1000), bundle.report, stage.add
    for line, (a, b, at) in bundle.rows("connections"):
        if GONE in {a, b}:
            report.gone[CONNECTIONS] += 1
        elif a == b:
            report.complain(CONNECTIONS, line, "connects a member with herself")
        else:
            add("pair", (line, a, b, at or arrived) if a < b else (line, b, a, at or arrived))
    stage.settle("pair")
    stage.twice("pair", CONNECTIONS, "a, b", "connects the same two as line ")


def read_follows(bundle: Bundle, stage: Stage, keeper: Keeper) -> None:
    """Members who follow members; who follows an organization is kept until one can."""
    arrived, report = round(clock.now().timestamp() * 1000), bundle.report
    for line, (follower, kind, key, at) in bundle.rows("follows"):
        followee = bundle.known[f"{kind}s"].get(key)
        if followee is None:
            report.complain(FOLLOWS, line, bundle.missing("followee", f"{kind}s", key))
        elif GONE in (follower, followee):
            report.gone[FOLLOWS] += 1
        elif kind == "organization":
            keeper.keep("follows", line, {"organization": followee, "followed_at": at}, follower)
        elif follower == followee:
            report.complain(FOLLOWS, line, "lets a member follow herself")
        else:
            stage.add("follow", (line, follower, followee, at or arrived))
    stage.settle("follow")
    stage.twice("follow", FOLLOWS, "a, b", "says the same as line ")


# A tie that an earlier load brought is not new, whatever has become of it; nor is one of two who block each other.
_FRESH = """
    CREATE TEMP TABLE fresh_{table} ON COMMIT DROP AS
    SELECT s.a, s.b, to_timestamp(s.at / 1000.0) AS since FROM stage_{table} s
    LEFT JOIN {known} l ON l.one = s.a AND l.other = s.b
    LEFT JOIN {there} t ON t.{one} = s.a AND t.{other} = s.b
    LEFT JOIN ties_block k ON k.blocker_id = s.a AND k.blocked_id = s.b
    LEFT JOIN ties_block i ON i.blocker_id = s.b AND i.blocked_id = s.a
    WHERE l.one IS NULL AND t.{one} IS NULL AND k.blocker_id IS NULL AND i.blocker_id IS NULL"""
_BOTH = "SELECT a, b, since FROM fresh_pair UNION ALL SELECT b, a, since FROM fresh_pair"


# How many ties each member gets; what `people.merge` gives the new ones at once.
CONNECTED = f"SELECT a AS id, count(*) AS n FROM ({_BOTH}) p GROUP BY a"
FOLLOWED = "SELECT b AS id, count(*) AS n FROM fresh_follow GROUP BY b"
_COUNT = """
    UPDATE members_member m SET {column} = {column} + c.n FROM ({count}) c
    WHERE m.id = c.id AND NOT EXISTS (SELECT FROM stage_member s WHERE s.id = m.id)"""


def find_fresh(stage: Stage) -> None:
    """Tell the new ties from those that are here or were."""
    _find(stage, CONNECTION, table="pair", there="ties_connection", one="member_id", other="other_id")
    _find(stage, FOLLOW, table="follow", there="ties_follow", one="follower_id", other="followee_id")


def _find(stage: Stage, kind: int, *, table: str, there: str, one: str, other: str) -> None:
    known = ties.known(stage, kind, f"SELECT a FROM stage_{table}")
    stage.run(f"DROP TABLE IF EXISTS pg_temp.fresh_{table}")
    stage.run(_FRESH.format(table=table, known=known, there=there, one=one, other=other))
    stage.run(f"ANALYZE fresh_{table}")
    ties.remember(stage, kind, f"SELECT a, b FROM stage_{table}", known)


def merge_connections(stage: Stage) -> None:
    """Two rows for every new pair, in the order of the main index; invitations between the connected are over."""
    coming = 2 * stage.value("SELECT count(*) FROM fresh_pair")
    with unburdened(stage.cursor, "ties_connection", coming):
        stage.run(f"INSERT INTO ties_connection (member_id, other_id, since) {_BOTH} ORDER BY 1, 2")
    stage.run("""
        DELETE FROM ties_invitation i USING fresh_pair f
        WHERE least(i.sender_id, i.recipient_id) = f.a AND greatest(i.sender_id, i.recipient_id) = f.b""")
    stage.run(_COUNT.format(column="connection_count", count=CONNECTED))
    _tell(stage, CONNECTIONS, coming // 2, "pair")


def merge_follows(stage: Stage) -> None:
    """Who reads whom."""
    rows = stage.run("""
        INSERT INTO ties_follow (follower_id, followee_id, since) SELECT a, b, since FROM fresh_follow ORDER BY 1, 2""")
    stage.run(_COUNT.format(column="follower_count", count=FOLLOWED))
    _tell(stage, FOLLOWS, rows, "follow")


def _tell(stage: Stage, file: str, added: int, table: str) -> None:
    stage.report.added[file] = added
    stage.report.already[file] += stage.value(f"SELECT count(*) FROM stage_{table}") - added
