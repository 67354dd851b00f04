"""“We worked together”: proposed by one, confirmed by the other, ended by either."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.ties.pairs import hold
from collegium.vouching import rules
from collegium.vouching.models import Confirmation
from collegium.vouching.together import Place


@transaction.atomic
def propose(member: Member, other: Member, place: Place, *, since: str, until: str) -> Confirmation:
    """Say that the two were at a place in the same time. Where the other has said the very same, it is confirmed.

    Args:
        member: who says it.
        other: who is asked.
        place: from `together.places`, which both have on their profiles.
        since: partial date.
        until: partial date; "" goes on.

    Raises:
        Refusal: not connected.
        Conflict: said already, or too many wait.
    """
    member, other = hold(member, other)
    require(rules.may_propose(member, other), _("One confirms this with people one is connected with."))
    low, high = sorted((member, other), key=lambda each: each.pk)
    rows = Confirmation.objects.filter(low=low, high=high).with_people()
    before = next((row for row in rows if place.is_of(row)), None)
    if before is not None:
        return _again(before, member, since, until)
    if hindrance := rules.hindrance_to_proposing(member):
        raise hindrance
    row = Confirmation.objects.create(
        low=low,
        high=high,
        organization_id=place.organization,
        name=place.name,
        since=since,
        until=until,
        asked_by=member,
    )
    record("vouching.proposed", actor=member, subject=row, other=other.pk)
    return row


def _again(row: Confirmation, member: Member, since: str, until: str) -> Confirmation:
    """It was said before: the same by the same changes nothing, the same by the other confirms it."""
    if (row.since, row.until) == (since, until):
        return row if row.confirmed_at or row.asked_by_id == member.pk else confirm(row, by=member)
    raise Conflict(_("There is one about %(name)s between you already. End it first.") % {"name": row.name})


@transaction.atomic
def confirm(row: Confirmation, *, by: Member) -> Confirmation:
    """Say it too.

    Raises:
        Refusal: not the one who was asked, or no longer connected.
        Conflict: ended meanwhile.
    """
    hold(row.low, row.high)
    fresh = Confirmation.objects.with_people().filter(pk=row.pk).first()
    if fresh is None:
        raise Conflict(_("This was taken back meanwhile."))
    require(rules.may_confirm(by, fresh))
    if fresh.confirmed_at is None:
        fresh.confirmed_at = clock.now()
        fresh.save(update_fields=["confirmed_at"])
        record("vouching.confirmed", actor=by, subject=fresh, asked_by=fresh.asked_by_id)
    return fresh


@transaction.atomic
def end(row: Confirmation, *, by: Member) -> None:
    """Say it no more, or decline to: it is gone for both, and nobody is told."""
    require(rules.may_end(by, row))
    hold(row.low, row.high)
    gone, _models = Confirmation.objects.filter(pk=row.pk).delete()
    if gone:
        record("vouching.ended", actor=by, subject=row.pk)
