"""A group: who is in it, what it is called, who looks after it, leaving it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.graph.degrees import FAR, standings
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.messaging.actions import people as acts
from collegium.messaging.forms import NameForm, PeopleForm
from collegium.messaging.models.conversations import MOST_PEOPLE
from collegium.messaging.reading.talk import Talk
from collegium.messaging.views.choosing import offered
from collegium.messaging.views.common import ROOT, TAKEN, WRONG, talk_of, writing
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def people(request: Request, pk: int) -> HttpResponse:
    """Who is in it; or bring people in."""
    talk = _group(request, pk)
    if request.method != "POST":
        return _show(request, talk)
    form = PeopleForm(request.POST, me=request.viewer.me, offered=_offered(request, talk))
    if not form.is_valid():
        return _show(request, talk, form, status=WRONG)
    try:
        acts.add(talk.conversation, by=request.viewer.me, people=form.cleaned_data["members"])
    except Conflict as conflict:
        form.add_error("people", conflict.reason)
        return _show(request, talk, form, status=TAKEN)
    return HttpResponseRedirect(f"{talk.conversation.path}people/")


@require_POST
@writing
def removal(request: Request, pk: int) -> HttpResponse:
    """Take somebody out."""
    talk = _group(request, pk)
    acts.remove(talk.conversation, by=request.viewer.me, people=[_member(request, talk)])
    return HttpResponseRedirect(f"{talk.conversation.path}people/")


@require_POST
@writing
def hosts(request: Request, pk: int) -> HttpResponse:
    """Make somebody a host."""
    talk = _group(request, pk)
    acts.appoint(talk.conversation, by=request.viewer.me, person=_member(request, talk))
    return HttpResponseRedirect(f"{talk.conversation.path}people/")


@require_POST
@writing
def hosts_removal(request: Request, pk: int) -> HttpResponse:
    """Let somebody be a host no longer."""
    talk = _group(request, pk)
    acts.dismiss(talk.conversation, by=request.viewer.me, person=_member(request, talk))
    return HttpResponseRedirect(f"{talk.conversation.path}people/")


@require_POST
@writing
def name(request: Request, pk: int) -> HttpResponse:
    """What it is called."""
    talk = _group(request, pk)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _show(request, talk, naming=form, status=WRONG)
    acts.rename(talk.conversation, by=request.viewer.me, name=form.cleaned_data["name"])
    return HttpResponseRedirect(f"{talk.conversation.path}people/")


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def departure(request: Request, pk: int) -> HttpResponse:
    """Say what leaving means, then leave."""
    talk = _group(request, pk)
    if request.method != "POST":
        return respond(request, "messaging/departure.html", "main", {"talk": talk})
    acts.leave(talk.conversation, by=request.viewer.me)
    tell(request, _("You left the group."))
    return HttpResponseRedirect(ROOT)


def _group(request: Request, pk: int) -> Talk:
    """A group the viewer is in.

    Raises:
        Http404: she is not, or two talk there.
    """
    talk = talk_of(request, pk)
    if not talk.conversation.is_group:
        raise Http404
    return talk


def _member(request: Request, talk: Talk) -> Member:
    """Who is meant, of those who are in it.

    Raises:
        Http404: nobody of them.
    """
    for each in talk.others:
        if each.handle == request.POST.get("member", ""):
            return each
    raise Http404


def _offered(request: Request, talk: Talk) -> list[Member]:
    """Connections who are not in it yet."""
    there = {each.member_id for each in talk.people}
    return [each for each in offered(request.viewer) if each.pk not in there]


def _show(
    request: Request, talk: Talk, form: PeopleForm | None = None, *, naming: NameForm | None = None, status: int = 200
) -> HttpResponse:
    choice = _offered(request, talk) if talk.place.is_admin else []
    near = standings(request.viewer.member, [each.pk for each in talk.others])
    context: dict[str, Any] = {
        "talk": talk,
        "degrees": {each.pk: near.get(each.pk, FAR).degree for each in talk.others},
        "adding": form or PeopleForm(me=request.viewer.me, offered=choice),
        "naming": naming or NameForm(initial={"name": talk.conversation.name}),
        "offered": choice,
        "most": MOST_PEOPLE,
    }
    return respond(request, "messaging/people.html", "main", context, status=status)
