"""The conversation: reading, writing, leaving."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.audience.door import Request
from collegium.introductions import actions, threads
from collegium.introductions.forms import MessageForm
from collegium.introductions.models import Introduction
from collegium.introductions.threads import Talk
from collegium.introductions.views.common import ROOT, TAKEN, key, lane
from collegium.lib.refusal import Conflict
from collegium.network.views.common import for_members
from collegium.ui.respond import respond, tell


def show(request: Request, talk: Talk, form: MessageForm | None = None, *, status: int = 200) -> HttpResponse:
    """The conversation, or what was said in it alone."""
    before = request.GET.get("before", "")
    said, rest = threads.messages(request.viewer, talk, before)
    context = {"talk": talk, "said": said, "rest": rest, "before": before, "form": form or MessageForm()}
    return respond(request, "introductions/talk.html", "main", context | lane("talks"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def messages(request: Request, pk: int) -> HttpResponse:
    """What was said; or something more."""
    talk = _talk(request, pk)
    if request.method != "POST":
        return _said(request, talk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _write(request, talk, form, status=422) if request.htmx else show(request, talk, form, status=422)
    try:
        actions.write(talk.row, by=request.viewer.me, text=form.cleaned_data["text"])
    except Conflict as conflict:
        form.add_error(None, conflict.reason)
        return _write(request, talk, form, status=TAKEN) if request.htmx else show(request, talk, form, status=TAKEN)
    if not request.htmx:
        return HttpResponseRedirect(f"{talk.row.path}#write")
    return _write(request, talk, MessageForm())


def _said(request: Request, talk: Talk) -> HttpResponse:
    """What was said, for a page that looks again or reads further back."""
    before = request.GET.get("before", "")
    said, rest = threads.messages(request.viewer, talk, before)
    if not request.htmx:
        return show(request, talk)
    context = {"talk": talk, "said": said, "rest": rest, "before": before}
    return respond(request, "introductions/talk.html", "stretch" if before else "said", context)


def _write(request: Request, talk: Talk, form: MessageForm, *, status: int = 200) -> HttpResponse:
    """The form again: empty, with what was said under it new; or with what was typed and why it did not go."""
    said, rest = threads.messages(request.viewer, talk)
    context = {"talk": talk, "said": said, "rest": rest, "before": "", "form": form, "fresh": status < TAKEN}
    return respond(request, "introductions/talk.html", "answer", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def departure(request: Request, pk: int) -> HttpResponse:
    """Say what leaving means, then leave."""
    row = get_object_or_404(Introduction.objects.conversations(request.viewer.me).with_people(), pk=key(pk))
    if request.method != "POST":
        return respond(request, "introductions/departure.html", "main", {"row": row})
    actions.leave(row, by=request.viewer.me)
    tell(request, _("You left the conversation. Nobody is told."))
    return HttpResponseRedirect(f"{ROOT}talks/")


@require_safe
@for_members
def fresh(request: Request) -> HttpResponse:
    """How many letters wait for the viewer, for pages that show it."""
    me = request.viewer.me
    waiting = Introduction.objects.to(me).count()
    asked = Introduction.objects.through(me).filter(state=Introduction.State.ASKED).count()
    if not request.htmx:
        return HttpResponseRedirect(ROOT)
    return respond(request, "introductions/fragments.html", "badge", {"waiting": waiting + asked})


def _talk(request: Request, pk: int) -> Talk:
    """The conversation, if the viewer is in it.

    Raises:
        Http404: she is not.
    """
    found = threads.talk(request.viewer, key(pk))
    if found is None:
        raise Http404
    return found
