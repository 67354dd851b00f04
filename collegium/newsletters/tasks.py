"""Sending issues in the background, a batch at a time."""

from procrastinate.contrib.django import app

from collegium.lib import mail
from collegium.newsletters import sending

BATCH = 500


@app.task(name="newsletters.send", queue="chores")
def send(issue: int) -> None:
    """Go on with one issue; what is left, the sweep goes on with. Begun twice, nobody gets it twice."""
    row = sending.open_issue(issue)
    if row is None:
        return
    try:
        sending.send(row, BATCH)
    except mail.Away:
        return


@app.task(name="newsletters.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Go on with what has not reached everybody: more readers than a batch, a worker killed, a mail server away."""
    for key in list(sending.waiting().values_list("pk", flat=True)[:20]):
        send(issue=key)
