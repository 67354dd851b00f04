"""How near one lets somebody come without parting: muted, work only, restricted, and back. Nobody is ever told.

Each rung in one place:

    near        as the two stand to each other, and nothing else.
    muted       nothing the other posts comes to one's home; of what the other does one is told only of what is said
                directly to one (a mention, a reply).
    work only   of the other's posts only the professional ones come to one's home, and of what happens under personal
                ones one is told only of what is said directly; of one's own personal posts the other sees what any
                member sees.
    restricted  nothing the other posts comes to one's home, and nothing the other does is told; the other sees of one
                what any member sees, connected or not.

What may be seen is judged in `audience.rule`; what comes home in `feed.timeline`; what is told in `feed.notices`.

A rung does not need a connection and does not end with one: whom one keeps away stays away when one removes him, when
he removes one, and when they connect again, until one says otherwise. A block ends it, as it ends everything, and
lifting the block does not bring it back. What the other may do (comment, react, invite, endorse) is as before: refusing
it would tell.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.network import rules
from collegium.ties.models import Distance
from collegium.ties.pairs import hold_many

Rung = Distance.Rung
KEEP = """
INSERT INTO ties_distance (member_id, other_id, rung, since)
SELECT %(me)s, key, %(rung)s, now() FROM unnest(%(others)s::bigint[]) AS row (key)
ON CONFLICT (member_id, other_id) DO UPDATE SET rung = excluded.rung, since = excluded.since
"""


def rungs(member: Member | None, people: Iterable[int]) -> dict[int, Rung]:
    """At which rung a member keeps each of these people; those who may come near are left out."""
    if member is None:
        return {}
    kept = Distance.objects.filter(member=member, other__in=list(people)).values_list("other_id", "rung")
    return {key: Rung(rung) for key, rung in kept}


def set_rung(member: Member, other: Member, rung: Rung | None) -> Rung | None:
    """Keep one person at a rung, or let her come near again (None).

    Returns:
        Where she was before.
    """
    return set_rung_many(member, [other], rung).get(other.pk)


@transaction.atomic
def set_rung_many(member: Member, others: Sequence[Member], rung: Rung | None) -> dict[int, Rung | None]:
    """The same for several people at once, in a constant number of statements.

    Returns:
        Where each of them was before, who is gone left out: what it takes to put everybody back.
    """
    held = hold_many([member, *others])
    require(rules.may_keep_away(member, others))
    keys = [key for key in held if key != member.pk]
    were = rungs(member, keys)
    before = {key: were.get(key) for key in keys}
    changed = [key for key, was in before.items() if was != rung]
    if not changed:
        return before
    if rung is None:
        Distance.objects.filter(member=member, other__in=changed).delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute(KEEP, {"me": member.pk, "rung": rung.value, "others": changed})
    record("network.distanced", actor=member, others=changed, rung=rung.value if rung else 0)
    return before
