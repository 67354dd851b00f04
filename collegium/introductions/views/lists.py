"""The lists: what one was asked to pass on, what was passed on to one, what one asked for; and one letter."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.introductions import letters
from collegium.introductions.models import Introduction
from collegium.introductions.views.common import ROOT, TALKS, key, lane
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
def one(request: Request, pk: int) -> HttpResponse:
    """A letter as the viewer's part in it shows it; or the way to the conversation it became.

    Raises:
        Http404: it is not between her and them.
    """
    letter = letters.one(request.viewer, key(pk))
    if letter is None:
        return _to_talk(request, pk)
    here = {letters.INTRODUCER: "through", letters.TARGET: "about", letters.ASKER: "mine"}[letter.role]
    return respond(request, "introductions/letter.html", "card", {"letter": letter, "alone": True} | lane(here))


@require_safe
@for_members
def talk(request: Request, pk: int) -> HttpResponse:
    """The way to the conversation.

    Raises:
        Http404: there is none that the viewer is in.
    """
    return _to_talk(request, pk)


@require_safe
@for_members
def talks(_request: Request) -> HttpResponse:
    """The way to all conversations."""
    return HttpResponseRedirect(TALKS)


@require_safe
@for_members
def fresh(request: Request) -> HttpResponse:
    """How many letters wait for the viewer, for pages that show it."""
    me = request.viewer.me
    waiting = Introduction.objects.to(me).count()
    asked = Introduction.objects.through(me).filter(state=Introduction.State.ASKED).count()
    if not request.htmx:
        return HttpResponseRedirect(ROOT)
    return respond(request, "introductions/fragments.html", "badge", {"waiting": waiting + asked})


def _to_talk(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(Introduction.objects.begun(request.viewer), pk=key(pk))
    return HttpResponseRedirect(f"{TALKS}{row.conversation_id}/")


def _list(request: Request, which: str, found: list[letters.Letter], rest: str) -> HttpResponse:
    """A page of letters, or its next stretch alone."""
    after = request.GET.get("after", "")
    here = ROOT if which == "through" else f"{ROOT}{which}/"
    context = {"letters": found, "rest": rest, "first": not after, "which": which, "here": here} | lane(which)
    return respond(request, "introductions/list.html", "stretch" if after else "letters", context)
