"""What a group is for, its rules, who keeps it; what somebody new reads; and accepting the rules once more."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request
from collegium.graph.degrees import standings
from collegium.groups.actions import doors
from collegium.groups.forms import RulesForm
from collegium.groups.reading import members
from collegium.groups.seating import Place
from collegium.groups.views.common import TAKEN, WRONG, at_door, conflict_of, go, in_place, show
from collegium.lib.refusal import require
from collegium.ui.respond import tell


@require_safe
@in_place
def about(request: Request, place: Place) -> HttpResponse:
    """The page that everybody has who may know of the group."""
    keepers = members.keepers(place)
    near = standings(request.viewer.member, [each.member_id for each in keepers])
    return show(request, "groups/about.html", place, keepers=keepers, near=near)


@require_safe
@at_door
def welcome(request: Request, place: Place) -> HttpResponse:
    """What somebody new reads first."""
    require(place.seat is not None)
    return show(request, "groups/welcome.html", place) if place.group.welcome else go(request, place.group.path)


@require_http_methods(["GET", "HEAD", "POST"])
@at_door
def rules(request: Request, place: Place) -> HttpResponse:
    """Read the rules as they stand; accept them."""
    require(place.seat is not None)
    form = RulesForm(request.POST if request.method == "POST" else None, group=place.group)
    if request.method != "POST":
        return show(request, "groups/rules.html", place, form=form)
    if not form.is_valid():
        return show(request, "groups/rules.html", place, form=form, status=WRONG)
    read_at = form.cleaned_data.get("read_at")
    if reason := conflict_of(lambda: doors.agree(place.group, by=request.viewer.me, read_at=read_at)):
        place.group.refresh_from_db()
        again = RulesForm(None, group=place.group)
        return show(request, "groups/rules.html", place, form=again, hindrance=reason, status=TAKEN)
    tell(request, _("Thank you. You can post in “%(name)s” again.") % {"name": place.group.name})
    return go(request, place.group.path)
