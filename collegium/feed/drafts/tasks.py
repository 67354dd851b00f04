"""What the clock does with posts: it posts what is due, and deletes what is over."""

from contextlib import suppress
from datetime import timedelta

from django.db.models import F
from procrastinate.contrib.django import app

from collegium.feed import actions as feed
from collegium.feed.drafts import actions
from collegium.feed.drafts.rows import GONE
from collegium.feed.models import Draft, Post
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal

BATCH = 200
COMES_BACK = timedelta(days=1)


@app.task(name="feed.post_due", queue="chores")
def post_due(timestamp: int = 0) -> None:
    """Post what is due, in the order of its hours; each in a transaction of its own."""
    due = Draft.objects.filter(due_at__lte=clock.now()).order_by(F("due_at"), "pk")
    for key in list(due.values_list("pk", flat=True)[:BATCH]):
        actions.publish(key)


@app.task(name="feed.end_posts", queue="chores")
def end_posts(timestamp: int = 0) -> None:
    """Delete what is over; nobody has seen it since its hour."""
    for row in Post.objects.filter(ends_at__lte=clock.now()).order_by("ends_at")[:BATCH]:
        # Deleted by another sweep, or given another hour, since it was read.
        with suppress(Conflict, Refusal):
            feed.end_post(row)


@app.task(name="feed.forget_drafts", queue="chores")
def forget_drafts(timestamp: int = 0) -> None:
    """Delete for good the drafts that were deleted more than a day ago."""
    Draft.objects.filter(values__has_key=GONE, touched_at__lt=clock.now() - COMES_BACK).delete()
