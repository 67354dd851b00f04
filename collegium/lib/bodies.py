"""How large a body may be that brings files: judged by its announced length, before any of it is stored."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict


class Bounded(FileUploadHandler):
    """Refuses what announces too much; a server that reads more than was announced would be at fault."""

    @property
    def most(self) -> int:
        """The most bytes, of the files and the form around them."""
        raise NotImplementedError

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, Any] | None:
        """Look at the announced length."""
        if content_length > self.most:
            raise RequestDataTooBig("The upload is too large.")
        return None
