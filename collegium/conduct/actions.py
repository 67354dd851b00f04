"""Restricting, lifting, appealing, answering. Each is told to the member whom it is about, and to nobody else."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.conduct import rules
from collegium.conduct.models import Appeal, Restriction
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

By = Restriction.By


@transaction.atomic
def restrict(
    member: Member, *, by: Member | None, reason: str, until: datetime, words: str = "", rule: str = ""
) -> Restriction | None:
    """Let a member invite nobody for a while.

    Args:
        member: who is restricted.
        by: the owner who decides; None is the operator's command line, or a rule.
        reason: one of `Restriction.Reason`.
        until: when it ends by itself.
        words: what the operator says to it; a rule needs none.
        rule: what a rule saw, so that it restricts once for it; '' when a person decides.

    Returns:
        The restriction; None when the rule has restricted for this already.

    Raises:
        Conflict: it would have ended already, or a person gives no words.
    """
    held = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    require(rules.may_restrict(by, held))
    now = clock.now()
    if until <= now:
        raise Conflict(_("A restriction ends later than it begins."))
    if not rule and not words:
        raise Conflict(_("Say why: the member reads it."))
    cause = rule or f"by hand {now.isoformat()}"
    values = {"reason": reason, "words": words, "until": until, "since": now, "by": By.RULE if rule else By.OPERATOR}
    made, fresh = Restriction.objects.get_or_create(member=held, cause=cause, defaults=values)
    if not fresh:
        return None
    record("conduct.restricted", actor=by, subject=made, member=held.pk, reason=str(reason), rule=rule)
    return made


@transaction.atomic
def lift(restriction: Restriction, *, by: Member | None) -> Restriction:
    """End a restriction before its time. Doing so twice changes nothing.

    Raises:
        Conflict: it ended by itself.
    """
    row = _held(restriction)
    require(rules.may_restrict(by, row.member))
    if row.lifted_at is not None:
        return row
    if not row.is_living:
        raise Conflict(_("This restriction has ended."))
    row.lifted_at = clock.now()
    row.save(update_fields=["lifted_at"])
    record("conduct.lifted", actor=by, subject=row, member=row.member_id)
    return row


@transaction.atomic
def appeal(restriction: Restriction, words: str, *, by: Member) -> Appeal:
    """Say what there is to say against it, once. The same words again are no error.

    Raises:
        Conflict: it has ended, or was appealed against in other words.
    """
    row = _held(restriction)
    require(rules.may_appeal(by, row))
    mine: Appeal | None = getattr(row, "appeal", None)
    if mine is not None and mine.words == words:
        return mine
    if hindrance := rules.hindrance_to_appealing(row):
        raise hindrance
    made = Appeal.objects.create(restriction=row, words=words)
    record("conduct.appealed", actor=by, subject=row)
    return made


@transaction.atomic
def answer(restriction: Restriction, words: str, *, by: Member | None, lifted: bool) -> Appeal:
    """Answer an appeal: the restriction stays or is lifted, and the member reads why.

    Raises:
        Conflict: nobody appealed, it was answered otherwise, or there are no words.
    """
    row = _held(restriction)
    require(rules.may_restrict(by, row.member))
    mine: Appeal | None = getattr(row, "appeal", None)
    outcome = Appeal.Outcome.LIFTED if lifted else Appeal.Outcome.UPHELD
    if mine is None:
        raise Conflict(_("Nobody has appealed against this restriction."))
    if (mine.outcome, mine.answer) == (outcome, words):
        return mine
    if mine.outcome != Appeal.Outcome.OPEN:
        raise Conflict(_("This appeal has been answered already."))
    if not words:
        raise Conflict(_("Say why: the member reads it."))
    mine.outcome, mine.answer, mine.answered_at = outcome, words, clock.now()
    mine.save(update_fields=["outcome", "answer", "answered_at"])
    if lifted and row.is_living:
        row.lifted_at = mine.answered_at
        row.save(update_fields=["lifted_at"])
    record("conduct.answered", actor=by, subject=row, member=row.member_id, outcome=str(outcome))
    return mine


def _held(restriction: Restriction) -> Restriction:
    """The row as it is now, locked, with its member and its appeal."""
    Restriction.objects.select_for_update().get(pk=restriction.pk)
    return Restriction.objects.select_related("member__user", "appeal").get(pk=restriction.pk)
