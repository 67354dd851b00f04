"""What runs by the clock."""

from procrastinate.contrib.django import app

from collegium.sorting import learning


@app.task(name="sorting.train", queue="chores")
def train(timestamp: int = 0) -> None:
    """Make new weights when something new was taught; on Mondays, as the account counts verdicts (`reach.ledger`)."""
    learning.train()
