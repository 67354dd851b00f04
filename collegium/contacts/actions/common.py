"""What the verbs share: their owner held still, how much one may keep, people who are there."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.ties.models import Connection


def held(owner: Member) -> Member:
    """The owner as she is now, locked until the transaction ends.

    Raises:
        Member.DoesNotExist: gone meanwhile.
    """
    return Member.objects.select_for_update(no_key=True).get(pk=owner.pk)


def room_for_one(rows: QuerySet, most: int) -> None:  # type: ignore[type-arg]
    """Refuse the one too many.

    Raises:
        Conflict: there are as many as there can be.
    """
    if rows.count() >= most:
        raise Conflict(_("You have %(n)s of these, and that is the most there can be. Delete one first.") % {"n": most})


def connected(owner: Member, people: Iterable[int]) -> list[int]:
    """Those of these people with whom the owner is connected."""
    rows = Connection.objects.filter(member=owner, other__in=list(people)).order_by("other")
    return list(rows.values_list("other", flat=True))
