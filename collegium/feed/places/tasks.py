"""What the clock does in groups: what has waited too long goes back to its author."""

import logging

from procrastinate.contrib.django import app

from collegium.feed.models import Held, PlaceState
from collegium.feed.places import queue
from collegium.lib import clock

BATCH = 200
log = logging.getLogger(__name__)


@app.task(name="feed.expire_waiting", queue="chores")
def expire_waiting(timestamp: int = 0) -> None:
    """Send back what nobody decided about, the longest waiting first; each in a transaction of its own."""
    over = Held.objects.filter(outcome="", by=None, ban=None, since__lte=clock.now() - queue.PATIENCE)
    over = over.filter(post__place_state=PlaceState.WAITING).order_by("since")
    for key in list(over.values_list("pk", flat=True)[:BATCH]):
        try:
            queue.expire(key)
        except Exception:
            # One post that cannot be sent back must not keep the others.
            log.exception("post %s could not be sent back", key)
