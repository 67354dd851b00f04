"""Where a PDF lies until its pages are drawn: beside the database, readable by nobody else, gone afterwards."""

import os
import shutil
import time
from pathlib import Path

from django.conf import settings

ENDING = ".pdf"
# A file is there a moment before its row is.
LONELY = 60 * 60


def folder() -> Path:
    """The folder, made when it is missing."""
    place = Path(settings.DATA_DIR) / "slides"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def place_of(key: int) -> Path:
    """Where the file of a deck lies."""
    return folder() / f"{key}{ENDING}"


def keep(key: int, file: Path) -> None:
    """Put the file of a deck there, whose first name may then go; nothing is copied where the disk is the same."""
    place = place_of(key)
    try:
        os.link(file, place)
    except OSError:
        shutil.copyfile(file, place)
        place.chmod(0o600)


def remove(key: int) -> None:
    """Delete it; what is not there is no error."""
    place_of(key).unlink(missing_ok=True)


def lonely() -> list[int]:
    """The keys of all files that have lain there for a while."""
    oldest = time.time() - LONELY
    found = [path for path in folder().glob(f"*{ENDING}") if path.stem.isascii() and path.stem.isdigit()]
    return [int(path.stem) for path in found if path.stat().st_ctime < oldest]
