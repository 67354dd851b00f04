"""Whom to ask, to recommend, to have worked with: one list of connections, three deeds."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collegium.audience.door import Request
from collegium.ui.respond import respond
from collegium.vouching import choosing
from collegium.vouching.forms import ChooseForm
from collegium.vouching.views.common import for_members


@require_safe
@for_members
def to_ask(request: Request) -> HttpResponse:
    """Whom to ask for a recommendation."""
    return _choose(request, "ask", _("Whom do you ask for a recommendation?"), _("Ask"))


@require_safe
@for_members
def to_recommend(request: Request) -> HttpResponse:
    """Whom to recommend."""
    return _choose(request, "write", _("Whom do you recommend?"), _("Recommend"))


@require_safe
@for_members
def to_propose(request: Request) -> HttpResponse:
    """Who worked with the viewer."""
    return _choose(request, "with", _("Who worked with you?"), _("Choose"))


def _choose(request: Request, deed: str, title: str, press: str) -> HttpResponse:
    form = ChooseForm(request.GET)
    form.is_valid()
    words, after = form.cleaned_data.get("q", ""), request.GET.get("after", "")
    page = choosing.connections(request.viewer, words, after)
    context = {"page": page, "deed": deed, "heading": title, "press": press, "words": words, "first": not after}
    return respond(request, "vouching/choose.html", "stretch" if after else "main", context)
