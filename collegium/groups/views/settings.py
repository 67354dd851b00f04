"""How a group is kept: its words, its doors, its questions, its log, its end."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.groups import log as keeping_log
from collegium.groups import rules
from collegium.groups.actions import ending as acts
from collegium.groups.actions import founding
from collegium.groups.actions.founding import Charter
from collegium.groups.forms import CharterForm, NameForm, QuestionsForm
from collegium.groups.models import Question
from collegium.groups.seating import Place
from collegium.groups.views.common import TAKEN, WRONG, conflict_of, go, kept, show
from collegium.lib.refusal import require
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def settings(request: Request, place: Place) -> HttpResponse:
    """Its words and how it is kept. What would open it is said a second time."""
    require(place.manages)
    now = Charter.of(place.group)
    form = CharterForm(request.POST if request.method == "POST" else None, initial=vars(now))
    if request.method != "POST":
        return show(request, "groups/settings.html", place, form=form)
    if not form.is_valid():
        return show(request, "groups/settings.html", place, form=form, status=WRONG)
    charter, sure = form.charter(now), form.cleaned_data["sure"]
    if founding.opening(place.group, charter) and not sure:
        return show(request, "groups/settings.html", place, form=form, opening=True, status=WRONG)
    if reason := conflict_of(lambda: founding.edit(place.group, charter, by=request.viewer.me, opens=sure)):
        form.add_error(None, reason)
        return show(request, "groups/settings.html", place, form=form, status=TAKEN)
    tell(request, _("Kept."))
    return go(request, f"{place.group.path}settings/")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def questions(request: Request, place: Place) -> HttpResponse:
    """What is asked of whoever wants to join."""
    require(place.manages)
    there = list(Question.objects.filter(group=place.group).order_by("rank"))
    form = QuestionsForm(request.POST if request.method == "POST" else None, questions=there)
    if request.method != "POST" or not form.is_valid():
        return show(request, "groups/questions.html", place, form=form, status=WRONG if form.errors else 200)
    founding.ask(place.group, form.asked(), by=request.viewer.me)
    tell(request, _("Kept. Who has asked already answered the questions as they were."))
    return go(request, f"{place.group.path}settings/questions/")


@require_safe
@kept
def log(request: Request, place: Place) -> HttpResponse:
    """Who did what to whom, when, why."""
    require(rules.may_read_log(request.viewer.member, place.group))
    after = request.GET.get("after", "")
    page = keeping_log.read(place.group, after)
    context: dict[str, Any] = {"page": page, "first": not after, "group": place.group, "seat": place}
    return respond(request, "groups/log.html", "stretch" if after else "main", context)


@require_safe
@kept
def ending(request: Request, place: Place) -> HttpResponse:
    """What its owners can do about its end."""
    require(place.owns)
    return show(request, "groups/ending.html", place, form=NameForm())


@require_POST
@kept
def end(request: Request, place: Place) -> HttpResponse:
    """Close it, for reading."""
    acts.end(place.group, by=request.viewer.me)
    tell(request, _("“%(name)s” has ended.") % {"name": place.group.name}, undo=f"{place.group.path}reopening/")
    return go(request, f"{place.group.path}settings/ending/")


@require_POST
@kept
def reopening(request: Request, place: Place) -> HttpResponse:
    """Let it go on."""
    acts.reopen(place.group, by=request.viewer.me)
    tell(request, _("“%(name)s” goes on.") % {"name": place.group.name})
    return go(request, f"{place.group.path}settings/ending/")


@require_POST
@kept
def deletion(request: Request, place: Place) -> HttpResponse:
    """Delete it for good."""
    require(place.owns)
    form = NameForm(request.POST)
    if not form.is_valid():
        return show(request, "groups/ending.html", place, form=form, status=WRONG)
    name = form.cleaned_data["name"]
    if reason := conflict_of(lambda: acts.delete(place.group, by=request.viewer.me, name=name)):
        form.add_error("name", reason)
        return show(request, "groups/ending.html", place, form=form, status=TAKEN)
    tell(request, _("“%(name)s” is deleted, with everything that was in it.") % {"name": place.group.name})
    return go(request, "/groups/")
