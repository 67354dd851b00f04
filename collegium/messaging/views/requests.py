"""What somebody new wrote, and what its recipient makes of it. Nothing here is told to the sender but a yes."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from collegium.audience.door import Request
from collegium.messaging.actions import approaching
from collegium.messaging.forms import VerdictForm
from collegium.messaging.models import Request as Asked
from collegium.messaging.reading.talk import Talk
from collegium.messaging.views.common import ROOT, keeping, talk_of
from collegium.messaging.views.talks import changed
from collegium.ui.respond import tell


@require_POST
@keeping
def acceptance(request: Request, pk: int) -> HttpResponse:
    """Let the other write."""
    approaching.accept(_asked(talk_of(request, pk)), by=request.viewer.me)
    return changed(request, pk)


@require_POST
@keeping
def decline(request: Request, pk: int) -> HttpResponse:
    """Put it away without a word, with or without a verdict."""
    asked = _asked(talk_of(request, pk))
    approaching.decline(asked, by=request.viewer.me, verdict=_verdict(request))
    tell(request, _("Declined. %(name)s is not told.") % {"name": asked.sender.name})
    return changed(request, pk, go=f"{ROOT}?box=requests")


@require_POST
@keeping
def restoration(request: Request, pk: int) -> HttpResponse:
    """Take a decline back."""
    approaching.undecline(_asked(talk_of(request, pk)), by=request.viewer.me)
    return changed(request, pk)


@require_POST
@keeping
def verdict(request: Request, pk: int) -> HttpResponse:
    """Say what it is, afterwards."""
    approaching.judge(_asked(talk_of(request, pk)), by=request.viewer.me, verdict=_verdict(request))
    return changed(request, pk)


def _asked(talk: Talk) -> Asked:
    """The request that waits for the viewer.

    Raises:
        Http404: there is none.
    """
    if talk.request is None or not talk.asked_me:
        raise Http404
    return talk.request


def _verdict(request: Request) -> str:
    form = VerdictForm(request.POST)
    return str(form.cleaned_data["verdict"]) if form.is_valid() else ""
