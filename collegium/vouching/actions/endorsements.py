"""Endorsing a skill, taking it back; and the owner's say over what of it is shown."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.career.models import Holding
from collegium.journal.record import record
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.vouching import rules
from collegium.vouching.models import Endorsement
from collegium.vouching.models.endorsements import hold, lately


def _held(holding: Holding) -> Holding:
    """The skill as it is now, so that it cannot be removed under what is being said of it.

    Raises:
        Conflict: it is gone.
    """
    if (row := hold(holding.pk)) is None:
        raise Conflict(_("This skill was removed meanwhile."))
    return row


@transaction.atomic
def endorse(holding: Holding, *, by: Member) -> Endorsement:
    """Say that somebody can do this; said twice it is said once.

    Said again when it is too old to count, it counts anew. The owner hears of the first time alone, and what she has
    hidden stays hidden.

    Raises:
        Refusal: not connected, or the skill is one's own.
        Conflict: the skill is gone.
    """
    holding = _held(holding)
    require(rules.may_endorse(by, holding), _("Only people who are connected endorse each other’s skills."))
    row, fresh = Endorsement.objects.get_or_create(holding=holding, giver=by, defaults={"member_id": holding.member_id})
    if fresh:
        record("vouching.endorsed", actor=by, subject=holding, owner=holding.member_id)
    elif Endorsement.objects.filter(pk=row.pk).exclude(lately()).update(said=ids.NewId()):
        record("vouching.renewed", actor=by, subject=holding, owner=holding.member_id)
    return row


@transaction.atomic
def take_back(holding: Holding, *, by: Member) -> None:
    """Say it no more; nobody is told."""
    require(rules.may_take_back(by))
    gone, _models = Endorsement.objects.filter(holding=holding, giver=by).delete()
    if gone:
        record("vouching.unendorsed", actor=by, subject=holding, owner=holding.member_id)


@transaction.atomic
def hide(row: Endorsement, *, by: Member) -> None:
    """Show this endorsement to nobody but its giver, who is not told."""
    require(rules.may_hide(by, row))
    if Endorsement.objects.filter(pk=row.pk, hidden_at=None).update(hidden_at=clock.now()):
        record("vouching.endorsement_hidden", actor=by, subject=row.holding_id)


@transaction.atomic
def show(row: Endorsement, *, by: Member) -> None:
    """Show it again."""
    require(rules.may_hide(by, row))
    if Endorsement.objects.filter(pk=row.pk).exclude(hidden_at=None).update(hidden_at=None):
        record("vouching.endorsement_shown", actor=by, subject=row.holding_id)


@transaction.atomic
def hide_all(holding: Holding, *, by: Member) -> int:
    """Hide every endorsement the skill has now; how many were still shown."""
    require(rules.may_hide(by, holding))
    hidden = Endorsement.objects.filter(holding=holding, hidden_at=None).update(hidden_at=clock.now())
    if hidden:
        record("vouching.endorsement_hidden", actor=by, subject=holding)
    return hidden


@transaction.atomic
def show_all(holding: Holding, *, by: Member) -> int:
    """Show every endorsement of the skill; how many were hidden."""
    require(rules.may_hide(by, holding))
    shown = Endorsement.objects.filter(holding=holding).exclude(hidden_at=None).update(hidden_at=None)
    if shown:
        record("vouching.endorsement_shown", actor=by, subject=holding)
    return shown
