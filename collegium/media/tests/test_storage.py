"""Files on disk: whole or absent, synced before anybody is told, gone when discarded."""

import os
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from collegium.media.storage import DurableStorage, discard, name_of, store

IMAGES = {512: b"RIFF....WEBP large", 192: b"RIFF....WEBP middle", 96: b"RIFF....WEBP small"}


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_project_stores_durably():
    assert isinstance(storages["default"], DurableStorage)


def test_every_size_lies_under_its_key(media_root):
    key = store(IMAGES)
    assert len(key) == 64
    assert names(media_root) == sorted(f"{key[:2]}/{key[2:4]}/{key}-{width}.webp" for width in IMAGES)
    for width, content in IMAGES.items():
        assert (media_root / name_of(key, width)).read_bytes() == content


def test_a_key_is_never_given_twice_and_discarding_one_leaves_the_other(media_root):
    first, second = store(IMAGES), store(IMAGES)
    assert first != second
    discard(first)
    assert names(media_root) == sorted(name_of(second, width) for width in IMAGES)


@pytest.mark.parametrize("key", ["", "x", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", "0" * 64])
def test_discarding_what_is_not_there_does_nothing(key, media_root):
    kept = store(IMAGES)
    discard(key)
    assert len(names(media_root)) == len(IMAGES)
    discard(kept)
    discard(kept)
    assert names(media_root) == []


def test_files_and_their_folders_are_synced_before_store_returns(media_root, monkeypatch):
    """What fsync saw is what a power cut leaves."""
    synced: list[str] = []
    real = os.fsync

    def fsync(handle):
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    key = store({96: b"small"})
    place = media_root / name_of(key, 96)
    assert synced[-1] == str(place.parent)
    assert f".{place.name}." in synced[-2]
    assert {str(media_root), str(media_root / key[:2])} <= set(synced)


def test_a_failed_write_leaves_nothing_behind(media_root, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        store({96: b"small"})
    assert names(media_root) == []


def test_a_reader_never_meets_half_a_file(media_root):
    content = b"x" * 3_000_000
    ends = []

    def write():
        for _ in range(5):
            default_storage.save("ab/cd/same.webp", ContentFile(content))
        ends.append(True)

    writer = threading.Thread(target=write)
    writer.start()
    met = set()
    while not ends:
        try:
            met.add((media_root / "ab/cd/same.webp").stat().st_size)
        except FileNotFoundError:
            met.add(None)
    writer.join()
    assert met <= {None, len(content)}
    assert names(media_root) == ["ab/cd/same.webp"]


def test_names_cannot_lead_outside(media_root):
    from django.core.exceptions import SuspiciousFileOperation

    for name in ("../outside.webp", "/etc/outside.webp"):
        with pytest.raises(SuspiciousFileOperation):
            default_storage.save(name, ContentFile(b"x"))
