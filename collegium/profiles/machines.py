"""What programs read of a profile: canonical address, languages, cards, structured data; and whether they may list it.

Only somebody signed out is given any of it, made of what she sees: programs that gather pages are signed out.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from collegium.members.models import Member
from collegium.profiles import card, structured
from collegium.profiles.scene import Scene


def of(request: HttpRequest, scene: Scene) -> dict[str, Any]:
    """What the head of the page says to programs."""
    person, career = scene.person, scene.career
    own = f"?lang={career.language}" if "lang" in request.GET and career.language != person.language else ""
    picture = absolute(request, person.photo_url.replace("-192.", "-512.")) if person.photo else ""
    context: dict[str, Any] = {
        "canonical": absolute(request, person.path + own),
        "alternates": _alternates(request, scene),
        "listed": listed(scene),
        "public": not scene.viewer and scene.eyes is None,
        "picture": picture,
        "said": career.head,
    }
    if context["public"]:
        site = absolute(request, "/").rstrip("/")
        address = f"{site}{person.path}"
        data = structured.profile_page(career, address=address, site=site, picture=picture)
        context["structured"] = structured.script(data, getattr(request, "csp_nonce", ""))
        context["card"] = f"{site}{card.path(person)}"
    return context


def dressed(response: HttpResponse, scene: Scene) -> HttpResponse:
    """The answer with the headers that programs go by."""
    patch_vary_headers(response, ["Accept-Language"])
    if not listed(scene):
        response["X-Robots-Tag"] = "noindex"
    return response


def listed(scene: Scene) -> bool:
    """Whether search engines may list the page: it is public, its owner does not mind, and it is not a preview."""
    return scene.person.visibility == Member.Visibility.PUBLIC and scene.person.indexed and scene.eyes is None


def absolute(request: HttpRequest, path: str) -> str:
    """The address as others on the internet write it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _alternates(request: HttpRequest, scene: Scene) -> list[tuple[str, str]]:
    """The profile in each of its languages, where there is more than one."""
    path, languages = scene.person.path, scene.career.languages
    if len(languages) < 2:
        return []
    tagged = [(tag, absolute(request, f"{path}?lang={tag}")) for tag in languages]
    return [*tagged, ("x-default", absolute(request, path))]
