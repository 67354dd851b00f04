"""Where files on their way in lie: one folder beside the database, with names that say nothing, read by nobody else."""

import contextlib
import os
import re
import secrets
import shutil
from pathlib import Path

from django.conf import settings

KEY_LENGTH = 32
KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")


def folder() -> Path:
    """The folder, made when it is missing."""
    place = Path(settings.DATA_DIR) / "incoming"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def place_of(key: str) -> Path:
    """Where the file of this key lies.

    Raises:
        ValueError: that is no key; no path is ever made of one.
    """
    if not KEY.fullmatch(key):
        raise ValueError("not a key of an upload")
    return folder() / key


def make() -> str:
    """A new empty file; its key, which nobody can guess."""
    key = secrets.token_hex(KEY_LENGTH // 2)
    os.close(os.open(place_of(key), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    handle = os.open(folder(), os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return key


def remove(key: str) -> None:
    """Delete a file; what is not there is no error."""
    with contextlib.suppress(FileNotFoundError):
        place_of(key).unlink()


def free() -> int:
    """Bytes that are free on its disk."""
    return shutil.disk_usage(folder()).free
