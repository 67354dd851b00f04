"""Asking for a recommendation, and the answers short of writing one."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.career.models import Item
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ties.pairs import hold
from collegium.vouching import rules
from collegium.vouching.models import RecommendationRequest

State = RecommendationRequest.State


def _held(wish: RecommendationRequest) -> RecommendationRequest:
    """The request as it is now, its people held still.

    Raises:
        Conflict: it is no more.
    """
    asker, writer = hold(wish.asker, wish.writer)
    row = RecommendationRequest.objects.with_people().filter(pk=wish.pk).first()
    if row is None or row.state == State.WITHDRAWN:
        raise Conflict(_("This request was withdrawn."))
    row.asker, row.writer = asker, writer
    return row


@transaction.atomic
def ask(
    asker: Member, writer: Member, *, note: str = "", relationship: str = "", item: Item | None = None
) -> RecommendationRequest:
    """Ask somebody for a recommendation; the same question sent twice is one.

    Args:
        asker: who asks.
        writer: who is asked.
        note: what to say with it, cleaned.
        relationship: how the asker sees it, one of `Relationship`; the writer states it herself.
        item: the asker's position it is about.

    Raises:
        Refusal: not connected.
        Conflict: asked already, or too many wait.
    """
    asker, writer = hold(asker, writer)
    require(rules.may_ask(asker, writer), _("One asks people one is connected with."))
    if item is not None:
        require(item.member_id == asker.pk)
    given = {"note": note, "relationship": relationship, "item": item}
    if same := RecommendationRequest.objects.filter(
        asker=asker, writer=writer, state__in=State.values[:2], **given
    ).first():
        return same
    if hindrance := rules.hindrance_to_asking(asker, writer):
        raise hindrance
    wish = RecommendationRequest.objects.create(asker=asker, writer=writer, **given)
    record("vouching.asked", actor=asker, subject=wish, writer=writer.pk)
    return wish


@transaction.atomic
def remind(wish: RecommendationRequest, *, by: Member) -> RecommendationRequest:
    """The one reminder. Of a request that was declined it does not arrive.

    Raises:
        Conflict: too early, sent already, or answered.
    """
    row = _held(wish)
    require(rules.may_withdraw_request(by, row))
    require(rules.may_ask(row.asker, row.writer), _("One asks people one is connected with."))
    if row.state == State.WRITTEN:
        raise Conflict(_("%(name)s has written already.") % {"name": row.writer.name})
    if hindrance := rules.hindrance_to_reminding(row):
        raise hindrance
    row.reminded_at = clock.now()
    row.save(update_fields=["reminded_at"])
    record("vouching.reminded", actor=by, subject=row, writer=row.writer_id)
    return row


@transaction.atomic
def withdraw(wish: RecommendationRequest, *, by: Member) -> None:
    """Ask no more; the other sees nothing of it any longer."""
    require(rules.may_withdraw_request(by, wish))
    hold(wish.asker, wish.writer)
    rows = RecommendationRequest.objects.filter(pk=wish.pk, state__in=RecommendationRequest.STANDING)
    if rows.update(state=State.WITHDRAWN, ended_at=clock.now()):
        record("vouching.withdrawn", actor=by, subject=wish, writer=wish.writer_id)


@transaction.atomic
def decline(wish: RecommendationRequest, *, by: Member) -> RecommendationRequest:
    """No, quietly: to the asker nothing changes.

    Raises:
        Conflict: withdrawn meanwhile, or written already.
    """
    row = _held(wish)
    require(rules.may_answer_request(by, row))
    if row.state == State.WRITTEN:
        raise Conflict(_("You have written this recommendation already."))
    if row.state == State.OPEN:
        row.state = State.DECLINED
        row.save(update_fields=["state"])
        record("vouching.declined", actor=by, subject=row)
    return row


@transaction.atomic
def reopen(wish: RecommendationRequest, *, by: Member) -> RecommendationRequest:
    """Take back a decline."""
    row = _held(wish)
    require(rules.may_answer_request(by, row))
    if row.state == State.DECLINED:
        row.state = State.OPEN
        row.save(update_fields=["state"])
        record("vouching.reopened", actor=by, subject=row)
    return row
