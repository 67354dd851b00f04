"""What the pages of this room share."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from collegium.audience import people
from collegium.audience.door import Request, signed_in
from collegium.graph.degrees import FAR, standings
from collegium.lib.limits import limit
from collegium.lib.refusal import Refusal
from collegium.members.models import Member
from collegium.network.relations import relation
from collegium.ui.respond import respond

View = Callable[..., HttpResponse]
HIGHEST_KEY = 2**63 - 1
QUESTIONS = ("/network/with/", "/network/invitations/")


def for_members(view: View) -> View:
    """Only for members; others are sent to sign in and come back.

    Here a refusal always means "this is not between you and them": whoever may not do it may not know of it, so it is
    answered like what does not exist, a person who left meanwhile too.
    """

    @signed_in
    @limit("network.write", rate="600/h")
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Refusal, Member.DoesNotExist):
            raise Http404 from None

    return guarded


def person(request: Request, handle: str) -> Member:
    """The person with this handle, when the viewer sees her and is not she herself.

    Raises:
        Http404: otherwise.
    """
    return get_object_or_404(people.visible_to(request.viewer).exclude(pk=request.viewer.id), handle=handle)


def back(request: Request, default: str) -> str:
    """Where a plain form sends its reader: to the page it stood on, unless that was only the question itself."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return referer if ours and not urlsplit(referer).path.startswith(QUESTIONS) else default


def show_relation(request: Request, other: Member, *, otherwise: str = "") -> HttpResponse:
    """The buttons beside a person, as they are now; the page with them alone; or the way back."""
    context = {
        "person": other,
        "relation": relation(request.viewer, other),
        "live": True,
        "in_dialog": request.POST.get("in") == "dialog",
        "stands": FAR if request.htmx else standings(request.viewer.member, [other.pk]).get(other.pk, FAR),
    }
    response = respond(
        request, "network/relation.html", "relation", context, otherwise=otherwise or back(request, other.path)
    )
    return close_dialog(request, response)


def close_dialog(request: Request, response: HttpResponse) -> HttpResponse:
    """A form in the dialog has done its work: the answer's parts find their places by themselves, and it closes."""
    if getattr(request, "htmx", False) and request.POST.get("in") == "dialog":
        response["HX-Reswap"] = "none"
        response["HX-Trigger"] = "dialog:close"
    return response
