"""The theme, the help on keys, and the style guide."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from collegium.ui import mails, specimens, themes
from collegium.ui.respond import respond


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to where the reader was."""
    chosen = request.POST.get("theme", "auto")
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    themes.remember(response, chosen if chosen in themes.THEMES else "auto", secure=request.is_secure())
    return response


@require_safe
def keyboard(request: HttpRequest) -> HttpResponse:
    """Which keys do what: a page, or the inside of the dialog."""
    return respond(request, "ui/keyboard.html", "main")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in both themes; only where the operator wants it."""
    _only_where_wanted()
    context: dict[str, Any] = specimens.everything()
    return respond(request, "ui/styleguide.html", "main", context)


@require_safe
@csp_replace({"frame-src": [SELF]})
def styleguide_mails(request: HttpRequest) -> HttpResponse:
    """Every mail of every room: its subject, its plain text, and its HTML in a frame of its own."""
    _only_where_wanted()
    shown = [(example, example.make()) for example in mails.every()]
    return respond(request, "ui/styleguide_mails.html", "main", {"mails": shown})


@require_safe
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})
def styleguide_mail(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of one mail. Mails carry their styles in themselves, which no page here may."""
    _only_where_wanted()
    example = mails.of(name)
    if example is None:
        raise Http404
    return HttpResponse(example.html, headers={"X-Frame-Options": "SAMEORIGIN"})


def _only_where_wanted() -> None:
    """Nobody but those who build the place needs it.

    Raises:
        Http404: the operator did not ask for it.
    """
    if not (settings.DEBUG or getattr(settings, "STYLEGUIDE", False)):
        raise Http404


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines may look: public pages; each page says for itself whether it may be kept."""
    allowed = "".join(f"Allow: /{place}/\n" for place in ("in", "posts", "jobs", "organizations"))
    lines = f"User-agent: *\n{allowed}Disallow: /search/\nSitemap: {settings.BASE_URL.rstrip('/')}/jobs/sitemap.xml\n"
    return HttpResponse(lines, content_type="text/plain")
