"""Coming and going: joining, asking, answering an invitation, leaving, and what reaches one from a group."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request
from collegium.groups import rules
from collegium.groups.actions import doors, inviting, keeping
from collegium.groups.actions.holding import owners_left
from collegium.groups.forms import AskForm, LeaveForm, MineForm, RulesForm
from collegium.groups.models import Group, Question, Role
from collegium.groups.reading import members
from collegium.groups.seating import Place
from collegium.groups.views.common import TAKEN, WRONG, at_door, conflict_of, go, show
from collegium.lib.refusal import require
from collegium.ui.respond import tell

HOME = "/groups/"


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def join(request: Request, place: Place) -> HttpResponse:
    """Come in; where there are rules, they are read and accepted first."""
    if place.seat is not None:
        return go(request, place.group.path)
    require(rules.may_knock(request.viewer.member, place.group))
    form = RulesForm(request.POST if request.method == "POST" else None, group=place.group)
    if request.method != "POST":
        return show(request, "groups/join.html", place, form=form)
    if not form.is_valid():
        return show(request, "groups/join.html", place, form=form, status=WRONG)
    if reason := conflict_of(lambda: doors.join(place.group, by=request.viewer.me, agreed=True)):
        return show(request, "groups/join.html", place, form=form, hindrance=reason, status=TAKEN)
    tell(request, _("You are in “%(name)s”.") % {"name": place.group.name})
    return go(request, f"{place.group.path}welcome/" if place.group.welcome else place.group.path)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def ask(request: Request, place: Place) -> HttpResponse:
    """Ask to be let in."""
    if place.seat is not None:
        return go(request, place.group.path)
    require(rules.may_ask(request.viewer.member, place.group))
    questions = list(Question.objects.filter(group=place.group).order_by("rank"))
    form = AskForm(request.POST if request.method == "POST" else None, group=place.group, questions=questions)
    if request.method != "POST":
        return show(request, "groups/ask.html", place, form=form)
    if not form.is_valid():
        return show(request, "groups/ask.html", place, form=form, status=WRONG)
    me, answers = request.viewer.me, form.answers()
    if reason := conflict_of(lambda: doors.ask(place.group, by=me, answers=answers, agreed=True)):
        return show(request, "groups/ask.html", place, form=form, hindrance=reason, status=TAKEN)
    tell(request, _("Asked. You hear of it when somebody has decided."))
    return go(request, f"{place.group.path}about/")


@require_POST
@at_door
def withdrawal(request: Request, place: Place) -> HttpResponse:
    """Take one's request back."""
    doors.withdraw_request(place.group, by=request.viewer.me)
    tell(request, _("Your request is taken back."))
    return go(request, f"{place.group.path}about/")


@require_POST
@at_door
def declining(request: Request, place: Place) -> HttpResponse:
    """Not come, though one was asked."""
    inviting.decline(place.group, by=request.viewer.me)
    tell(request, _("Declined. Whoever invited you is not told."))
    return go(request, HOME)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def leave(request: Request, place: Place) -> HttpResponse:
    """Say what leaving means; then leave."""
    require(place.seat is not None)
    me, group = request.viewer.me, place.group
    last = place.role == Role.OWNER and not owners_left(group, without=me)
    heirs = members.heirs(group, me) if last else []
    form = LeaveForm(request.POST if request.method == "POST" else None, heirs=heirs)
    if request.method != "POST":
        return show(request, "groups/leave.html", place, form=form, last=last)
    if not form.is_valid():
        return show(request, "groups/leave.html", place, form=form, last=last, status=WRONG)
    if reason := conflict_of(lambda: keeping.leave(group, by=me, heir=form.chosen())):
        return show(request, "groups/leave.html", place, form=form, last=last, hindrance=reason, status=TAKEN)
    tell(request, _("You left “%(name)s”.") % {"name": group.name}, on=_back(group))
    return go(request, HOME)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def mine(request: Request, place: Place) -> HttpResponse:
    """What reaches one from the group."""
    if place.seat is None:
        require(False)
        raise AssertionError
    names = ("at_home", "in_digest", "reachable")
    if request.method != "POST":
        form = MineForm(initial={name: getattr(place.seat, name) for name in names})
        return show(request, "groups/mine.html", place, form=form)
    form = MineForm(request.POST)
    form.is_valid()
    keeping.choose(place.group, by=request.viewer.me, **form.cleaned_data)
    tell(request, _("Kept."))
    return go(request, place.group.path)


def _back(group: Group) -> tuple[str, str] | None:
    """The way back, where one may know of the group after leaving too."""
    return (f"{group.path}about/", _("Its page")) if group.visibility != "unlisted" else None
