"""What the verbs share: their owner held still, and how much one may keep."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from collegium.lib.refusal import Conflict
from collegium.members.models import Member


def held(owner: Member) -> Member:
    """The owner as she is now, locked until the transaction ends.

    Raises:
        Member.DoesNotExist: gone meanwhile.
    """
    return Member.objects.select_for_update(no_key=True).get(pk=owner.pk)


def room_for_one(rows: QuerySet[Any], most: int, words: str | Promise = "") -> None:
    """Refuse the one too many.

    Args:
        rows: what there is.
        most: how many there can be.
        words: what is said then, with `%(n)s`; the usual sentence where there is none.

    Raises:
        Conflict: there are as many as there can be.
    """
    if rows.count() >= most:
        usual = _("You have %(n)s of these, and that is the most there can be. Delete one first.")
        raise Conflict(str(words or usual) % {"n": most})
