"""Light, dark, or as the system says: the reader's choice, kept in a cookie."""

from django.http import HttpRequest, HttpResponseBase

COOKIE = "theme"
THEMES = ("auto", "light", "dark")
YEAR = 365 * 24 * 3600


def theme_of(request: HttpRequest | None) -> str:
    """The theme this browser asked for; anything unknown counts as automatic."""
    chosen = request.COOKIES.get(COOKIE, "auto") if request else "auto"
    return chosen if chosen in THEMES else "auto"


def remember(response: HttpResponseBase, theme: str, *, secure: bool) -> None:
    """Keep the choice for a year. Scripts may write this cookie: it guards nothing."""
    response.set_cookie(COOKIE, theme, max_age=YEAR, secure=secure, samesite="Lax")
