"""Files that other rooms made or took in, kept for good: on disk or in a bucket, whichever `STORAGES` says.

name = keep(upload.path, ".mp4")
row.file = name
...
remove(name)
"""

import hashlib
import re
import secrets
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{1,8}")
NAME_LENGTH = 6 + 64 + 9


def keep(file: Path | bytes, ending: str) -> str:
    """Keep a file, there for good when this returns.

    Args:
        file: its bytes, or where they lie; what lies there stays there.
        ending: as ".mp4".

    Returns:
        Its name (at most `NAME_LENGTH` letters), made of its content and of a random number: it is never given twice,
        so that removing one cannot take another's file, and it does not tell that two people have the same one.
    """
    if not _ENDING.fullmatch(ending):
        raise ValueError(f"{ending!r} is no ending for a file kept here")
    digest = hashlib.sha256(secrets.token_bytes(16))
    if isinstance(file, bytes):
        digest.update(file)
        name = _name(digest.hexdigest(), ending)
        default_storage.save(name, ContentFile(file))
        return name
    with file.open("rb") as content:
        while piece := content.read(1 << 20):
            digest.update(piece)
        content.seek(0)
        name = _name(digest.hexdigest(), ending)
        default_storage.save(name, File(content, name=name))
    return name


def remove(name: str) -> None:
    """Delete a file that no row carries any more. What is not there is no error, and what is no such name neither."""
    if NAME.fullmatch(name):
        default_storage.delete(name)


def _name(key: str, ending: str) -> str:
    """Spread over folders so that none grows long."""
    return f"{key[:2]}/{key[2:4]}/{key}{ending}"
