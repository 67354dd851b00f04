"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.applications import settling


@app.task(name="applications.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """End what nobody answered, erase what is over, delete files that belong to nothing."""
    settling.settle()
