"""What was taken away goes for good once it can no longer be put back."""

from datetime import timedelta

from django.db import transaction

from collegium.career.models import Holding, Item
from collegium.lib import clock

UNDO_FOR = timedelta(days=1)


@transaction.atomic
def sweep() -> int:
    """Delete items and skills removed more than a day ago. Returns how many rows went, with what was attached to them.

    One that is just being put back is left for the next time.
    """
    since = clock.now() - UNDO_FOR
    items = Item.objects.select_for_update(of=("self",), skip_locked=True).filter(removed_at__lt=since)
    skills = Holding.objects.select_for_update(of=("self",), skip_locked=True).filter(removed_at__lt=since)
    gone = Item.objects.filter(pk__in=list(items.values_list("pk", flat=True))).delete()[0]
    return gone + Holding.objects.filter(pk__in=list(skills.values_list("pk", flat=True))).delete()[0]
