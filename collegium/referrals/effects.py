"""What other rooms' doings end here."""

from typing import Protocol

from django.db.models import Q

from collegium.journal.models import Entry
from collegium.referrals.models import OPEN, Referral, State
from collegium.referrals.notices import forget


class Applied(Protocol):
    """An application, as far as this room knows one."""

    opening_id: int
    applicant_id: int | None


def erase(application: Applied) -> None:
    """With what was sent goes what was said for it: questions, notes and words. Called in the same transaction."""
    if application.applicant_id is not None:
        Referral.objects.filter(opening=application.opening_id, asker=application.applicant_id).delete()


def blocked(entry: Entry) -> None:
    """What waited between the two is over for good; what was given stays until its giver takes it back."""
    both = Q(asker=entry.actor, referrer=entry.subject) | Q(asker=entry.subject, referrer=entry.actor)
    rows = Referral.objects.filter(both, state__in=OPEN)
    for key in rows.values_list("pk", flat=True):
        forget(key)
    rows.update(state=State.ENDED)
