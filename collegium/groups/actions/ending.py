"""The end of a group: closed and kept for reading, opened again, or gone for good."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.groups import rules
from collegium.groups.actions.holding import hold
from collegium.groups.models import Group
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.media.storage import discard
from collegium.members.models import Member


@transaction.atomic
def end(group: Group, *, by: Member) -> bool:
    """Nothing happens in it any more; it is read as before. False when it had ended already."""
    row = hold(group)
    require(rules.may_own(by, row))
    if not row.is_open:
        return False
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record("groups.ended", actor=by, subject=row)
    return True


@transaction.atomic
def reopen(group: Group, *, by: Member) -> bool:
    """It goes on where it stopped. False when it had not ended."""
    row = hold(group)
    require(rules.may_own(by, row))
    if row.is_open:
        return False
    row.ended_at = None
    row.save(update_fields=["ended_at"])
    record("groups.reopened", actor=by, subject=row)
    return True


@transaction.atomic
def delete(group: Group, *, by: Member, name: str) -> None:
    """Delete it with everything that was said in it, for good.

    Args:
        group: which.
        by: one of its owners.
        name: its name, as she typed it.

    Raises:
        Conflict: that is not its name.
    """
    row = hold(group)
    require(rules.may_own(by, row))
    if name.strip().casefold() != row.name.casefold():
        raise Conflict(_("That is not the name of the group. Nothing has been deleted."))
    pictures = [key for key in (row.photo, row.cover) if key]
    record("groups.deleted", actor=by, subject=row.pk, name=row.name)
    row.delete()
    for key in pictures:
        transaction.on_commit(lambda key=key: discard(key))  # type: ignore[misc]
