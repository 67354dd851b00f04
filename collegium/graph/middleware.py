"""Somebody waits for a page: she is not kept waiting until all files of the graph are written."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from collegium.graph import writing
from collegium.ui import errors


class GraphMiddleware:
    """Says of every request that somebody waits, and answers 503 where the graph is not ready."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Work as somebody who has no time."""
        with writing.hurried():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says when to come again."""
        if not isinstance(exception, writing.NotReadyError):
            return None
        response = errors.failure(request, HTTPStatus.SERVICE_UNAVAILABLE, words=HTTPStatus.TOO_EARLY)
        response.headers["Retry-After"] = str(exception.seconds)
        return response
