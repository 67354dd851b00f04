"""Making an event, and what its form shows on the way."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.audience.viewer import Viewer
from collegium.events import rules
from collegium.events.actions import making
from collegium.events.forms.details import DetailsForm
from collegium.events.forms.hours import HoursForm, beginning
from collegium.events.models import Event
from collegium.events.reading import times
from collegium.feed.drafts.forms import ComposerForm
from collegium.groups.models import Group
from collegium.lib.limits import limit
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.notifications.hours import offered
from collegium.organizations.models import Organization
from collegium.ui.respond import respond, tell

NEW = "events/new.html"
# What of the composer's form the verb takes; an event has no words beside its own, and does not delete itself.
TAKEN_OVER = ("choice", "facet", "side", "commenting", "form_key", "machine")
SHOWN = 6


@require_http_methods(["GET", "POST"])
@signed_in
@limit("events.make", rate="30/h")
def new(request: Request) -> HttpResponse:
    """Make one: for oneself, in a group, or for a page."""
    me = request.viewer.me
    group, page = _place(request)
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None:
        # Whether the words fit the topics of a group is asked of posts; an event waits for its moderators then.
        sent["anyway"] = "on"
        sent.pop("body", None)
    aim = ComposerForm(sent, me=me, group=group, initial=_aimed(page))
    for name in ("later", "zone", "lasting"):
        aim.fields.pop(name, None)
    zone = times.zone_of(me.pk)
    details, hours = DetailsForm(sent), HoursForm(sent, initial=beginning(zone))
    context = {"aim": aim, "details": details, "hours": hours, "group": group, "page": page, "zones": offered()}
    if sent is None:
        return respond(request, NEW, "main", context)
    judged = [each.is_valid() for each in (aim, details, hours)]
    if not all(judged):
        return respond(request, NEW, "main", context, status=422)
    try:
        made = making.make(details.details, hours.pattern, by=me, group=group, **_values(aim, page))
    except Refusal as refusal:
        details.add_error(None, refusal.reason or _("You cannot make an event there."))
        return respond(request, NEW, "main", context, status=403)
    except Conflict as refusal:
        details.add_error(None, refusal.reason)
        return respond(request, NEW, "main", context, status=409)
    return _made(request, made)


@require_GET
@signed_in
def preview(request: Request) -> HttpResponse:
    """When it would be, by the clock there and one's own: the first times, and whether clocks change between them."""
    form = HoursForm(request.GET)
    if not form.is_valid():
        return respond(request, "events/preview.html", "preview", {"dates": [], "form": form})
    pattern = form.pattern
    zone = times.zone_of(request.viewer.id)
    begins = [at for at, _number in zip(pattern.beginnings(), range(SHOWN + 1), strict=False)]
    dates = []
    for at in begins[:SHOWN]:
        there = times.by_clock(at, pattern.ends(at), pattern.zone)
        dates.append((there, times.for_reader(there, zone) if zone else None))
    context = {
        "dates": dates,
        "more": len(begins) > SHOWN,
        "words": times.rule_in_words(pattern.text),
        "changes": len({there.starts.utcoffset() for there, _here in dates}) > 1,
        "city": times.city_of(pattern.zone),
        "form": form,
    }
    return respond(request, "events/preview.html", "preview", context)


def _values(aim: ComposerForm, page: Organization | None) -> dict[str, Any]:
    """What the verb takes of the part about who sees it."""
    values = {name: aim.cleaned_data[name] for name in TAKEN_OVER if name in aim.cleaned_data}
    return values | {"page": page or aim.cleaned_data.get("page")}


def _made(request: Request, event: Event) -> HttpResponse:
    if event.post.place_state:
        tell(request, _("Your event waits for those who keep the group. You are told what they decide."), tone="info")
    else:
        tell(request, _("Your event stands."), on=(f"{event.path}invite/", _("Invite people")))
    return redirect(event.path)


def _place(request: Request) -> tuple[Group | None, Organization | None]:
    """Where it is to be, as the address says.

    Raises:
        Http404: there is no such place for this viewer.
        Refusal: she may not make an event there.
    """
    viewer: Viewer = request.viewer
    if handle := request.GET.get("group", "")[:80]:
        group = get_object_or_404(Group.objects.visible_to(viewer), handle=handle)
        require(rules.may_make_in(viewer.me, group), rules.why_not_in(viewer.me, group))
        return group, None
    if handle := request.GET.get("page", "")[:80]:
        page = get_object_or_404(Organization.objects.filter(page_since__isnull=False, merged_into=None), handle=handle)
        require(rules.may_make_for(viewer.me, page), _("Only those who speak for this page make events for it."))
        return None, page
    return None, None


def _aimed(page: Organization | None) -> dict[str, Any]:
    """What stands in the part about who sees it."""
    return {"speaker": str(page.pk)} if page is not None else {}
