"""What runs by the clock."""

import contextlib
from datetime import timedelta

from procrastinate.contrib.django import app

from collegium.lib import clock
from collegium.uploads import places
from collegium.uploads.actions import let_go
from collegium.uploads.models import Upload
from collegium.uploads.wanted import wanted

# A file is there a moment before its row is.
LONELY = timedelta(hours=1)
BATCH = 200


@app.task(name="uploads.sweep", queue="chores")
def sweep(timestamp: int = 0) -> None:
    """Let go what has waited for a day and nobody needs, and delete files that no row speaks of."""
    stale = list(Upload.objects.stale()[:BATCH])
    needed = wanted.among([row.key for row in stale])
    # Asked for again in a day, so that those who wait do not stand before the others.
    Upload.objects.filter(key__in=needed).update(touched_at=clock.now())
    for row in stale:
        if row.key not in needed:
            let_go(row)
    oldest = (clock.now() - LONELY).timestamp()
    found = [place.name for place in places.folder().iterdir() if places.KEY.fullmatch(place.name)]
    known = set(Upload.objects.filter(key__in=found).values_list("key", flat=True))
    for key in found:
        if key not in known:
            with contextlib.suppress(FileNotFoundError):
                if places.place_of(key).stat().st_mtime < oldest:
                    places.remove(key)
