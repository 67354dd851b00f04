"""Whether a member wants news of a person: her choice of whom, judged by what ties the two, in SQL.

Connected and second degree mean what they mean to the rule of sight (`audience.rule`).
"""

from datetime import timedelta

from collegium.audience.rule import SECOND, Closeness
from collegium.lib.ids import LOW_BITS

# An account younger than this counts as new, unless one is connected with it.
NEW = timedelta(days=7)

_OLD = f"((extract(epoch FROM statement_timestamp())::bigint - {int(NEW.total_seconds())}) * 1000 << {LOW_BITS})"
_TIED = "EXISTS (SELECT FROM ties_connection k WHERE k.member_id = {person} AND k.other_id = {actor})"
_WANTED = """({actor} IS NULL OR CASE {whom} WHEN 'anyone' THEN true
    WHEN 'not_new' THEN {actor} < {old} OR {tied}
    WHEN 'network' THEN {tied} OR CASE {second} ELSE 0 END = {degree}
    ELSE {tied} END)"""


def wanted(person: str, actor: str, whom: str) -> str:
    """The condition that this person wants news of that actor.

    Args:
        person: the expression that gives the reader's key.
        actor: the same of whoever caused the news; it may be NULL.
        whom: the expression that gives a `Choice.Whom`.
    """
    tied = _TIED.format(person=person, actor=actor)
    second = Closeness.IN_SECOND.format(key=person).replace("%s", actor)
    return _WANTED.format(actor=actor, whom=whom, old=_OLD, tied=tied, second=second, degree=SECOND)
