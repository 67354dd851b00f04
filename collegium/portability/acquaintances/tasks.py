"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.lib import clock, ids
from collegium.portability.acquaintances.models import Lookup
from collegium.portability.acquaintances.rules import DAY
from collegium.portability.imports import seeking


@app.task(name="portability.sweep_lookups", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget what was looked for more than a day ago, and who was recognised; go on with archives that wait."""
    Lookup.objects.filter(pk__lt=ids.floor_at(clock.now() - DAY)).delete()
    seeking.go_on()
