"""Reading what changed since: one short statement, asked before every answer.

A sequence number cannot say "everything since": transactions commit in another order than they took their numbers. So a
change carries its transaction, and a reader remembers up to which one *all* were over (`pg_snapshot_xmin`), and which
later ones she has seen already. What a change was is read from the tables themselves, in the same statement: applying
it twice, or late, does no harm.
"""

from dataclasses import dataclass, replace

from django.db import connection

from collegium.graph.models import Change

# The flags of a person, as `view` names them.
FLAGS = """((standing = 'active')::int + (visibility <= 1)::int * 2
    + (connections_audience <= 1)::int * 4 + (connections_audience <= 3)::int * 8)::smallint"""
# So many are read at once.
MOST = 5_000
# More than these, and reading everything anew is quicker than taking it in one by one. Not fewer: one member with many
# connections who leaves would make every process read everything anew, for minutes, in the midst of an answer.
TOO_MANY = 10 * MOST

# Most of the time nothing has: how many lines a reader would be told says so, and is quicker than telling them.
PROBE = """
SELECT e.number, e.empty, e.floor, pg_snapshot_xmin(moment.seen)::text::bigint, moment.own IS NOT NULL,
    (SELECT count(*) FROM graph_change WHERE xid >= (%s::text)::xid8)
FROM (SELECT pg_current_snapshot() AS seen, pg_current_xact_id_if_assigned() AS own) AS moment
LEFT JOIN graph_epoch e ON e.id = 1
"""
READ = f"""
SELECT e.number, e.empty, e.floor, pg_snapshot_xmin(moment.seen)::text::bigint, moment.own IS NOT NULL,
    c.id, c.xid::text::bigint, c.kind, c.one, c.other,
    CASE c.kind
        WHEN {Change.Kind.TIE} THEN
            (SELECT 1 FROM ties_connection t WHERE t.member_id = c.one AND t.other_id = c.other)
        WHEN {Change.Kind.PERSON} THEN (SELECT {FLAGS} FROM members_member m WHERE m.id = c.one)
        WHEN {Change.Kind.BLOCK} THEN
            (SELECT 1 WHERE EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = c.one AND b.blocked_id = c.other)
                OR EXISTS (SELECT FROM ties_block b WHERE b.blocker_id = c.other AND b.blocked_id = c.one))
        WHEN {Change.Kind.RESTRICTION} THEN
            (SELECT 1 FROM ties_distance d WHERE d.member_id = c.one AND d.other_id = c.other AND d.rung = 3)
    END
FROM (SELECT pg_current_snapshot() AS seen, pg_current_xact_id_if_assigned() AS own) AS moment
LEFT JOIN graph_epoch e ON e.id = 1
LEFT JOIN LATERAL (
    SELECT * FROM graph_change WHERE xid >= (%(low)s::text)::xid8 AND id <> ALL(%(had)s::bigint[])
    ORDER BY xid, id LIMIT {MOST + 1}
) AS c ON true
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Row:
    """One change, and how things stand now: None for no (or nobody), else yes (or the flags of the person)."""

    id: int
    xid: int
    kind: int
    one: int
    other: int
    now: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """What a read saw.

    Attributes:
        epoch: the number of the present epoch; 0 when there is none.
        empty: the epoch began with nobody.
        floor: changes of earlier transactions are no longer there.
        low: every transaction before this one is over.
        writing: the reader has itself written something that is not committed, and sees it.
        rows: the changes.
    """

    epoch: int
    empty: bool
    floor: int
    low: int
    writing: bool
    rows: list[Row]

    @property
    def too_many(self) -> bool:
        """There are more changes than are taken in."""
        return len(self.rows) > TOO_MANY


def read(low: int, had: list[int], epoch: int = 0) -> Moment:
    """Every change that is visible now and not known yet.

    Args:
        low: the `low` of the read before.
        had: ids of changes of that or a later transaction that are known already.
        epoch: of the files these would be laid over; for others, one look is enough.
    """
    last = _read(low, had)
    rows = last.rows
    # Each look is a moment of its own: what changed between two of them is a line of the later one.
    while len(last.rows) > MOST and len(rows) <= TOO_MANY and last.epoch == epoch and low >= last.floor:
        last = _read(low, [*had, *(row.id for row in rows)])
        rows = [*rows, *last.rows]
    return replace(last, rows=rows)


def _read(low: int, had: list[int]) -> Moment:
    with connection.cursor() as cursor:
        cursor.execute(PROBE, [str(low)])
        number, empty, floor, now_low, writing, lines = cursor.fetchone()
        if lines == len(had):
            return Moment(number or 0, bool(empty), floor or 0, now_low, writing, [])
        cursor.execute(READ, {"low": str(low), "had": had})
        found = cursor.fetchall()
    number, empty, floor, now_low, writing = found[0][:5]
    rows = [Row(*each[5:]) for each in found if each[5] is not None]
    return Moment(number or 0, bool(empty), floor or 0, now_low, writing, rows)
