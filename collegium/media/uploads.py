"""How much a request may bring: read from its first line, before any of it is stored."""

from collegium.lib.bodies import Bounded
from collegium.media.decode import MOST_BYTES

# The file, and the form around it.
MOST_IN_ALL = MOST_BYTES + 1024 * 1024


class BoundedUpload(Bounded):
    """First among `FILE_UPLOAD_HANDLERS`: refuses a body that is larger than any picture we take.

    Django stores files of any size on disk while it reads a form; its own bounds are for the other fields.
    """

    @property
    def most(self) -> int:
        """The file, and the form around it."""
        return MOST_IN_ALL

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Leave the bytes to the handlers after this one."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
        return
