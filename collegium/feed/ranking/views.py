"""The page that publishes the formula, with one's own weights; and the switch between the two orders."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import timeline, titles
from collegium.feed.models import Mix
from collegium.feed.ranking import actions, order, weights
from collegium.feed.ranking.forms import WeightsForm
from collegium.feed.ranking.weights import Weights
from collegium.lib.limits import limit
from collegium.ui.respond import respond, tell

PAGE = "/posts/order/"
# So many posts are shown to try the weights on.
TRIED = 8


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.order", rate="600/h")
def formula(request: Request) -> HttpResponse:
    """The formula, and what it would do; what is typed is tried at once, and kept when it is sent."""
    if request.method == "POST":
        return _keep(request)
    mix = timeline.mix_of(request.viewer.me)
    typed = any(name in request.GET for name in weights.DEFAULT)
    form = WeightsForm(request.GET) if typed else WeightsForm(initial=weights.of(mix))
    chosen = form.weights if typed and form.is_valid() else None
    context = _context(request, mix, form) | _tried(request, mix, chosen)
    block = "tried" if typed else "sheet"
    return respond(request, "feed/order.html", block, context, status=422 if typed and form.errors else 200)


@require_POST
@signed_in
@limit("feed.order", rate="600/h")
def view(request: Request) -> HttpResponse:
    """Have home in this order from now on."""
    chosen = request.POST.get("view", "")
    actions.choose(chosen, by=request.viewer.me)
    told = _("Your home is in your own order now, until you change it.")
    if chosen == Mix.View.NEWEST:
        told = _("Your home shows the newest first now, until you change it.")
    tell(request, told)
    return respond(request, "feed/order.html", "sheet", _whole(request), otherwise="feed:home")


def _keep(request: Request) -> HttpResponse:
    """What was sent: weights, or the wish for the usual ones."""
    me = request.viewer.me
    if "usual" in request.POST:
        actions.weigh(None, by=me)
        tell(request, _("The usual weights count again."))
        return respond(request, "feed/order.html", "sheet", _whole(request), otherwise=PAGE)
    form = WeightsForm(request.POST)
    mix = timeline.mix_of(me)
    if not form.is_valid():
        context = _context(request, mix, form) | _tried(request, mix, None)
        return respond(request, "feed/order.html", "sheet", context, status=422)
    actions.weigh(form.weights, by=me)
    tell(request, _("Your weights count from now on."))
    return respond(request, "feed/order.html", "sheet", _whole(request), otherwise=PAGE)


def _whole(request: Request) -> dict[str, Any]:
    """The page as it is now."""
    mix = timeline.mix_of(request.viewer.me)
    return _context(request, mix, WeightsForm(initial=weights.of(mix))) | _tried(request, mix, None)


def _context(request: Request, mix: Mix, form: WeightsForm) -> dict[str, Any]:
    return {
        "form": form,
        "mix": mix,
        "ranked": mix.view == Mix.View.RANKED,
        "usual": weights.of(mix) == weights.DEFAULT,
        "most": weights.MOST,
        "window": order.WINDOW,
    }


def _tried(request: Request, mix: Mix, chosen: Weights | None) -> dict[str, Any]:
    """What would come first with these weights, or with hers."""
    me = request.viewer.me
    page = order.page(me, timeline.people_of(me), mix, chosen=chosen)
    first = page.posts[:TRIED]
    titles.give(request.viewer, first)
    return {"page": page, "first": first}
