"""What the recipient does with a recommendation: read, approve, return, hide; and show one from elsewhere."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collegium.audience.door import Request
from collegium.lib.refusal import Conflict, require
from collegium.ui.respond import respond, tell
from collegium.vouching import actions, rules
from collegium.vouching.forms import RemarkForm, VersionForm
from collegium.vouching.models import ForeignRecommendation, Recommendation
from collegium.vouching.own import entry
from collegium.vouching.views.common import back, for_members, key

RECEIVED = "/vouching/"


@require_safe
@for_members
def recommendation(request: Request, pk: int) -> HttpResponse:
    """One recommendation, for its author and for whom it was written; others find it on the profile."""
    words = _seen(request, pk)
    if request.viewer.id not in (words.author_id, words.recipient_id):
        return HttpResponseRedirect(f"{words.recipient.path}#part-recommendations")
    return respond(request, "vouching/recommendation.html", "main", _around(request, words))


@require_POST
@for_members
def approval(request: Request, pk: int) -> HttpResponse:
    """Show it on one's profile, as it was read."""
    words = _seen(request, pk)
    form = VersionForm(request.POST if "version" in request.POST else request.GET)
    if not form.is_valid():
        raise Conflict(_("Read the recommendation first, then approve it."))
    actions.approve(words, by=request.viewer.me, version=form.cleaned_data["version"])
    undo = f"{words.path}hiding/"
    tell(request, _("On your profile. %(name)s is told.") % {"name": words.author.name}, undo=undo)
    return HttpResponseRedirect(RECEIVED)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def sending_back(request: Request, pk: int) -> HttpResponse:
    """Ask the author for a change."""
    words = _seen(request, pk)
    require(rules.may_return(request.viewer.me, words))
    form = RemarkForm(request.POST if request.method == "POST" else None)
    version = VersionForm(request.POST)
    if request.method != "POST" or not form.is_valid() or not version.is_valid():
        context = _around(request, words) | {"form": form}
        return respond(request, "vouching/return.html", "main", context, status=422 if form.errors else 200)
    remark, read = form.cleaned_data["remark"], version.cleaned_data["version"]
    actions.send_back(words, by=request.viewer.me, remark=remark, version=read)
    tell(request, _("Returned. %(name)s reads your remark.") % {"name": words.author.name})
    return HttpResponseRedirect(RECEIVED)


@require_POST
@for_members
def hiding(request: Request, pk: int) -> HttpResponse:
    """Hide it."""
    words = _seen(request, pk)
    was_shown = words.state == Recommendation.State.SHOWN and not words.draft
    actions.put_away(words, by=request.viewer.me)
    undo = f"{words.path}approval/?version={words.version}" if was_shown else ""
    tell(request, _("Hidden. %(name)s is not told.") % {"name": words.author.name}, undo=undo)
    return HttpResponseRedirect(back(request, RECEIVED))


@require_POST
@for_members
def showing(request: Request, pk: int) -> HttpResponse:
    """Show a recommendation from elsewhere on one's profile."""
    return _choose(request, pk, shown=True)


@require_POST
@for_members
def unshowing(request: Request, pk: int) -> HttpResponse:
    """Keep it for oneself again."""
    return _choose(request, pk, shown=False)


def _choose(request: Request, pk: int, *, shown: bool) -> HttpResponse:
    row = get_object_or_404(ForeignRecommendation, pk=key(pk), member=request.viewer.id)
    actions.show_foreign(row, by=request.viewer.me, shown=shown)
    words = _("On your profile, marked as not confirmed here.") if shown else _("Only you see it now.")
    tell(request, words, undo=f"{row.path}{'hiding' if shown else 'showing'}/")
    return HttpResponseRedirect("/vouching/elsewhere/")


def _seen(request: Request, pk: int) -> Recommendation:
    """The recommendation, when the viewer wrote it, was written it, or finds it on a profile.

    Raises:
        Http404: she does not.
    """
    rows = Recommendation.objects.visible_to(request.viewer).with_people()
    if (row := rows.filter(pk=key(pk)).first()) is None:
        raise Http404
    return row


def _around(request: Request, words: Recommendation) -> dict[str, Any]:
    return {"entry": entry(request.viewer, words), "words": words}
