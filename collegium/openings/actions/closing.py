"""Ending an opening, with the reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import rules
from collegium.openings.actions.holding import held
from collegium.openings.models import Ended, Opening, State
from collegium.pages import rules as pages

# What a person can say; the rest only the clock does.
SAID = (Ended.FILLED, Ended.CALLED_OFF)


@transaction.atomic
def close(opening: Opening, why: str, *, by: Member) -> Opening:
    """Take it down. Whoever applied is told, and has an answer coming for fourteen days.

    Args:
        opening: one that was posted.
        why: `Ended.FILLED` or `Ended.CALLED_OFF`.
        by: a lead of its team.

    Raises:
        Conflict: it is a draft, or closed already.
    """
    row = held(opening)
    require(rules.may_lead(by, row))
    if why not in SAID:
        raise Conflict(_("Say why it closes."))
    return _ended(row, why, by)


@transaction.atomic
def take_down(opening: Opening, *, by: Member) -> Opening:
    """An owner of the community ends what should not stand; the team learns that, and not who it was.

    Raises:
        Conflict: it is a draft, or closed already.
    """
    row = held(opening)
    require(pages.may_keep(by))
    return _ended(row, Ended.REMOVED, None)


@transaction.atomic
def close_by_clock(key: int, why: str) -> Opening | None:
    """What a sweep found, if it is still so; None when somebody was faster."""
    rows = Opening.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    row = rows.filter(pk=key, state=State.LIVE).first()
    if row is None or (why != Ended.LEFT and row.stands):
        return None
    return _ended(row, why, None)


def _ended(row: Opening, why: str, by: Member | None) -> Opening:
    if row.state != State.LIVE:
        raise Conflict(_("This opening is not posted.") if row.state == State.DRAFT else _("It is closed already."))
    row.state, row.ended, row.closed_at = State.CLOSED, why, clock.now()
    row.save(update_fields=["state", "ended", "closed_at"])
    record("openings.closed", actor=by, subject=row, why=str(why), organization=row.organization_id)
    return row
