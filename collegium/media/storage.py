"""Where files lie: on disk, under the hash of what they are, and truly there before anybody is told so."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.deconstruct import deconstructible

from collegium.media.decode import SIZES

PIECE = 256 * 1024
_KEY = re.compile(r"[0-9a-f]{64}")


@deconstructible(path="collegium.media.storage.DurableStorage")
class DurableStorage(FileSystemStorage):
    """Files whose name says what is in them: written beside, synced, then moved to their place in one step.

    A reader sees the whole file or none, and a file that a row speaks of outlives a power cut.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: what already lies there is the same."""
        return name

    def _save(self, name: str, content: File) -> str:
        place = Path(self.path(name))
        self._make_folder(place.parent)
        beside = place.with_name(f".{place.name}.{secrets.token_hex(8)}")
        try:
            with beside.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o640)
            beside.replace(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)
        return name

    def pieces(self, name: str, start: int, length: int) -> Iterator[bytes]:
        """Some of a file's bytes, one manageable piece after the other."""
        with self.open(name) as file:
            file.seek(start)
            while length > 0 and (piece := file.read(min(PIECE, length))):
                length -= len(piece)
                yield piece

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it; each new one is synced into the one it lies in."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o750, exist_ok=True)
        _sync_folder(folder.parent)


def store(images: Mapping[int, bytes]) -> str:
    """Keep all sizes of one picture, on disk for good when this returns.

    Returns:
        The key, for the row that carries the picture. It is a hash of the content and of a random number: a key is
        never given twice, so that discarding one upload cannot take another's files, and it does not tell that two
        people have the same picture.
    """
    digest = hashlib.sha256(secrets.token_bytes(16))
    for width in sorted(images):
        digest.update(images[width])
    key = digest.hexdigest()
    for width, file in images.items():
        default_storage.save(name_of(key, width), ContentFile(file))
    return key


def discard(key: str) -> None:
    """Delete every size of a picture that no row carries any more. What is not there is no error."""
    if not _KEY.fullmatch(key):
        return
    for widths in SIZES.values():
        for width in widths:
            default_storage.delete(name_of(key, width))


def name_of(key: str, width: int) -> str:
    """Where a size lies, spread over folders so that none grows long."""
    return f"{key[:2]}/{key[2:4]}/{key}-{width}.webp"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
