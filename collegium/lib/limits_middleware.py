"""Turns "too often" into an answer, wherever in a view it was found out."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from collegium.lib.limits import TooMany, seconds


class LimitsMiddleware:
    """Catches `TooMany` and answers 429 through the page named in `settings.TOO_MANY_HANDLER`.

    The handler is called with the request and the seconds to wait; this room lies below the one that draws pages and
    does not know it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do on the way in."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, always with status 429 and Retry-After."""
        if not isinstance(exception, TooMany):
            return None
        wait = seconds(exception.wait)
        named = getattr(settings, "TOO_MANY_HANDLER", None)
        response: HttpResponse = import_string(named)(request, wait) if named else _plain(wait)
        response.status_code = 429
        response["Retry-After"] = str(wait)
        response["Cache-Control"] = "no-store"
        return response


def _plain(wait: int) -> HttpResponse:
    """Without a page: one sentence."""
    sentence = ngettext(
        "That was too often. Please try again in %(wait)d second.",
        "That was too often. Please try again in %(wait)d seconds.",
        wait,
    )
    return HttpResponse(sentence % {"wait": wait}, content_type="text/plain; charset=utf-8")
