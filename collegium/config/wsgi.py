"""Django itself, as the door calls it."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Handler(WSGIHandler):
    """Leaves word of who asked, for the line in the log."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        response = super().get_response(request)
        viewer = getattr(request, "viewer", None)
        scope: dict[str, Any] = request.META.get("asgi.scope", {})
        if viewer is not None and "state" in scope:
            scope["state"]["member"] = viewer.id
        return response


application = Handler()
