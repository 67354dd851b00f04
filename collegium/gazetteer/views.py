"""What the field for a place offers while one types."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from collegium.gazetteer.suggesting import suggest
from collegium.lib.limits import limit
from collegium.ui.respond import respond


@require_safe
@limit("gazetteer.ahead", "900/10m", reads=True)
def options(request: HttpRequest) -> HttpResponse:
    """The places somebody may mean, as rows of a listbox and options of a `<datalist>`.

    For everybody: work is looked for signed out too, and where towns lie is no secret.
    """
    found = suggest(request.GET.get("q", ""))
    return respond(request, "gazetteer/options.html", "options", {"found": found})
