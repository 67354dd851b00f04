"""The background work: making videos, one at a time, and sweeping up after what was left half way."""

import contextlib
from datetime import timedelta

from django.db import transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from collegium.lib import clock
from collegium.media import videos as media
from collegium.videos import preparing, sources
from collegium.videos.files import clear
from collegium.videos.models import Captions, Video

# One at a time: a video holds one of the worker's hands and, when nothing else wants it, one core.
LANE = "videos"
# A video that has just come in has its job already.
PATIENCE = timedelta(seconds=30)
AT_ONCE = 200


@app.task(name="videos.prepare", queue="videos", pass_context=True)
def prepare(context: JobContext, key: int) -> None:
    """Make one video. Not tried again by itself: `again` finds what is still to be made."""
    preparing.prepare(key, context.should_abort)


def ask_for(key: int) -> None:
    """Have it made; asked twice while it waits, it waits once."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        prepare.configure(lock=LANE, queueing_lock=f"video-{key}").defer(key=key)


@app.task(name="videos.again", queue="chores")
def again(timestamp: int = 0) -> None:
    """Take up what a worker left half way, or what was never begun."""
    left = Video.objects.filter(preparing.unfinished(), touched_at__lt=clock.now() - PATIENCE)
    for key in left.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        ask_for(key)


@app.task(name="videos.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Forget captions that never came to a video, and every file nobody needs; what drafts speak of stays."""
    sources.keep_drafted()
    Captions.objects.stale().delete()
    clear()
    sources.sweep()
    media.sweep()
