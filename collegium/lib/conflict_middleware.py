"""Turns "somebody was faster" into an answer, wherever in a view it was found out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from collegium.lib.refusal import Conflict


class ConflictMiddleware:
    """Catches `Conflict` and answers 409 through the page named in `settings.CONFLICT_HANDLER`.

    The handler is called with the request and the sentence; this room lies below the one that draws pages and does not
    know it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way in."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, always with status 409 and out of every cache."""
        if not isinstance(exception, Conflict):
            return None
        named = getattr(settings, "CONFLICT_HANDLER", None)
        response = import_string(named)(request, exception.reason) if named else HttpResponse(exception.reason)
        response.status_code = 409
        response["Cache-Control"] = "private, no-store"
        return response  # type: ignore[no-any-return]
