"""A proof that is found no longer: missed, warned of, and at last the page is a plain record again. The clock acts."""

from datetime import timedelta

from django.db import transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.organizations.models import Organization
from collegium.pages.models import Claim, Offer, Role

MISSES = 3
AGAIN, AFTER_A_MISS = timedelta(days=30), timedelta(days=1)
WARNING, KEPT = timedelta(days=14), timedelta(days=30)
WAITS, WAITING_AGAIN = timedelta(days=14), timedelta(hours=1)
AT_ONCE = 200


@transaction.atomic
def seen_again(claim: Claim, way: str) -> None:
    """What a later look at a proved domain found.

    Three misses in a row, a day apart, warn the administrators; two weeks later the page falls back to a plain record,
    unless it was found in between. So a name server may be away for half a month.

    Args:
        claim: which.
        way: by which the token was found; "" when it was not.
    """
    row = _living(claim)
    if row is None:
        return
    now = clock.now()
    row.checked_at = now
    row.missed = 0 if way else min(row.missed + 1, 1000)
    if way:
        row.warned_at, row.way = None, way
    elif row.missed >= MISSES and row.warned_at is None:
        row.warned_at = now
        record("pages.warned", subject=row.organization_id, domain=row.domain, day=str((now + WARNING).date()))
    row.save(update_fields=["checked_at", "missed", "warned_at", "way"])
    if row.warned_at is not None and row.warned_at <= now - WARNING:
        _fall(row)


def looked(claim: Claim) -> None:
    """A claim that waits was looked at, whatever was found."""
    Claim.objects.waiting().filter(pk=claim.pk).update(checked_at=clock.now())


def due() -> list[Claim]:
    """What is to be looked at now: waiting claims hourly, proofs monthly, those missed daily."""
    now = clock.now()
    waiting = Claim.objects.waiting().filter(checked_at__lte=now - WAITING_AGAIN)
    standing = Claim.objects.proved()
    missed = standing.filter(missed__gt=0, checked_at__lte=now - AFTER_A_MISS)
    monthly = standing.filter(missed=0, checked_at__lte=now - AGAIN)
    new = Claim.objects.waiting().filter(checked_at=None)
    found = [*new[:AT_ONCE], *waiting.order_by("checked_at")[:AT_ONCE], *missed.order_by("checked_at")[:AT_ONCE]]
    return [*found, *monthly.order_by("checked_at")[:AT_ONCE]][:AT_ONCE]


@transaction.atomic
def forget() -> None:
    """Claims that nobody showed in two weeks end; the parts of what has been no page for thirty days go."""
    now = clock.now()
    for row in Claim.objects.waiting().select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE]:
        if row.created_at <= now - WAITS:
            Claim.objects.filter(pk=row.pk).update(ended_at=now)
            record("pages.claim_ended", subject=row.organization_id, domain=row.domain)
    lately = Claim.objects.filter(proved_at__isnull=False, ended_at__gt=now - KEPT).values("organization")
    for table in (Role, Offer):
        table.objects.filter(organization__page_since=None).exclude(organization__in=lately).delete()


def _living(claim: Claim) -> Claim | None:
    """The claim as it is now, if it holds still; the organisation is held first, as everywhere."""
    Organization.objects.select_for_update(of=("self",), no_key=True).filter(pk=claim.organization_id).first()
    return Claim.objects.proved().select_for_update(of=("self",)).filter(pk=claim.pk).first()


def _fall(row: Claim) -> None:
    """End one proof; the page goes with its last one, and its parts wait thirty days for another."""
    Claim.objects.filter(pk=row.pk).update(ended_at=clock.now())
    if not Claim.objects.proved().filter(organization=row.organization_id).exists():
        Organization.objects.filter(pk=row.organization_id).update(page_since=None)
        record("pages.fell_back", subject=row.organization_id, domain=row.domain)
