"""What happens to slides in the background: they are drawn, in a queue of their own; what was lost is swept."""

from datetime import timedelta

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from collegium.decks import drawing, places
from collegium.decks.files import clear
from collegium.decks.models import Deck
from collegium.lib import clock, ids
from collegium.lib.logs import logger
from collegium.media.slides import UnusableSlides

log = logger("collegium.decks")
ATTEMPTS = 3
# Longer than a full queue takes; what is still not drawn then is drawn by nobody.
LOST = timedelta(hours=6)


@app.task(name="decks.draw", queue="slides", pass_context=True, retry=RetryStrategy(max_attempts=ATTEMPTS - 1, wait=1))
def draw(context: JobContext, key: int) -> None:
    """Draw the pages of a deck."""
    try:
        drawing.draw(key)
    except Exception:
        if context.job.attempts + 1 < ATTEMPTS:
            raise
        log.exception("slides could not be drawn", key=key)
        drawing.refuse(key, str(UnusableSlides("broken")))


@app.task(name="decks.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Say of what nobody draws that it is lost; delete files that belong to nothing."""
    lost = Deck.objects.filter(state=Deck.State.DRAWING, pk__lt=ids.floor_at(clock.now() - LOST))
    for key in lost.values_list("pk", flat=True):
        drawing.refuse(key, str(UnusableSlides("slow")))
    lying = places.lonely()
    needed = set(Deck.objects.filter(pk__in=lying, state=Deck.State.DRAWING).values_list("pk", flat=True))
    for key in lying:
        if key not in needed:
            places.remove(key)
    clear()
