"""Answers to what went wrong: what happened, in plain words, and the one thing to do next."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.ui.respond import render_page

WORDS = {
    400: (
        gettext_lazy("That request could not be read"),
        gettext_lazy("Something in it was damaged or not allowed. Going back and trying again usually helps."),
    ),
    403: (
        gettext_lazy("You may not do this"),
        gettext_lazy(
            "You can see the page, but this step is for others. If you think it should be yours, ask an operator."
        ),
    ),
    404: (
        gettext_lazy("There is nothing here for you to see"),
        gettext_lazy("The page may have been removed, may never have existed, or may be meant for other people."),
    ),
    409: (
        gettext_lazy("Somebody was faster"),
        gettext_lazy("What you wanted to change has changed in the meantime. Look at it again, then decide."),
    ),
    413: (
        gettext_lazy("That is too large"),
        gettext_lazy("What you sent is larger than this network accepts. A smaller file or a shorter text will pass."),
    ),
    419: (
        gettext_lazy("This form was open too long"),
        gettext_lazy("It could not be checked that it came from you. Go back, reload the page, and send it again."),
    ),
    425: (
        gettext_lazy("This page is being got ready"),
        gettext_lazy(
            "The network reads anew who knows whom, which takes some minutes. Nothing you sent was half done."
        ),
    ),
    429: (
        gettext_lazy("That was a lot in a short time"),
        gettext_lazy("Please wait a moment before you try again. Nothing you sent before was lost."),
    ),
    500: (
        gettext_lazy("This did not work, and it is our fault"),
        gettext_lazy("It has been written down for the people who run this network. Nothing you sent was half done."),
    ),
    503: (
        gettext_lazy("Too many people at once"),
        gettext_lazy("The network is busy and will answer again in a moment. Nothing you sent was half done."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Not understood."""
    return failure(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Seen, but not allowed; the refusal says why when it knows."""
    return failure(request, HTTPStatus.FORBIDDEN, advice=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent, or not for this reader: the same bytes for both."""
    return failure(request, HTTPStatus.NOT_FOUND)


def conflict(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Two people did things that do not fit together; this is the one who came second.

    Args:
        request: the request that lost.
        reason: what became of it, in one sentence already translated.
    """
    return failure(request, HTTPStatus.CONFLICT, advice=reason)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """More than we take."""
    return failure(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def too_many(request: HttpRequest, retry_after: float = 0) -> HttpResponse:
    """Over a rate limit.

    Args:
        request: the request that was refused.
        retry_after: seconds until the next one is welcome.
    """
    response = failure(request, HTTPStatus.TOO_MANY_REQUESTS, wait=int(retry_after) + 1 if retry_after else 0)
    if retry_after:
        response.headers["Retry-After"] = str(int(retry_after) + 1)
    return response


def busy(request: HttpRequest, retry_after: int = 5) -> HttpResponse:
    """Shed before the work began."""
    response = failure(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = str(retry_after)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old."""
    return failure(request, HTTPStatus.FORBIDDEN, words=419)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault. When even the page cannot be drawn, a sentence still can."""
    try:
        return failure(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:  # noqa: BLE001 - whatever broke may break the template too
        title = escape(str(WORDS[500][0]))
        return HttpResponse(f"<!doctype html><title>{title}</title><p>{title}</p>", status=500)


def failure(request: HttpRequest, status: int, *, words: int = 0, wait: int = 0, advice: str = "") -> HttpResponse:
    """The page for a status; htmx and machines get one line of it.

    Args:
        request: the request that failed.
        status: the HTTP status.
        words: the key of the words, where they differ from those of the status.
        wait: seconds to name, for rate limits.
        advice: a sentence that knows more than the usual one.
    """
    title, usual = WORDS[words or int(status)]
    if getattr(request, "htmx", False):
        line = advice or _("%(what)s.") % {"what": title}
        return HttpResponse(line, status=status, content_type="text/plain; charset=utf-8")
    context: dict[str, Any] = {"title": title, "advice": advice or usual, "status": int(status), "wait": wait}
    return HttpResponse(render_page(request, "ui/error.html", context), status=status)
