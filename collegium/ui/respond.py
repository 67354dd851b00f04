"""One answer for every client: htmx gets the fragment, a plain form the redirect, a plain link the page."""

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template import engines
from django.utils.cache import patch_vary_headers

ENGINE = "jinja2"


def respond(
    request: HttpRequest,
    page: str,
    block: str,
    context: dict[str, Any] | None = None,
    *,
    otherwise: Any = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Answer with the block, the page, or the redirect, whichever this client can use.

    Args:
        request: who asks, and how.
        page: the template, such as `network/invitations.html`.
        block: the block of that template which htmx gets alone.
        context: what the template reads.
        otherwise: where a plain POST is sent (address, name of one, or an object that has one).
        status: 422 for a form with errors; from 400 on a plain POST gets the page itself, with what was typed.
    """
    fragment = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not fragment and request.method == "POST" and otherwise is not None and status < HTTPStatus.BAD_REQUEST:
        return HttpResponseRedirect(resolve_url(otherwise))
    made = render_block(request, page, block, context or {}) if fragment else render_page(request, page, context or {})
    response = HttpResponse(made, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def render_page(request: HttpRequest, page: str, context: dict[str, Any]) -> str:
    """The whole page as text."""
    return str(engines[ENGINE].get_template(page).render(dict(context), request))


def render_block(request: HttpRequest, page: str, block: str, context: dict[str, Any]) -> str:
    """One block of a page, followed by the messages that wait for this person.

    The page's own top level runs first, as far as its first output: so that what it sets, imports and defines is there,
    and blocks inherited from the layout are found.
    """
    template: Any = engines[ENGINE].get_template(page)
    values = template.values(context, request)
    inner = template.template
    scope = inner.new_context(values)
    try:
        opening = inner.root_render_func(scope)
        any(piece.strip() for piece in opening)
        opening.close()
        made = inner.environment.concat(scope.blocks[block][0](scope))
        toasts = inner.environment.get_template("ui/toasts.html")
        return str(made + toasts.render(request=request, partial=True, csrf_token=values["csrf_token"]))
    except Exception:  # noqa: BLE001 - Jinja rewrites the trace so that it names the template's line, and raises again
        return str(inner.environment.handle_exception())


def tell(
    request: HttpRequest, text: str, *, tone: str = "done", undo: str = "", on: tuple[str, str] | None = None
) -> None:
    """A short message after the redirect, or with the fragment.

    Args:
        request: the request after which it is told.
        text: one plain sentence, already translated.
        tone: `done`, `info`, `warn` or `danger`.
        undo: an address that takes it back when POSTed.
        on: an address that leads on from here, and what its link says.
    """
    about = {"tone": tone, "undo": undo} | ({"on": on} if on is not None else {})
    messages.add_message(request, messages.INFO, text, extra_tags=json.dumps(about))


def done(request: HttpRequest, words: str, where: Any, *, undo: str = "") -> HttpResponseRedirect:
    """Say what was done, and go on to another page.

    Args:
        request: the request that did it.
        words: one plain sentence, already translated.
        where: an address, or the name of one.
        undo: an address that takes it back when POSTed.
    """
    tell(request, words, undo=undo)
    return HttpResponseRedirect(resolve_url(where))
