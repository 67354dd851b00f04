"""The page of the rule, with what it would delete; and the two buttons that keep one post."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import titles
from collegium.feed.expiry import actions, due, taking_back
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
        after = actions.set_rule(me, **form.cleaned_data)
        undo = f"{PAGE}restoration/{taking_back.signed(now, after)}/" if now is not None else f"{PAGE}removal/"
        tell(request, _("Set. It begins in a day; until then nothing is deleted."), undo=undo)
        return respond(request, "feed/expiry.html", "sheet", _context(request, form), otherwise=PAGE)
    context = _context(request, form)
    block = "going" if asked and request.method == "GET" else "sheet"
    return respond(request, "feed/expiry.html", block, context, status=200 if good else 422)


@require_POST
@signed_in
@limit("feed.expiry", rate="300/h")
def removal(request: Request) -> HttpResponse:
    """End the rule; the message offers to have it back."""
    me = request.viewer.me
    before = Expiry.objects.filter(member=me).first()
    actions.end_rule(me)
    undo = f"{PAGE}restoration/{taking_back.signed(before, None)}/" if before is not None else ""
    tell(request, _("Your posts no longer delete themselves."), undo=undo)
    return respond(request, "feed/expiry.html", "sheet", _context(request, ExpiryForm(typed(None))), otherwise=PAGE)


@require_POST
@signed_in
@limit("feed.expiry", rate="300/h")
def restoration(request: Request, signed: str) -> HttpResponse:
    """Put back the rule that was there before."""
    me = request.viewer.me
    found = taking_back.opened(signed, me)
    if found is None:
        raise Http404
    rule = actions.restore(me, found[0], instead_of=found[1])
    tell(request, _("Your rule is as it was before."))
    context = _context(request, ExpiryForm(typed(rule)))
    return respond(request, "feed/expiry.html", "sheet", context, otherwise=PAGE)


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
