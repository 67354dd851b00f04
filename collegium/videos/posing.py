"""Another picture before a video plays, taken out of what was made of it: the file as it came is long gone.

A size begins with what says how to read it, and each of its pieces can be shown by itself. So four seconds are opened,
however long the video is and wherever it lies.
"""

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from collegium.media.videos import UnusableVideoError, still
from collegium.videos import ending
from collegium.videos.models import Size, Video


class NoMomentError(Exception):
    """There is no picture of this moment. Its text is a sentence for who asked."""


def taken(video: Video, at: float) -> str:
    """The name of a file with the picture of a moment, noted as lost until `actions.pose` carries it.

    Raises:
        NoMomentError: it is not made yet, the moment lies beyond its end, or the picture cannot be made now.
    """
    size = max(video.sizes.all(), key=lambda each: each.width * each.height, default=None)
    if not video.is_ready or size is None:
        raise NoMomentError(_("The video is being prepared. Choose the moment when it can be played."))
    if at > (video.seconds or 0):
        raise NoMomentError(_("The moment lies beyond the end."))
    try:
        picture = still(*_around(size, at))
    except UnusableVideoError as unusable:
        busy = unusable.problem == "busy"
        raise NoMomentError(str(unusable) if busy else _("This picture cannot be taken. Try another moment.")) from None
    return ending.kept(picture, ".webp")


def _around(size: Size, at: float) -> tuple[bytes, float]:
    """A file of the one piece that has the moment, and how far into it the moment lies."""
    begins = 0.0
    for piece in size.parts[:-1]:
        if at < begins + piece.seconds:
            break
        begins += piece.seconds
    else:
        piece = size.parts[-1]
    return _read(size.file, 0, size.head) + _read(size.file, piece.at, piece.length), at - begins


def _read(name: str, start: int, length: int) -> bytes:
    return b"".join(default_storage.pieces(name, start, length))  # type: ignore[attr-defined]  # every storage here has it
