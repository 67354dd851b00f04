"""Saying that an opening is not what it seems, and what the owners of the community decide."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings.actions.closing import take_down
from collegium.openings.actions.holding import held
from collegium.openings.models import Opening, Report, State
from collegium.openings.trust import rules

MOST_WAITING = 20
Outcome = Report.State


@transaction.atomic
def report(opening: Opening, reason: str, words: str, *, by: Member) -> None:
    """Tell the owners. Said twice is once; the team of the opening never learns who said it.

    Raises:
        Conflict: too many of her words wait for an answer.
    """
    row = held(opening)
    require(rules.may_report(by, row))
    if Report.objects.filter(by=by, state=Outcome.OPEN).count() >= MOST_WAITING:
        raise Conflict(_("Twenty of your reports wait for an answer. Please let them be looked at first."))
    try:
        with transaction.atomic():
            made = Report.objects.create(opening=row, by=by, reason=reason, words=words)
    except IntegrityError:
        return
    record("openings.reported", actor=by, subject=row, report=made.pk)


@transaction.atomic
def settle(opening: Opening, outcome: str, *, by: Member) -> None:
    """Close the opening, or let it stand; everything that was said of it is answered so.

    Args:
        opening: of which something was said.
        outcome: `Report.State.CLOSED` or `.DISMISSED`.
        by: an owner of the community.

    Raises:
        Conflict: nothing waits any more.
    """
    row = held(opening)
    require(rules.may_settle(by, row))
    if outcome == Outcome.CLOSED and row.state == State.LIVE:
        take_down(row, by=by)
    waiting = Report.objects.filter(opening=row, state=Outcome.OPEN)
    told = list(waiting.exclude(by=None).values_list("by_id", flat=True))
    if not waiting.update(state=outcome, settled_at=clock.now()):
        raise Conflict(_("Somebody else has answered this already."))
    record("openings.reports_settled", actor=by, subject=row, outcome=str(outcome), told=told)
