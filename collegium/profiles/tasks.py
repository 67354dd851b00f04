"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.profiles import card


@app.task(name="profiles.sweep_cards", queue="chores")
def sweep_cards(timestamp: int = 0) -> None:
    """Delete the cards drawn a month ago; one that is still asked for is drawn anew."""
    card.sweep()
