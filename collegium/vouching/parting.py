"""What becomes of what two people said for each other when they part.

A block ends it for good (`sweep`); reading has judged so from its first moment. Who removes a connection chooses what
becomes of her own words: they stand (`Endorsement.kept`), or they are taken back and kept for the undo. What the others
said of her is theirs: their endorsements count no more, unless they once chose so; their recommendations stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from collegium.audience.viewer import Viewer
from collegium.lib import rows
from collegium.members.models import Member
from collegium.vouching.models import Confirmation, Endorsement, Recommendation, RecommendationRequest
from collegium.vouching.models.endorsements import stands


@dataclass(frozen=True, slots=True)
class Swept:
    """The keys of what is gone; of endorsements, the skills they were of."""

    skills: list[int]
    words: list[int]
    requests: list[int]
    confirmations: list[int]


ENDORSEMENTS, RECOMMENDATIONS, NOTICES = (
    "vouching_endorsement",
    "vouching_recommendation",
    "notifications_notification",
)
KEEP = """
UPDATE vouching_endorsement SET kept = true WHERE giver_id = %(me)s AND member_id = ANY(%(others)s) AND NOT kept
RETURNING id
"""
# The notices "Bo and 2 others endorsed your Python" of the skills in question: they are folded anew when people part.
FOLDED = """kind = 'vouching.endorsed' AND subject IN (
    SELECT holding_id FROM vouching_endorsement WHERE giver_id = %(me)s AND member_id = ANY(%(others)s)
    UNION SELECT holding_id FROM vouching_endorsement WHERE member_id = %(me)s AND giver_id = ANY(%(others)s))"""
HELD = "EXISTS (SELECT FROM career_holding h WHERE h.id = r.holding_id)"
ABOUT = "r.item_id IS NULL OR EXISTS (SELECT FROM career_item i WHERE i.id = r.item_id)"
SAME_CAUSE = "(recipient_id, cause) IN (SELECT * FROM unnest(%(recipients)s::bigint[], %(causes)s::text[]))"


def set_down(giver: int, others: Sequence[int], *, withdraw: bool) -> dict[str, list[Any]]:
    """What becomes of one person's words when she ends her connections with these: they stand, or are taken back.

    Returns:
        What `put_back` needs to undo it.
    """
    pair: dict[str, Any] = {"me": giver, "others": list(others)}
    kept: dict[str, list[Any]] = {"notices": rows.copy(NOTICES, FOLDED, **pair)}
    if withdraw:
        where = "giver_id = %(me)s AND member_id = ANY(%(others)s)"
        kept["endorsements"] = rows.take(ENDORSEMENTS, where, **pair)
        where = "author_id = %(me)s AND recipient_id = ANY(%(others)s)"
        kept["recommendations"] = rows.take(RECOMMENDATIONS, where, **pair)
        return kept
    with connection.cursor() as cursor:
        cursor.execute(KEEP, pair)
        kept["kept"] = [row[0] for row in cursor.fetchall()]
    return kept


def put_back(kept: dict[str, list[Any]], giver: int, others: Sequence[int]) -> None:
    """Undo `set_down` for those of the people with whom the connection is there again.

    Args:
        kept: what `set_down` returned.
        giver: whose words they are.
        others: those people.
    """
    back = set(others)
    rows.put(ENDORSEMENTS, [row for row in kept.get("endorsements", []) if row["member_id"] in back], where=HELD)
    said = [row for row in kept.get("recommendations", []) if row["recipient_id"] in back]
    rows.put(RECOMMENDATIONS, said, where=ABOUT)
    Endorsement.objects.filter(pk__in=kept.get("kept", []), giver=giver, member__in=back).update(kept=False)
    _tell_again([row for row in kept["notices"] if row["recipient_id"] in back | {giver}])


def _tell_again(notices: list[rows.Row]) -> None:
    """Notices as they were, but for skills of which something newer was told."""
    keys = {"recipients": [row["recipient_id"] for row in notices], "causes": [row["cause"] for row in notices]}
    there = {(row["recipient_id"], row["cause"]): row for row in rows.copy(NOTICES, SAME_CAUSE, **keys)}
    missed = []
    for row in notices:
        now = there.get((row["recipient_id"], row["cause"]))
        if now is None or set(now["data"]["givers"]) <= set(row["data"]["givers"]):
            missed.append(row)
    causes = {"recipients": [row["recipient_id"] for row in missed], "causes": [row["cause"] for row in missed]}
    rows.take(NOTICES, SAME_CAUSE, **causes)
    rows.put(NOTICES, missed, where="EXISTS (SELECT FROM members_member m WHERE m.id = r.recipient_id)")


@transaction.atomic
def sweep(one: int, other: int) -> Swept:
    """Delete what these two said for each other."""
    endorsements = Endorsement.objects.filter(Q(member=one, giver=other) | Q(member=other, giver=one))
    skills = list(endorsements.values_list("holding", flat=True))
    endorsements.delete()
    words = Recommendation.objects.filter(Q(author=one, recipient=other) | Q(author=other, recipient=one))
    wishes = RecommendationRequest.objects.filter(Q(asker=one, writer=other) | Q(asker=other, writer=one))
    pairs = Confirmation.objects.of(one, [other])
    return Swept(skills, _gone(words), _gone(wishes), _gone(pairs))


def _gone(rows: QuerySet[Model]) -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    return keys


@dataclass(frozen=True, slots=True)
class Said:
    """How much one person and some others say for each other, as it stands now."""

    endorsed: int  # by her, of them
    recommended: int
    endorsed_by: int  # by them, of her: what a removal ends
    recommended_by: int
    together: int


def said(one: Member, others: Sequence[Member]) -> Said:
    """The numbers that the dialogs of a removal name; what somebody keeps from her is not in them."""
    given = Endorsement.objects.filter(giver=one, member__in=others, holding__removed_at=None).filter(stands())
    got = Endorsement.objects.counted_for(Viewer(one)).filter(
        member=one, giver__in=others, holding__removed_at=None, kept=False
    )
    pairs = Confirmation.objects.of(one.pk, [other.pk for other in others]).exclude(confirmed_at=None)
    return Said(
        given.count(),
        Recommendation.objects.given(Viewer(one)).filter(recipient__in=others).count(),
        got.count(),
        Recommendation.objects.received(Viewer(one)).filter(author__in=others, state="shown").count(),
        pairs.count(),
    )
