"""What the field for an organisation offers while one types."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.audience.door import Request, signed_in
from collegium.lib.limits import limit
from collegium.organizations.suggesting import suggest
from collegium.ui.respond import respond


@require_safe
@signed_in
@limit("organizations.ahead", "900/10m", reads=True)
def options(request: Request) -> HttpResponse:
    """The records somebody may mean, as rows of a listbox and options of a `<datalist>`."""
    found = suggest(request.GET.get("q", ""))
    return respond(request, "organizations/options.html", "options", {"found": found})
