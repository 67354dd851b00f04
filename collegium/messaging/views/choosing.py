"""Beginning: a new conversation, and what writing to one person is now."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience import people as sight
from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.graph.degrees import FAR, standings
from collegium.groups.models import Group
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.messaging import rules
from collegium.messaging.actions import approaching, talking
from collegium.messaging.forms import FirstForm, NewForm
from collegium.messaging.views.common import ROOT, TAKEN, WRONG, writing
from collegium.network.views.common import person
from collegium.reach import comembers
from collegium.reach import reading as reach
from collegium.reach.purposes import Purpose
from collegium.ties.models import Connection
from collegium.ui.respond import respond, tell

OFFERED = 60
MOST_SHARED = 100


def offered(viewer: Viewer) -> list[Member]:
    """Connections to choose from, those first with whom one connected last; more are found by name."""
    tied = Connection.objects.filter(member=viewer.id).order_by("-since").values_list("other_id", flat=True)
    keys = list(tied[: OFFERED * 2])
    found = {each.pk: each for each in sight.visible_to(viewer).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found][:OFFERED]


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def new(request: Request) -> HttpResponse:
    """Begin a conversation with one person or several."""
    choice = offered(request.viewer)
    if request.method != "POST":
        initial = {"named": f"@{request.GET['to']}"} if request.GET.get("to") else {}
        return _new(request, NewForm(me=request.viewer.me, offered=choice, initial=initial), choice)
    form = NewForm(request.POST, me=request.viewer.me, offered=choice)
    if not form.is_valid():
        return _new(request, form, choice, status=WRONG)
    values, me = form.cleaned_data, request.viewer.me
    if len(values["members"]) == 1 and rules.way(me, values["members"][0]) != rules.TALK:
        return HttpResponseRedirect(_first(values["members"][0]))
    try:
        made = talking.begin(me, values["members"], name=values["name"])
        if values["text"]:
            talking.write(made, by=me, text=values["text"])
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _new(request, form, choice, status=TAKEN)
    return HttpResponseRedirect(made.path)


def _new(request: Request, form: NewForm, choice: list[Member], *, status: int = 200) -> HttpResponse:
    return respond(request, "messaging/new.html", "main", {"form": form, "offered": choice}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writing
def first(request: Request, handle: str) -> HttpResponse:
    """Write to one person: the conversation where there is one, else a first message."""
    other = person(request, handle)
    me = request.viewer.me
    there = rules.between(me, other).first()
    way = rules.way(me, other)
    if way == rules.TALK:
        return _go(request, (there or talking.begin(me, [other])).path)
    if there is not None and request.method != "POST" and "new" not in request.GET and way == rules.WAITING:
        return _go(request, there.path)
    if request.method != "POST":
        return _write(request, other, FirstForm(initial={"code": request.GET.get("key", "")[:200]}))
    form = FirstForm(request.POST)
    if not form.is_valid():
        return _write(request, other, form, status=WRONG)
    values = form.cleaned_data
    try:
        made = approaching.approach(
            other, by=me, **{name: values[name] for name in ("text", "purpose", "code", "group", "key")}
        )
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _write(request, other, form, status=TAKEN)
    tell(request, _("Sent. You hear of it when %(name)s answers.") % {"name": other.name})
    return _go(request, made.conversation.path)


def _write(request: Request, other: Member, form: FirstForm, *, status: int = 200) -> HttpResponse:
    """The form, with what is welcome to the person, whether both share a group, and what is left of one's budget."""
    stands = reach.standing(request.viewer.me)
    both_in = _both_in(request, other) if stands.comembers.number else None
    welcome = reach.welcome(other)
    purposes = [(each.value, each.label, reach.takes(welcome, each.value)) for each in Purpose]
    context: dict[str, Any] = {
        "person": other,
        "near": standings(request.viewer.member, [other.pk]).get(other.pk, FAR),
        "form": form,
        "purposes": purposes,
        "shut": not all(open_to for _value, _label, open_to in purposes),
        "left": stands.cold.balance,
        "both_in": both_in,
        "comembers": stands.comembers,
    }
    return respond(request, "messaging/with.html", "main", context, status=status)


def _both_in(request: Request, other: Member) -> Group | None:
    """The group through which it is written: the one she came from, or the smallest that both are in."""
    rows = list(comembers.shared(request.viewer.me, other)[:MOST_SHARED])
    return next((row for row in rows if row.handle == request.GET.get("group")), rows[0] if rows else None)


def _first(other: Member) -> str:
    return f"{ROOT}with/{other.handle}/"


def _go(request: Request, path: str) -> HttpResponse:
    """There, whether a page asked or the dialog."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": path})
    return HttpResponseRedirect(path)
