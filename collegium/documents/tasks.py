"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.documents import settling


@app.task(name="documents.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Put on the shelf what was interrupted on its way there; delete files that belong to nothing."""
    settling.again()
    settling.clear()
