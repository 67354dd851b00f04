"""How often one is mailed what one missed, and what would stand in a mail now."""

from typing import Any

from django.http import HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request, signed_in
from collegium.digests import actions, rules
from collegium.digests.forms import WishForm
from collegium.digests.missed import missed
from collegium.digests.models import Digest, Wish
from collegium.lib.limits import limit
from collegium.notifications.choices import rest_of
from collegium.notifications.hours import zone_of
from collegium.ui.respond import respond, tell

PAGE = "digests/digest.html"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("digests.choose", "60/h")
def digest(request: Request) -> HttpResponse:
    """Choose; what would come now stands below."""
    me = request.viewer.me
    wish = Wish.objects.filter(member=me).first() or Wish(member=me, rhythm=Wish.Rhythm.NEVER)
    form = WishForm(request.POST if request.method == "POST" else None, initial=_values(wish, rest_of(me).zone))
    if request.method == "POST" and form.is_valid():
        actions.choose(me, **form.cleaned_data)
        tell(
            request, _("Your mail is changed.") if form.cleaned_data["rhythm"] != "never" else _("No such mail comes.")
        )
        return respond(request, PAGE, "main", _shown(request, wish, form), otherwise="digests:digest")
    return respond(request, PAGE, "main", _shown(request, wish, form), status=422 if form.errors else 200)


@require_safe
@signed_in
def preview(request: Request) -> HttpResponse:
    """What would come now, made by what makes the mail."""
    me = request.viewer.me
    wish = Wish.objects.filter(member=me).first() or Wish(member=me)
    context = {"missed": missed(me, wish), "me": me, "wish": wish}
    return respond(request, "digests/preview.html", "letter", context)


def _values(wish: Wish, zone: str) -> dict[str, Any]:
    return {"rhythm": wish.rhythm, "weekday": wish.weekday, "hour": wish.hour, "zone": zone}


def _shown(request: Request, wish: Wish, form: WishForm) -> dict[str, Any]:
    """What the page shows: the choice, when the next mail is due, and how the last hours went."""
    me = request.viewer.me
    now = Wish.objects.filter(member=me).first() or wish
    return {
        "form": form,
        "wish": now,
        "due": _spoken(now, rest_of(me).zone),
        "address": me.user.email,
        "can_be_mailed": rules.may_be_mailed(me),
        "last": Digest.objects.filter(member=me).order_by("-due_at").first(),
        "rhythms": [
            ("weekly", _("Once a week"), _("On the day and at the hour you choose.")),
            ("daily", _("Every day"), _("At the hour you choose.")),
            ("never", _("Never"), _("No such mail comes.")),
        ],
    }


def _spoken(wish: Wish, zone: str) -> str:
    """When the next one is due, on her own clock; empty when none is."""
    if wish.due_at is None:
        return ""
    return formats.date_format(wish.due_at.astimezone(zone_of(zone)), "DATETIME_FORMAT")
