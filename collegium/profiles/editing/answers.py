"""How a change answers: htmx gets the part as it stands now, a plain browser goes back to the page."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from collegium.audience.door import Request
from collegium.profiles import parts
from collegium.ui.respond import respond


def part(request: Request, name: str, *, kept: int | None = None) -> HttpResponse:
    """A part of one's own page as others will find it, in the place of whatever was open there.

    Args:
        request: the change.
        name: a `career.sections.Part`, "contacts" or "head".
        kept: the key of the item that was written, which is shown wherever it stands.
    """
    me = request.viewer.me
    context = parts.section(request, me, name, kept=kept)
    otherwise = context["shown"].there if kept and context["shown"] else back(request, name)
    answer = respond(request, "profiles/_section.html", "section", context, otherwise=otherwise)
    return into(answer, place_of(name))


def place_of(name: str) -> str:
    """The id of the element in which a part stands."""
    return "profile-words" if name == "head" else f"part-{name}"


def into(answer: HttpResponse, place: str) -> HttpResponse:
    """Have htmx replace the element of this id, whichever one the form had named."""
    answer["HX-Retarget"] = f"#{place}"
    answer["HX-Reswap"] = "outerHTML"
    return answer


def back(request: Request, name: str) -> str:
    """Where the part stands on one's page."""
    return f"{request.viewer.me.path}#{place_of(name)}"


def form(request: Request, page: str, context: dict[str, Any], *, wrong: bool = False) -> HttpResponse:
    """A form in its place, or on a page of its own.

    Args:
        request: who asks, and how.
        page: the template; its block `form` is what htmx gets.
        context: what it reads.
        wrong: whether something in it needs another look.
    """
    placed = bool(request.htmx) and not request.htmx.history_restore_request
    whole = {"placed": placed, "person": request.viewer.me} | context
    return respond(request, page, "form", whole, status=422 if wrong else 200)


def redirect(address: str) -> HttpResponse:
    """On to a page of ours."""
    return HttpResponseRedirect(address)
