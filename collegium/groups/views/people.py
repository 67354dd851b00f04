"""Who is in a group; roles, taking somebody out, bans."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience import people as sight
from collegium.audience.door import Request
from collegium.graph.degrees import standings
from collegium.groups import rules
from collegium.groups.actions import barring, keeping
from collegium.groups.forms import BanForm, ReasonForm, RoleForm
from collegium.groups.models import Ban, Membership, Role
from collegium.groups.reading import doors, members
from collegium.groups.seating import Place
from collegium.groups.views.common import TAKEN, WRONG, conflict_of, go, kept, show
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.ui.respond import respond, tell

FILTERS = {"owners": Role.OWNER, "managers": Role.MANAGER, "moderators": Role.MODERATOR}


@require_safe
@kept
def listed(request: Request, place: Place) -> HttpResponse:
    """The list."""
    require(place.reads, _("Only members of this group see who is in it."))
    after, chosen = request.GET.get("after", ""), request.GET.get("role", "")
    page = members.members(place, role=FILTERS.get(chosen), after=after)
    near = standings(request.viewer.member, [each.member_id for each in page.rows])
    context: dict[str, Any] = {"page": page, "near": near, "first": not after, "chosen": chosen}
    context |= {"group": place.group, "seat": place, "filters": FILTERS, "written": members.written(place, page)}
    return respond(request, "groups/members.html", "stretch" if after else "main", context)


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def role(request: Request, place: Place, person: str) -> HttpResponse:
    """Give somebody a role, or take one."""
    require(rules.may_own(request.viewer.member, place.group) and place.group.is_open)
    theirs = _seat(place, person)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": theirs.role})
    context: dict[str, Any] = {"person": theirs.member, "theirs": theirs, "form": form}
    if request.method != "POST":
        return show(request, "groups/role.html", place, **context)
    if not form.is_valid():
        return show(request, "groups/role.html", place, status=WRONG, **context)
    chosen = form.cleaned_data["role"]
    if reason := conflict_of(lambda: keeping.give_role(place.group, theirs.member, chosen, by=request.viewer.me)):
        return show(request, "groups/role.html", place, hindrance=reason, status=TAKEN, **context)
    said = {"name": theirs.member.name, "role": Role(chosen).label}
    tell(request, _("%(name)s: %(role)s.") % said)
    return go(request, f"{place.group.path}members/")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def removal(request: Request, place: Place, person: str) -> HttpResponse:
    """Take somebody out."""
    require(place.keeps)
    theirs = _seat(place, person)
    require(rules.may_remove(request.viewer.member, theirs.member, place.group))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(
            request, "groups/removal.html", place, person=theirs.member, form=form, status=WRONG if form.errors else 200
        )
    keeping.remove(place.group, theirs.member, by=request.viewer.me, reason=form.cleaned_data["reason"])
    tell(request, _("%(name)s is taken out of the group, and told.") % {"name": theirs.member.name})
    return go(request, f"{place.group.path}members/")


@require_http_methods(["GET", "HEAD", "POST"])
@kept
def ban(request: Request, place: Place, person: str) -> HttpResponse:
    """Keep somebody out: one of the group, or one who asks to be let in."""
    require(place.keeps)
    who = _anybody(request, person)
    require(rules.may_remove(request.viewer.member, who, place.group))
    form = BanForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, "groups/ban.html", place, person=who, form=form)
    if not form.is_valid():
        return show(request, "groups/ban.html", place, person=who, form=form, status=WRONG)
    values, me = form.cleaned_data, request.viewer.me
    wishes = {"reason": values["reason"], "until": form.until(), "with_content": values["with_content"]}
    if reason := conflict_of(lambda: barring.ban(place.group, who, by=me, **wishes)):
        return show(request, "groups/ban.html", place, person=who, form=form, hindrance=reason, status=TAKEN)
    tell(request, _("%(name)s is kept out, and told why.") % {"name": who.name})
    return go(request, f"{place.group.path}bans/")


@require_safe
@kept
def bans(request: Request, place: Place) -> HttpResponse:
    """Who is kept out."""
    require(place.keeps)
    after = request.GET.get("after", "")
    context = {"page": doors.bans(place.group, after), "first": not after, "group": place.group, "seat": place}
    return respond(request, "groups/bans.html", "stretch" if after else "main", context)


@require_POST
@kept
def lifting(request: Request, place: Place, pk: int) -> HttpResponse:
    """Let somebody come again."""
    require(place.keeps)
    row = Ban.objects.filter(pk=min(pk, 2**63 - 1), group=place.group).select_related("group", "member").first()
    if row is None:
        raise Http404
    barring.lift(row, by=request.viewer.me)
    tell(request, _("%(name)s may join again, and is told.") % {"name": row.member.name})
    return go(request, f"{place.group.path}bans/")


def _seat(place: Place, person: str) -> Membership:
    """One of the group whom the viewer is shown.

    Raises:
        Http404: nobody of them.
    """
    row = members.person(place, person)
    if row is None:
        raise Http404
    return row


def _anybody(request: Request, person: str) -> Member:
    """Somebody whom no block parts from the viewer.

    Raises:
        Http404: nobody.
    """
    row = sight.present_to(request.viewer).filter(handle=person).first()
    if row is None:
        raise Http404
    return row
