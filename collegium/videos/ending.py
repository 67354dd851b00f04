"""How the making of a video ends: it is ready, or it has failed. Both are the clock's doing; nobody asks for them."""

from datetime import timedelta
from pathlib import Path

from django.db import transaction

from collegium.journal.record import record
from collegium.lib import clock
from collegium.media import keeping
from collegium.media.videos import Made
from collegium.videos.models import Gone, Size, State, Video, rows_of

# A file whose row is still to be written is taken for lost after this.
SOON = timedelta(hours=6)


def finish(video: Video, run: str, made: Made) -> bool:
    """Keep what was made, and let the post show it; only for whoever still works on it.

    Returns:
        Whether it was so; otherwise nothing is kept.
    """
    files = [kept(size.path, ".mp4") for size in made.sizes]
    poster = kept(made.poster, ".webp")
    with transaction.atomic():
        row = Video.objects.select_for_update().filter(pk=video.pk, run=run, state=State.WORKING).first()
        if row is None:
            Gone.objects.filter(file__in=[*files, poster]).update(due_at=clock.now())
            return False
        for size, file in zip(made.sizes, files, strict=True):
            Size.objects.create(
                video=row,
                width=size.width,
                height=size.height,
                file=file,
                codecs=size.codecs,
                head=size.head,
                pieces=rows_of(size.pieces),
            )
        largest = made.sizes[0]
        row.width, row.height, row.seconds, row.poster = largest.width, largest.height, made.seconds, poster
        row.state, row.percent, row.run, row.problem = State.READY, 100, "", ""
        row.save()
        Gone.objects.filter(file__in=[*files, poster]).delete()
        record("videos.made", actor=None, subject=row, post=row.post_id)
    return True


def kept(file: Path | bytes, ending: str) -> str:
    """Keep one file, noted as lost until its row is written."""
    name = keeping.keep(file, ending)
    Gone.objects.create(file=name, due_at=clock.now() + SOON)
    return name


@transaction.atomic
def fail(video: Video, run: str, problem: str) -> bool:
    """Say why nothing came of it; only for whoever still works on it. Returns whether it was so."""
    mine = Video.objects.filter(pk=video.pk, run=run, state=State.WORKING)
    changed = mine.update(state=State.FAILED, problem=problem, run="", touched_at=clock.now())
    if changed:
        record("videos.failed", actor=None, subject=video, post=video.post_id)
    return bool(changed)
