"""How much a request may bring: read from its first line, before any of it is stored."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict

from collegium.media.decode import MOST_BYTES

# The file, and the form around it.
MOST_IN_ALL = MOST_BYTES + 1024 * 1024


class BoundedUpload(FileUploadHandler):
    """First among `FILE_UPLOAD_HANDLERS`: refuses a body that is larger than any picture we take.

    Django stores files of any size on disk while it reads a form; its own bounds are for the other fields.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, Any] | None:
        """Look at the announced length; a server that reads more than was announced would be at fault."""
        if content_length > MOST_IN_ALL:
            raise RequestDataTooBig("The upload is too large.")
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Leave the bytes to the handlers after this one."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
        return
