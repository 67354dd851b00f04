"""What runs by the clock."""

from datetime import timedelta

from django.db.models import DurationField, ExpressionWrapper, F
from procrastinate.contrib.django import app

from collegium.lib import clock
from collegium.referrals.models import Referral, State

# Half a year on, what led nowhere is forgotten; what was given goes with the applications, the last of which end two
# weeks after the opening.
KEPT, LAST_ANSWERS = timedelta(days=183), timedelta(days=14)


@app.task(name="referrals.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget what is over.

    Nothing depends on when this runs: a question counts as over from the moment it is, and what belongs to an
    application was erased with it. This takes what nobody applied with.
    """
    now = clock.now()
    Referral.objects.exclude(state=State.GIVEN).filter(asked_at__lt=now - KEPT).delete()
    kept = ExpressionWrapper(F("opening__kept_days") * timedelta(days=1), output_field=DurationField())
    over = Referral.objects.filter(opening__closed_at__lt=now - LAST_ANSWERS - kept)
    over.delete()
