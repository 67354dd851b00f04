"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.groups import succession
from collegium.groups.actions import barring


@app.task(name="groups.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Give groups an owner that have none any more, and end the bans whose time is over."""
    succession.sweep()
    barring.expire()
