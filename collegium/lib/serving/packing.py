"""Pages are packed for their way; pictures, films and documents are packed already, and their ranges must stay true."""

from typing import Any

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware

PACKED = ("image/", "video/", "audio/", "application/pdf", "application/zip", "application/octet-stream")
TEXT = ("image/svg",)


class Packing(GZipMiddleware):
    """Django's, less what gains nothing; a streamed file would even lose its length by it."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Pack, or leave alone."""
        kind = response.get("Content-Type", "")
        if (kind.startswith(PACKED) and not kind.startswith(TEXT)) or response.has_header("Content-Range"):
            return response
        return super().process_response(request, response)
