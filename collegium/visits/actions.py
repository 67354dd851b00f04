"""The verb of visits: choosing how one appears."""

from django.db import transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.visits import rules
from collegium.visits.models import DEFAULT, Mode, Showing


@transaction.atomic
def choose(member: Member, mode: Mode) -> Showing:
    """Choose how much of oneself one shows to those whose profile one opens, and so how much one sees.

    A mode that shows less holds for earlier visits too; one that shows more begins now, in both directions.
    """
    require(rules.may_choose(member))
    before = Showing.objects.select_for_update().filter(member=member).first()
    if before is not None and before.mode == mode:
        return before
    had = before.mode if before is not None else DEFAULT.value
    # What was private before the last choice must stay so after this one.
    previous = min(had, before.previous) if before is not None else had
    row, _new = Showing.objects.update_or_create(
        member=member, defaults={"mode": mode, "previous": previous, "since": clock.now()}
    )
    record("visits.mode_chosen", actor=member, subject=member, mode=int(mode))
    return row


def mode_of(member: Member) -> Mode:
    """The mode a member has chosen, or the one everybody has until then."""
    chosen = Showing.objects.filter(member=member).values_list("mode", flat=True).first()
    return DEFAULT if chosen is None else Mode(chosen)
