"""Holding two people still, so that whatever changes between them changes in turn."""

from collections.abc import Iterable

from collegium.members.models import Member


def hold_many(members: Iterable[Member]) -> dict[int, Member]:
    """Several people as they are now, by key, locked like two; who is gone is left out."""
    keys = [member.pk for member in members]
    held = Member.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in held}


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
