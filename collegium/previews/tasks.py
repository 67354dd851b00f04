"""The background work: asking for a page, and letting go of what no post shows any more."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app

from collegium.feed.models import Post
from collegium.lib import clock
from collegium.media.storage import discard
from collegium.previews import actions, fetching
from collegium.previews.looking import look_again
from collegium.previews.models import Preview

KEPT = timedelta(days=30)
AT_ONCE = 500


@app.task(name="previews.look", queue="previews")
def look(post: int) -> None:
    """Ask for the first link of a post and show what came. Not tried again: the next post with the link may."""
    row = Post.objects.filter(pk=post).select_related("author", "page").first()
    if row is None or not settings.PREVIEWS or (row.author is not None and not row.author.is_active):
        return
    place = fetching.first_link(row.body)
    preview = fetching.preview_of(place, row.author_id or row.page_id or 0) if place is not None else None
    with transaction.atomic():
        if actions.hang(row.pk, preview):
            look_again(row)


@app.task(name="previews.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget pages that no post shows and nobody asked for in a month, with their pictures."""
    old = Preview.objects.filter(shown=None, fetched_at__lt=clock.now() - KEPT)
    for row in old.order_by("fetched_at")[:AT_ONCE]:
        gone, _rows = Preview.objects.filter(pk=row.pk, shown=None).delete()
        if gone:
            discard(row.image)
