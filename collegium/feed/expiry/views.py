"""The page of the rule, with what it would delete; and the two buttons that keep one post."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import titles
from collegium.feed.expiry import actions, due
from collegium.feed.expiry.forms import ExpiryForm, typed
from collegium.feed.models import Expiry
from collegium.feed.views.common import visible_post
from collegium.feed.views.posts import around
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell

PAGE = "/settings/old-posts/"
EXAMPLES = 5


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.expiry", rate="300/h")
def rule(request: Request) -> HttpResponse:
    """The rule, and what it would delete now; what is typed is looked at first, and set when it is sent."""
    me = request.viewer.me
    now = Expiry.objects.filter(member=me).first()
    asked = "after" in request.GET
    form = ExpiryForm(request.POST if request.method == "POST" else request.GET if asked else typed(now))
    good = form.is_valid()
    if request.method == "POST" and good:
        actions.set_rule(me, **form.cleaned_data)
        tell(request, _("Set. It begins in a day; until then nothing is deleted."), undo=f"{PAGE}removal/")
        return respond(request, "feed/expiry.html", "sheet", _context(request, form), otherwise=PAGE)
    context = _context(request, form)
    block = "going" if asked and request.method == "GET" else "sheet"
    return respond(request, "feed/expiry.html", block, context, status=200 if good else 422)


@require_POST
@signed_in
@limit("feed.expiry", rate="300/h")
def removal(request: Request) -> HttpResponse:
    """End the rule."""
    actions.end_rule(request.viewer.me)
    tell(request, _("Your posts no longer delete themselves."))
    return respond(request, "feed/expiry.html", "sheet", _context(request, ExpiryForm(typed(None))), otherwise=PAGE)


@require_POST
@signed_in
@limit("feed.edit", rate="120/h")
def stay(request: Request, pk: int) -> HttpResponse:
    """Keep this post whatever the rule says."""
    return _answer(request, pk, stays=True)


@require_POST
@signed_in
@limit("feed.edit", rate="120/h")
def go(request: Request, pk: int) -> HttpResponse:
    """Let it go with the others again."""
    return _answer(request, pk, stays=False)


def _answer(request: Request, pk: int, *, stays: bool) -> HttpResponse:
    row = visible_post(request, pk)
    actions.keep(row, by=request.viewer.me, stays=stays)
    told = _("This post stays when your old posts delete themselves.")
    if not stays:
        told = _("Your rule for old posts counts for this one too.")
    tell(request, told, undo=f"{row.path}staying/{'removal/' if stays else ''}")
    return respond(request, "feed/single.html", "card", around(request, visible_post(request, pk)), otherwise=row.path)


def _context(request: Request, form: ExpiryForm) -> dict[str, Any]:
    """What the page needs; what the rule on it would delete now, as exactly as a sweep would."""
    me = request.viewer.me
    now = Expiry.objects.filter(member=me).first()
    context: dict[str, Any] = {
        "form": form,
        "rule": now,
        "begins": due.begins_at(now) if now is not None else clock.now() + due.PAUSE,
        "has_begun": now is not None and due.has_begun(now),
        "written": me.posts.count(),
    }
    if form.is_valid():
        going = due.of(Expiry(member=me, since=clock.now(), **form.cleaned_data))
        examples = due.most_loved(me, going, EXAMPLES)
        titles.give(request.viewer, examples)
        context |= {"count": going.count(), "examples": examples}
    return context
