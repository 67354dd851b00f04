"""One's devices, and what makes the community an application on them: manifest, worker, and the page without a line."""

from http import HTTPStatus
from typing import Any

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.accounts.community import current
from collegium.accounts.devices import device as named
from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.push import actions, sending
from collegium.push.forms import EnrolForm
from collegium.push.identity import identity
from collegium.push.models import NAME_LIMIT, Device
from collegium.ui.respond import render_page, respond, tell

PAGE = "push/devices.html"
BACK = "push:devices"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("push.enrol", "60/h")
def devices(request: Request) -> HttpResponse:
    """The devices one is told on; a POST adds this one."""
    if request.method != "POST":
        return _shown(request)
    form = EnrolForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    name = named(request.headers.get("User-Agent", ""))[:NAME_LIMIT] or _("A browser")
    session = request.session.session_key or ""
    if actions.enrol(request.viewer.me, session=session, name=name, **form.cleaned_data) is None:
        return HttpResponse(status=HTTPStatus.GONE)
    return respond(request, PAGE, "devices", _context(request), otherwise=BACK)


@require_POST
@signed_in
@limit("push.drop", "60/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Tell nothing there any more."""
    actions.drop(_own(request, pk), by=request.viewer.me)
    tell(request, _("Nothing is told there any more."))
    return respond(request, PAGE, "devices", _context(request), otherwise=BACK)


@require_POST
@signed_in
@limit("push.trial", "10/h")
def trial(request: Request, pk: int) -> HttpResponse:
    """Send something there, to see it arrive."""
    device = _own(request, pk)
    words = {"title": current().name, "body": _("This is how you are told here."), "url": "/settings/devices/"}
    taken = device in sending.living(request.viewer.me) and sending.send([device], words)
    said = _("Sent. It appears there in a moment.") if taken else _("Its service did not take it. Try again later.")
    tell(request, said, tone="done" if taken else "warn")
    return respond(request, PAGE, "devices", _context(request), otherwise=BACK)


@require_safe
def manifest(request: Request) -> HttpResponse:
    """What a device shows of the community when it is installed there (W3C, Web Application Manifest)."""
    icons = [
        {"src": static(f"push/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    icons[-1]["src"] = static("push/icon-maskable-512.png")
    name = current().name
    pages = ((_("Messages"), "/messages/"), (_("News"), "/notifications/"), (_("Network"), "/network/"))
    return JsonResponse(
        {
            "id": "/",
            "name": name,
            "short_name": name[:12],
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#fbfaf7",
            "theme_color": "#1c6b52",
            "icons": icons,
            "shortcuts": [{"name": words, "url": address} for words, address in pages],
        },
        content_type="application/manifest+json",
    )


@require_safe
def worker(request: Request) -> HttpResponse:
    """The service worker; at the root, because it may answer only for what lies below its own address."""
    page = render_page(request, "push/worker.js", {})
    return HttpResponse(page, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
@csp_update({"style-src": [SELF, NONCE]})
def offline(request: Request) -> HttpResponse:
    """What stands where a page would, while there is no line. Made for everybody alike: it is kept on the device."""
    return HttpResponse(render_page(request, "push/offline.html", {}))


def _shown(request: Request, form: EnrolForm | None = None, *, status: int = 200) -> HttpResponse:
    return respond(request, PAGE, "main", _context(request) | {"form": form}, status=status)


def _context(request: Request) -> dict[str, Any]:
    rows = sending.living(request.viewer.me)
    here = request.session.session_key
    return {"devices": [(row, row.session == here) for row in rows], "public_key": identity().public_key}


def _own(request: Request, pk: int) -> Device:
    """One's own device.

    Raises:
        Http404: it is none of hers.
    """
    if not 0 < pk < 1 << 63:
        raise Http404
    return get_object_or_404(Device, pk=pk, member=request.viewer.me)
