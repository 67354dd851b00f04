"""What changes a profile beyond the words that `members.actions.edit` takes."""

from django.db import transaction

from collegium.lib.refusal import require
from collegium.media.decode import Shape
from collegium.media.storage import discard
from collegium.members import actions, rules
from collegium.members.models import Member


@transaction.atomic
def put_picture(member: Member, shape: Shape, key: str) -> None:
    """Give a member another photo or cover; the files of the former one go once the change is certain.

    Args:
        member: whose picture; the row in hand is brought up to date too.
        shape: which of the two.
        key: what `media.storage.store` gave; empty to take the picture away.
    """
    require(rules.may_edit(member, member))
    # Two uploads at once: the second waits here, and discards what the first has put.
    current = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    former = getattr(current, shape)
    actions.edit(current, **{shape: key})
    setattr(member, shape, key)
    if former:
        transaction.on_commit(lambda: discard(former))
