"""Holding two people still, so that whatever changes between them changes in turn."""

from collegium.members.models import Member


def hold(one: Member, other: Member) -> tuple[Member, Member]:
    """Both members as they are now, locked until the transaction ends, always the smaller key first.

    Every change of a tie takes these two locks before it looks, so two changes of one pair come one after the other and
    two changes of overlapping pairs cannot wait for each other in a circle. The lock lets foreign keys be checked:
    people are written to, posted about and notified meanwhile.

    Raises:
        Member.DoesNotExist: one of them is gone.
    """
    keys = {one.pk, other.pk}
    held = {row.pk: row for row in Member.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")}
    if held.keys() != keys:
        raise Member.DoesNotExist
    return held[one.pk], held[other.pk]
