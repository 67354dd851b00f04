"""Putting an opening before readers, once."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import posting, rules
from collegium.openings.actions.holding import held
from collegium.openings.models import LONGEST, Opening, State


class Hindered(Conflict):
    """It cannot be posted as it is; carries everything that hinders, for the form."""

    def __init__(self, problems: list[posting.Problem]) -> None:
        super().__init__(problems[0].words)
        self.problems = problems


@transaction.atomic
def post(opening: Opening, *, by: Member, days: int | None = None) -> Opening:
    """Offer it to readers. Nothing ever brings it to the top again.

    Args:
        opening: a draft.
        by: who posts it; readers who may see her read so.
        days: so long it stands; what the draft says without it.

    Raises:
        Conflict: it is no draft any more.
        Hindered: something is missing, or the same post was offered lately.
    """
    row = held(opening)
    require(rules.may_post(by, row))
    if row.state != State.DRAFT:
        raise Conflict(_("This opening is posted already."))
    hindered(row)
    now = clock.now()
    row.poster, row.state, row.posted_at, row.reviewed_at = by, State.LIVE, now, now
    row.expires_at = now + min(timedelta(days=days or row.days), LONGEST)
    row.save(update_fields=["poster", "state", "posted_at", "reviewed_at", "expires_at"])
    record("openings.posted", actor=by, subject=row, organization=row.organization_id)
    return row


def hindered(row: Opening) -> None:
    """Refuse what may not stand.

    Raises:
        Hindered: something is missing, or the same post was offered lately.
    """
    _one_at_a_time(row.organization_id)
    if found := posting.problems(row):
        raise Hindered(found)


def _one_at_a_time(organization: int) -> None:
    """Two who post the same at the same moment for one organisation: the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"openings.post:{organization}"])
