"""How disputes end: by the clock, by what the person does, by a proof, by an owner's word. No page is asked here."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.career.models import Disowned, Item
from collegium.journal.models import Entry
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.models import Dispute
from collegium.workplaces.models import Proof

PARTED_FOR = timedelta(days=180)
AGAIN_WITHIN, TIME_AGAIN = timedelta(days=2), timedelta(days=3)
AT_ONCE = 500
State = Dispute.State


def fresh(dispute: Dispute) -> Dispute:
    """The row as it is now, held until the end of the transaction; the organisation is held before it.

    Raises:
        Conflict: it is gone with its person.
    """
    row = Dispute.objects.select_for_update(of=("self",)).filter(pk=dispute.pk).first()
    if row is None:
        raise Conflict(_("This is gone."))
    return row


def settle(row: Dispute, state: str, *, by: Member | None = None, words: str = "", proved: bool = False) -> None:
    """End it; the row is held by the caller.

    Args:
        row: an open one.
        state: how.
        by: who ended it; None for the clock and for what ended it by itself.
        words: of whoever decided.
        proved: the person proved her workplace.
    """
    row.state, row.settled_at = state, clock.now()
    row.save(update_fields=["state", "settled_at"])
    if state == State.UPHELD:
        _part(row)
    told = {"dispute": row.pk, "member": row.member_id, "state": state, "words": words, "proved": proved}
    record("pages.dispute_settled", actor=by, subject=row.organization_id, **told)


def expire() -> None:
    """Nobody answered in time: the page is believed."""
    over = Dispute.objects.filter(state=State.OPEN, answer_by__lte=clock.now()).order_by("answer_by")
    for dispute in over[:AT_ONCE]:
        _in_turn(dispute.pk, State.UPHELD)


def claim_changed(entry: Entry) -> None:
    """The person took the entry away, or names another organisation: she has yielded."""
    for dispute in _open(item=entry.subject or 0):
        item = Item.objects.kept().filter(pk=entry.subject or 0, organization=dispute.organization_id)
        if not item.exists():
            _in_turn(dispute.pk, State.YIELDED)


@transaction.atomic
def claim_restored(entry: Entry) -> None:
    """What was taken away comes back, and with it the question that was put to it."""
    since = clock.now() - AGAIN_WITHIN
    lately = Dispute.objects.select_for_update(of=("self",)).filter(
        item=entry.subject or 0, state=State.YIELDED, settled_at__gt=since
    )
    item = Item.objects.kept().filter(pk=entry.subject or 0).first()
    row = lately.order_by("-settled_at").first()
    if row is None or item is None or item.organization_id != row.organization_id:
        return
    if not _open(item=item.pk, organization=row.organization_id):
        row.state, row.settled_at = State.OPEN, None
        row.answer_by = max(row.answer_by, clock.now() + TIME_AGAIN)
        row.save(update_fields=["state", "settled_at", "answer_by"])


def workplace_proved(entry: Entry) -> None:
    """An address at work was proved: whoever reads mail there works there."""
    proof = Proof.objects.lasting().filter(pk=entry.subject or 0).first()
    if proof is None or proof.organization_id is None:
        return
    for dispute in _open(member=proof.member_id, organization=proof.organization_id):
        _in_turn(dispute.pk, State.DISMISSED, proved=True)


def _open(**of: int) -> list[Dispute]:
    return list(Dispute.objects.filter(state__in=Dispute.OPEN_STATES, **of))


@transaction.atomic
def _in_turn(key: int, state: str, *, proved: bool = False) -> None:
    """Settle one that is open still, after whoever holds it."""
    found = Dispute.objects.filter(pk=key).first()
    if found is None:
        return
    Organization.objects.select_for_update(of=("self",), no_key=True).filter(pk=found.organization_id).first()
    row = fresh(found)
    if row.is_open and (state != State.UPHELD or row.state == State.OPEN):
        settle(row, state, proved=proved)


def _part(row: Dispute) -> None:
    """The entry loses the record, and no entry of hers is led to it for half a year. Her words stay."""
    Item.objects.filter(pk=row.item_id or 0, organization=row.organization_id).update(organization=None)
    until = clock.now() + PARTED_FOR
    Disowned.objects.update_or_create(
        member_id=row.member_id, organization_id=row.organization_id, defaults={"until": until}
    )
