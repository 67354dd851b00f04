"""How a large file gets in: with a ticket past the door, then onto the disk, readable by nobody else.

The page of the upload carries a ticket for its reader. The door looks at nothing else before it lets a large body in;
whether the sender is signed in, and meant to send it, Django asks when the body is there, as for any other form.
"""

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import StopUpload

from collegium.lib.bodies import Bounded
from collegium.lib.serving.wide import Wide
from collegium.members.models import Member

ADDRESS = "/settings/import/upload/"
FIELD = "archive"
MEGA = 1024 * 1024
MOST_ARCHIVE, MOST_RESUME = 100 * MEGA, 2 * MEGA
# The file, and the form around it.
MOST_IN_ALL = MOST_ARCHIVE + MEGA
# 100 MB at 1.4 Mbit/s.
SECONDS = 600.0
AT_ONCE = 2
TICKET_SECONDS = 12 * 60 * 60
_SALT = "portability.imports.ticket"


def folder() -> Path:
    """Where uploads lie until they are read; readable by their owner only."""
    place = Path(settings.DATA_DIR) / "uploads"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def place_of(key: int) -> Path:
    """Where the file of an import lies."""
    return folder() / f"{key}.upload"


def wide() -> Wide:
    """What the door lets in at `ADDRESS`."""
    return Wide(
        most=MOST_IN_ALL, seconds=SECONDS, at_once=AT_ONCE, folder=Path(settings.DATA_DIR) / "uploads", sender=sender
    )


def ticket(member: Member) -> str:
    """The address to upload to, for this member, for half a day."""
    return f"{ADDRESS}?ticket={signing.TimestampSigner(salt=_SALT).sign(str(member.pk))}"


def sender(query: bytes) -> int:
    """The key of the member whom a page of ours gave this ticket; 0 for anything else."""
    given = parse_qs(query.decode("latin-1"), max_num_fields=None).get("ticket", [""]) if len(query) < 500 else [""]
    try:
        return int(signing.TimestampSigner(salt=_SALT).unsign(given[0], max_age=TICKET_SECONDS))
    except (signing.BadSignature, ValueError):
        return 0


class Arrived(TemporaryUploadedFile):
    """The file while its request is worked on; gone with it unless it is kept."""

    def __init__(self, name: str) -> None:
        # Mode 0600 by `mkstemp`; the name says nothing of what is in it.
        file = tempfile.NamedTemporaryFile(prefix="arriving-", suffix=".upload", dir=folder())  # noqa: SIM115
        UploadedFile.__init__(self, file, name, "application/octet-stream", 0)  # type: ignore[arg-type]

    def keep(self, key: int) -> None:
        """Put it where the import of this key will look for it, on disk for good."""
        self.file.flush()  # type: ignore[union-attr]
        os.fsync(self.file.fileno())  # type: ignore[union-attr]
        os.link(self.temporary_file_path(), place_of(key))


class Receiver(Bounded):
    """Takes one file, of bounded size, straight to its folder; anything else that comes with it is not kept."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.arrived: Arrived | None = None
        self.too_large = False
        self._taking = False
        self._size = 0

    @property
    def most(self) -> int:
        """The file, and the form around it."""
        return MOST_IN_ALL

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the one file that is asked for; a second one is passed over."""
        super().new_file(*args, **kwargs)
        self._taking = self.field_name == FIELD and self.arrived is None
        if self._taking:
            self.arrived = Arrived(str(self.file_name or "")[:200])

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write it down."""
        if not self._taking or self.arrived is None:
            return
        self._size += len(raw_data)
        if self._size > MOST_ARCHIVE:
            self.arrived.close()
            self.arrived, self.too_large = None, True
            raise StopUpload(connection_reset=False)
        self.arrived.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Hand it over."""
        if not self._taking or self.arrived is None:
            return None
        self._taking = False
        self.arrived.seek(0)
        self.arrived.size = self._size
        return self.arrived
