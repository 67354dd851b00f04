"""Headers that every answer carries: nothing leaves this origin, nothing private stays in a cache.

Pictures, styles and scripts get the two that matter to them: the others are a kilobyte on each of a dozen small files.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), "
        "fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()"
    ),
}


class SecurityHeaders:
    """Sets what is not set yet, so that a view with a reason may differ."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then dress the answer."""
        response = self.get_response(request)
        html = response.headers.get("Content-Type", "").startswith("text/html")
        for name, value in (EVERYWHERE | PAGES if html else EVERYWHERE).items():
            response.headers.setdefault(name, value)
        if html:
            _keep_private(response)
        return response


def _keep_private(response: HttpResponse) -> None:
    """Pages are made for one reader: signed out too, since the form on them carries a token and the theme a cookie."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    patch_vary_headers(response, ["Cookie"])
