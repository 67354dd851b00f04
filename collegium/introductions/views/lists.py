"""The lists: what one was asked to pass on, what was passed on to one, what one asked for, the conversations."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.introductions import letters, threads
from collegium.introductions.views.common import ROOT, key, lane
from collegium.introductions.views.talks import show as show_talk
from collegium.network.views.common import for_members
from collegium.ui.respond import respond


@require_safe
@for_members
def through(request: Request) -> HttpResponse:
    """What the viewer was asked to pass on."""
    found, rest = letters.through_me(request.viewer, request.GET.get("after", ""))
    return _list(request, "through", found, rest)


@require_safe
@for_members
def about(request: Request) -> HttpResponse:
    """Who would like to meet the viewer."""
    found, rest = letters.to_me(request.viewer, request.GET.get("after", ""))
    return _list(request, "about", found, rest)


@require_safe
@for_members
def mine(request: Request) -> HttpResponse:
    """Whom the viewer would like to meet."""
    found, rest = letters.by_me(request.viewer, request.GET.get("after", ""))
    return _list(request, "mine", found, rest)


@require_safe
@for_members
def talks(request: Request) -> HttpResponse:
    """The conversations introductions became."""
    found, rest = threads.listed(request.viewer, request.GET.get("after", ""))
    context: dict[str, Any] = {"talks": found, "rest": rest, "first": "after" not in request.GET} | lane("talks")
    return respond(request, "introductions/talks.html", "stretch", context)


@require_safe
@for_members
def one(request: Request, pk: int) -> HttpResponse:
    """A letter as the viewer's part in it shows it; or the conversation it became.

    Raises:
        Http404: it is not between her and them.
    """
    talk = threads.talk(request.viewer, key(pk))
    if talk is not None:
        return show_talk(request, talk)
    letter = letters.one(request.viewer, pk)
    if letter is None:
        raise Http404
    here = {letters.INTRODUCER: "through", letters.TARGET: "about", letters.ASKER: "mine"}[letter.role]
    return respond(request, "introductions/letter.html", "card", {"letter": letter, "alone": True} | lane(here))


def _list(request: Request, which: str, found: list[letters.Letter], rest: str) -> HttpResponse:
    """A page of letters, or its next stretch alone."""
    after = request.GET.get("after", "")
    here = ROOT if which == "through" else f"{ROOT}{which}/"
    context = {"letters": found, "rest": rest, "first": not after, "which": which, "here": here} | lane(which)
    return respond(request, "introductions/list.html", "stretch" if after else "letters", context)
