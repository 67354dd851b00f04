"""Showing a message to those who run the place: a copy of this one message, by somebody who reads it; and its end."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.messaging import order, rules
from collegium.messaging.models import Message, Report
from collegium.messaging.models.messages import TEXT_LIMIT
from collegium.messaging.models.requests import WORDS_LIMIT


@transaction.atomic
def report(message: Message, *, by: Member, words: str) -> Report:
    """Hand over one message as it reads now, once. Nothing else of the conversation goes with it.

    Args:
        message: somebody else's words.
        by: who reads them.
        words: what she says about it, cleaned.
    """
    order.hold(message.conversation)
    require(rules.may_report(by, message))
    fresh = Message.objects.get(pk=message.pk)
    given = {"author_id": fresh.author_id, "text": _copy(fresh), "sent_at": fresh.sent_at, "words": words[:WORDS_LIMIT]}
    row, new = Report.objects.get_or_create(reporter=by, message=fresh, defaults=given)
    if new:
        record("messaging.reported", actor=by, subject=row, author=fresh.author_id)
    return row


@transaction.atomic
def close(row: Report, *, by: Member, outcome: str) -> None:
    """Say what came of a report, once. Who made it is told that it was looked at, and not what came of it.

    Args:
        row: the report.
        by: who runs the place.
        outcome: a `Report.Outcome` that is not empty.

    Raises:
        Conflict: somebody closed it already.
    """
    require(rules.may_close(by, row))
    require(outcome in Report.Outcome.values and bool(outcome))
    closed = Report.objects.filter(pk=row.pk, closed_at=None)
    if not closed.update(closed_at=clock.now(), closed_by=by, outcome=outcome):
        raise Conflict(_("This report is closed already."))
    record("messaging.report_closed", actor=by, subject=row, reporter=row.reporter_id, outcome=outcome)


def _copy(message: Message) -> str:
    """What it says, and what its files are called; the files themselves stay with those who read it."""
    names = message.files.order_by("place").values_list("name", flat=True) if message.has_files else ()
    return "\n".join([message.text, *names]).strip()[:TEXT_LIMIT]
