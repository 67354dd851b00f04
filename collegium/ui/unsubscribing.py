"""The page behind "unsubscribe" in a mail: one button, no account, the same answer to whoever asks."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collegium.lib import unsubscribe
from collegium.lib.limits import by_address, limit
from collegium.ui.respond import render_page

LONGEST = 200


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limit("ui.unsubscribing", "600/10m", by=by_address)
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, since mail programs look by themselves; a POST ends the mails at once.

    It needs neither a session nor a token against forgery: the address itself is signed, and the programs of mail
    services press it without cookies. Many of them press from one address, so the limit is a wide one.
    """
    known = unsubscribe.purposes.of(token)
    if request.method == "POST" and len(token) <= LONGEST:
        unsubscribe.end(token)
    context = {
        "what": known.words() if known is not None else _("These mails"),
        "back": known.back if known is not None else "/settings/",
        "done": request.method == "POST",
    }
    response = HttpResponse(render_page(request, "ui/unsubscribe.html", context))
    response["X-Robots-Tag"] = "noindex"
    return response
