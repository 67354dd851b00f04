"""What the applicant does with an application of hers: taking it back, and erasing what she sent."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import erasing, rules
from collegium.applications.actions.stepping import held_alone, step
from collegium.applications.models import Application, Standing
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def withdraw(application: Application, *, by: Member) -> Application:
    """Take an application back; those who hire are told, and read it until it is erased.

    Raises:
        Conflict: it has ended meanwhile.
    """
    row = held_alone(application)
    require(rules.may_withdraw(by, row))
    if row.standing == Standing.WITHDRAWN:
        return row
    if row.has_ended:
        raise Conflict(_("This application has ended meanwhile; it cannot be withdrawn any more."))
    row.owed_since = None
    made = step(row, Standing.WITHDRAWN)
    # The journal does not say who: the row is to be nameless one day, and everything that tells of it.
    record("applications.withdrawn", subject=row, step=made.pk)
    return row


@transaction.atomic
def erase(application: Application, *, by: Member) -> None:
    """Erase now what was sent with an application that has ended.

    Raises:
        Conflict: it has not ended.
    """
    row = held_alone(application)
    require(rules.may_erase(by, row))
    if not row.has_ended:
        raise Conflict(_("This application has not ended. Withdraw it first; then you can erase what you sent."))
    erasing.erase(row)
    record("applications.erased", subject=row)
