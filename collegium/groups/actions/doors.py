"""Coming in: at once, by asking, by being asked. And accepting the rules, whenever they change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.groups import rules
from collegium.groups.actions.holding import close_doors, hold, require_open
from collegium.groups.models import Group, Invitation, Membership, Question, Request
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member


@transaction.atomic
def join(group: Group, *, by: Member, agreed: bool = False) -> Membership:
    """Come in, where it is open or an invitation waits; done twice it is done once.

    Args:
        group: into which.
        by: who comes.
        agreed: that she accepts the rules; without them there is nothing to accept.

    Raises:
        Conflict: it has ended, is not open any more, or its rules are not accepted.
    """
    row = hold(group)
    mine = rules.seat(by, row)
    if mine is not None:
        return mine
    require_open(row)
    require(rules.may_knock(by, row), _why_not(by, row))
    if not rules.may_join(by, row):
        raise Conflict(_("This group cannot be joined at once any more."))
    _require_agreed(row, agreed)
    return _let_in(row, by, how="invited" if rules.invited(by, row) else "open")


@transaction.atomic
def ask(group: Group, *, by: Member, answers: Mapping[int, str], agreed: bool = False) -> Request:
    """Ask to be let in; the answers are kept with the questions as they stand.

    Args:
        group: into which.
        by: who asks.
        answers: by key of the question.
        agreed: that she accepts the rules.

    Raises:
        Conflict: it has ended, lets nobody ask any more, she is in it, or a question that must be answered is not.
    """
    row = hold(group)
    require_open(row)
    require(rules.may_knock(by, row), _why_not(by, row))
    if rules.seat(by, row) is not None:
        raise Conflict(_("You are in this group already."))
    if not rules.may_ask(by, row):
        raise Conflict(_("This group takes no requests any more."))
    _require_agreed(row, agreed)
    kept = _answered(row, answers)
    waiting = Request.objects.standing().filter(group=row, member=by).first()
    if waiting is not None:
        return waiting
    made = _asked(row, by, kept)
    record("groups.asked", actor=by, request=made.pk, group=row.pk)
    return made


@transaction.atomic
def withdraw_request(group: Group, *, by: Member) -> None:
    """Take one's own request back; nobody is told.

    Raises:
        Conflict: somebody decided it meanwhile.
    """
    require(by.is_active)
    hold(group)
    mine = Request.objects.standing().filter(group=group, member=by).first()
    if mine is None:
        raise Conflict(_("Your request has been decided already."))
    _settle(mine, Request.Outcome.WITHDRAWN)
    record("groups.request_withdrawn", actor=by, request=mine.pk, group=group.pk)


@transaction.atomic
def accept(request: Request, *, by: Member) -> Membership:
    """Let somebody in who asked.

    Raises:
        Conflict: it was decided or taken back meanwhile, or she is not in good standing.
    """
    require(rules.may_manage(by, request.group))
    row, held = _decidable(request, by)
    if not held.member.is_active or rules.banned(held.member, row) is not None:
        raise Conflict(_("%(name)s cannot be let in at the moment.") % {"name": held.member.name})
    _settle(held, Request.Outcome.ACCEPTED, by=by)
    mine = _let_in(row, held.member, how="asked", agreed_at=held.agreed_at)
    record("groups.let_in", actor=by, subject=row, member=held.member_id, request=held.pk)
    return mine


@transaction.atomic
def decline(request: Request, *, by: Member, words: str = "") -> None:
    """Turn somebody away who asked; she is told, with the words if there are any, and may ask again.

    Raises:
        Conflict: it was decided or taken back meanwhile.
    """
    require(rules.may_manage(by, request.group))
    row, held = _decidable(request, by)
    held.words = words
    _settle(held, Request.Outcome.DECLINED, by=by)
    record("groups.turned_down", actor=by, subject=row, member=held.member_id, request=held.pk, words=words)


@transaction.atomic
def agree(group: Group, *, by: Member, read_at: datetime | None = None) -> None:
    """Accept the rules as they stand.

    Args:
        group: whose rules.
        by: a member of it.
        read_at: when the rules that she read were made; others than these she has not accepted.

    Raises:
        Conflict: they changed while she read.
    """
    row = hold(group)
    require(rules.seat(by, row) is not None)
    if read_at is not None and row.rules_at is not None and row.rules_at > read_at:
        raise Conflict(_("The rules changed while you read. Please read them once more."))
    Membership.objects.filter(group=row, member=by).update(agreed_at=clock.now())
    record("groups.rules_accepted", actor=by, group=row.pk)


def _let_in(group: Group, member: Member, *, how: str, agreed_at: datetime | None = None) -> Membership:
    close_doors(group, member, Invitation.Outcome.ACCEPTED)
    mine, fresh = Membership.objects.get_or_create(
        member=member, group=group, defaults={"agreed_at": agreed_at or clock.now()}
    )
    if fresh:
        record("groups.joined", actor=member, group=group.pk, how=how)
    return mine


def _decidable(request: Request, by: Member) -> tuple[Group, Request]:
    row = hold(request.group)
    require(rules.may_manage(by, row))
    held = Request.objects.standing().select_related("member").filter(pk=request.pk, group=row).first()
    if held is None:
        raise Conflict(_("This request has been decided or taken back already."))
    return row, held


def _settle(request: Request, outcome: str, *, by: Member | None = None) -> None:
    request.outcome, request.settled_at, request.settled_by = outcome, clock.now(), by
    request.save(update_fields=["outcome", "settled_at", "settled_by", "words"])


def _asked(group: Group, by: Member, kept: list[dict[str, Any]]) -> Request:
    try:
        with transaction.atomic():
            return Request.objects.create(group=group, member=by, answers=kept, agreed_at=clock.now())
    except IntegrityError:
        raise Conflict(_("You asked already.")) from None


def _answered(group: Group, answers: Mapping[int, str]) -> list[dict[str, Any]]:
    """Each question with its answer.

    Raises:
        Conflict: one that must be answered is not; the questions changed while she wrote.
    """
    kept = []
    for each in Question.objects.filter(group=group).order_by("rank"):
        answer = answers.get(each.pk, "")
        if each.required and not answer:
            raise Conflict(_("The questions of this group changed while you wrote. Please look at them once more."))
        kept.append({"question": each.words, "answer": answer})
    return kept


def _require_agreed(group: Group, agreed: bool) -> None:
    if group.rules and not agreed:
        raise Conflict(_("To join you accept the rules of the group."))


def _why_not(member: Member, group: Group) -> str:
    return _("You are kept out of this group.") if rules.banned(member, group) is not None else ""
