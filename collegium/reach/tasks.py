"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.reach import keys


@app.task(name="reach.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget keys that were revoked long ago."""
    keys.forget()
