"""What the field for a skill offers while one types."""

from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from collegium.lib.limits import limit
from collegium.skills.suggesting import suggest
from collegium.ui.respond import respond


@require_safe
@limit("skills.ahead", "900/10m", reads=True)
def options(request: HttpRequest) -> HttpResponse:
    """The skills somebody may mean, as rows of a listbox and options of a `<datalist>`; for members.

    This room lies below the one that keeps the door, so it asks the request itself who is there.
    """
    if not getattr(request, "viewer", None):
        if getattr(request, "htmx", False):
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return redirect_to_login(request.get_full_path())
    found = suggest(request.GET.get("q", ""))
    return respond(request, "skills/options.html", "options", {"found": found})
