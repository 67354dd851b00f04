"""Whether a request to the asynchronous side comes from a page of ours; behind the door, Django asks this itself."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from starlette.requests import Request


def is_ours(request: Request) -> bool:
    """The request comes from a page of this very origin, or from no page at all."""
    host = request.headers.get("host", "")
    if not validate_host(split_domain_port(host.lower())[0], settings.ALLOWED_HOSTS):
        return False
    if (site := request.headers.get("sec-fetch-site")) is not None and site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower() or origin == settings.PUBLIC_URL
