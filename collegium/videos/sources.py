"""The files as they came, from the moment a post has them to the moment its video is ready."""

import contextlib
import os
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from collegium.feed.models import Draft
from collegium.lib import clock
from collegium.uploads.models import Upload
from collegium.videos.models import Video, new_key

ENDING = ".source"
# How long one stays when nothing came of it; and how long one may be there before its row is.
KEPT, LONELY = 24 * 60 * 60, 60 * 60


def _folder() -> Path:
    place = Path(settings.DATA_DIR) / "preparing"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def place_of(key: str) -> Path:
    """Where the file of a video lies."""
    return _folder() / f"{key}{ENDING}"


def take(upload: Path) -> str:
    """Hold a file that came in, so that it stays whatever becomes of the upload; it takes no room of its own.

    Returns:
        Its key.
    """
    key = new_key()
    try:
        os.link(upload, place_of(key))
    except OSError:
        shutil.copyfile(upload, place_of(key))
        place_of(key).chmod(0o600)
    # A linked file keeps the time of its last write; from here on it counts how long it is here.
    os.utime(place_of(key))
    return key


def drop(key: str) -> None:
    """Let it go; what is not there is no error."""
    with contextlib.suppress(FileNotFoundError):
        place_of(key).unlink()


def sweep() -> None:
    """Let go of files no video needs any more: those of none, and after a day those nothing came of."""
    found = {path.name.removesuffix(ENDING): path for path in _folder().glob(f"*{ENDING}")}
    rows = dict(Video.objects.filter(source__in=found).values_list("source", "state"))
    for key, path in found.items():
        state = rows.get(key)
        most = {None: LONELY, "failed": KEPT, "ready": 0}.get(state)
        with contextlib.suppress(FileNotFoundError):
            if most is not None and time.time() - path.stat().st_mtime >= most:
                path.unlink()


def keep_drafted() -> None:
    """Let uploads that stand in drafts count as just used, so that a post of next week finds its video."""
    texts = Draft.objects.annotate(text=Cast("values", TextField()))
    drafts = texts.filter(author=OuterRef("owner"), text__contains=OuterRef("key"))
    Upload.objects.filter(Exists(drafts), purpose="video").update(touched_at=clock.now())
