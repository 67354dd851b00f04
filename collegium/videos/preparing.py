"""Making a video of what came: taken up by one at a time, told of as it goes on, ended by whoever took it up."""

import contextlib
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from collegium.feed.holding import holders
from collegium.lib import clock
from collegium.lib.logs import logger
from collegium.media.videos import StoppedError, UnusableVideoError, made
from collegium.realtime.poke import poke
from collegium.uploads import taking
from collegium.uploads.models import Upload
from collegium.videos import ending, sources
from collegium.videos.models import State, Video, new_key

log = logger("collegium.videos")
ATTEMPTS = 3
BETWEEN = 1.0
# Who says nothing for so long has died.
LOST = timedelta(minutes=2)


def unfinished() -> Q:
    """Videos nobody works on that somebody should."""
    return Q(state=State.WAITING) | Q(state=State.WORKING, touched_at__lt=clock.now() - LOST)


class Telling:
    """Writes down how far it is, once a second at most, and has its author's pages look."""

    def __init__(self, video: Video, run: str, stop: Callable[[], bool]) -> None:
        self._video, self._run, self._stop = video, run, stop
        self._last, self._percent = 0.0, 0

    def __call__(self, share: float) -> None:
        """Say it, unless it was said a moment ago.

        Raises:
            StoppedError: nobody wants it any more, or the worker is to end.
        """
        if self._stop():
            raise StoppedError
        now = time.monotonic()
        if now - self._last < BETWEEN:
            return
        self._last = now
        # All of it is done only when it can be seen.
        percent = min(int(share * 100), 99)
        with transaction.atomic():
            mine = Video.objects.filter(pk=self._video.pk, run=self._run, state=State.WORKING)
            if not mine.update(percent=percent, touched_at=clock.now()):
                raise StoppedError
            if percent != self._percent:
                self._percent = percent
                poke(holders(self._video.post), self._video.topic)


def prepare(key: int, stop: Callable[[], bool] = lambda: False) -> None:
    """Make the video of this key, if it is still to be made. Doing it twice makes it once.

    Args:
        key: of the row.
        stop: whether the worker is to end.
    """
    video, run = _take_up(key), ""
    if video is None:
        return
    run = video.run
    if video.attempts > ATTEMPTS:
        ending.fail(video, run, "stuck")
        return
    began = time.monotonic()
    try:
        telling = Telling(video, run, stop)
        place = sources.place_of(video.source)
        with made(place, poster=video.poster_at, seconds=video.seconds, tell=telling) as result:
            kept = ending.finish(video, run, result)
        if kept:
            _let_go(video)
            log.info("video made", key=key, seconds=round(result.seconds, 1), took=round(time.monotonic() - began, 1))
    except UnusableVideoError as unusable:
        ending.fail(video, run, unusable.problem)
    except StoppedError:
        _put_back(video, run)
    except Exception:
        log.exception("video could not be made", key=key)
        _put_back(video, run, counts=True)


@transaction.atomic
def _take_up(key: int) -> Video | None:
    """The row, marked as one's own; None when it is gone, done, or somebody is at it."""
    rows = Video.objects.select_for_update(of=("self",)).select_related("post")
    video = rows.filter(unfinished(), pk=key).first()
    if video is None:
        return None
    video.run, video.state, video.percent = new_key(), State.WORKING, 0
    video.attempts, video.touched_at = video.attempts + 1, clock.now()
    video.save(update_fields=["run", "state", "percent", "attempts", "touched_at"])
    poke(holders(video.post), video.topic)
    return video


def _put_back(video: Video, run: str, *, counts: bool = False) -> None:
    """Let somebody else take it up; being stopped is no attempt."""
    attempts = F("attempts") if counts else F("attempts") - 1
    mine = Video.objects.filter(pk=video.pk, run=run, state=State.WORKING)
    mine.update(state=State.WAITING, run="", attempts=attempts, touched_at=clock.now())


def _let_go(video: Video) -> None:
    """The original goes: the file held here, and the upload it came by."""
    sources.drop(video.source)
    with contextlib.suppress(Upload.DoesNotExist):
        taking.drop(Upload.objects.get(key=video.upload))
