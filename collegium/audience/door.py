"""The door: what only members may open sends others to sign in, and back."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from collegium.audience.viewer import Viewer

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request as the views of the rooms above get it: with what the middlewares put on it."""

    viewer: Viewer
    htmx: HtmxDetails


def signed_in(view: View) -> View:
    """Only for members in good standing.

    A fragment cannot become the sign-in page: the page it was meant for is sent there instead.
    """

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.viewer:
            return view(request, *args, **kwargs)
        if request.htmx:
            back = redirect_to_login(request.htmx.current_url_abs_path or "/")
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": back.url})
        return redirect_to_login(request.get_full_path())

    return guarded
