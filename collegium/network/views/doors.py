"""The page on which one says who may invite one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from collegium.audience.door import Request
from collegium.network import door as doors
from collegium.network.forms import DoorForm
from collegium.network.views.common import for_members
from collegium.ui.respond import respond, tell

WRONG = 422
HERE = "/network/door/"


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def door(request: Request) -> HttpResponse:
    """Who may invite, and whether with a note."""
    now = doors.of(request.viewer.me)
    if request.method != "POST":
        form = DoorForm({"who": now.who, "wants_note": now.wants_note})
        return respond(request, "network/door.html", "main", {"form": form, "choices": DoorForm.CHOICES})
    form = DoorForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "choices": DoorForm.CHOICES}
        return respond(request, "network/door.html", "main", context, status=WRONG)
    doors.put(request.viewer.me, form.cleaned_data["who"], wants_note=form.cleaned_data["wants_note"])
    tell(request, _("Saved. It counts from now on; invitations that wait for you stay."))
    context = {"form": form, "choices": DoorForm.CHOICES}
    return respond(request, "network/door.html", "main", context, otherwise=HERE)
