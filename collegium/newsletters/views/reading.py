"""What readers see: the list, a newsletter with its issues, and asking for it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.feed.views.common import number
from collegium.lib.limits import limit
from collegium.newsletters import actions, reading, rules
from collegium.newsletters.forms import SubscribeForm
from collegium.newsletters.models import Newsletter
from collegium.newsletters.views.common import visible
from collegium.ui.respond import respond, tell

LIST, PAGE = "newsletters/list.html", "newsletters/newsletter.html"


@require_safe
@signed_in
def newsletters(request: Request) -> HttpResponse:
    """One's own, those one reads, those one might."""
    after = request.GET.get("after", "")
    context: dict[str, Any] = {"others": reading.others(request.viewer, after), "first": not after}
    if not after:
        context |= {"mine": reading.mine(request.viewer), "read": reading.read_by(request.viewer)}
    return respond(request, LIST, "stretch" if after else "main", context)


@require_safe
def newsletter(request: Request, pk: int, slug: str = "") -> HttpResponse:
    """One, with the issues this viewer sees."""
    row = visible(request, pk)
    if slug != (row.slug or "-"):
        return redirect(row.path)
    after = request.GET.get("after", "")
    return respond(request, PAGE, "stretch" if after else "main", _shown(request, row, after))


@require_safe
def issue(request: Request, pk: int) -> HttpResponse:
    """On to the article of an issue.

    Raises:
        Http404: the viewer does not see it.
    """
    row = reading.seen_issues(request.viewer).select_related("article").filter(pk=number(str(pk))).first()
    if row is None:
        raise Http404
    return redirect(row.article.path)


@require_safe
def of_article(request: Request, pk: int) -> HttpResponse:
    """The line that stands beside an article that is an issue; nothing beside others."""
    row = reading.of_article(request.viewer, number(str(pk)))
    if row is None:
        return HttpResponse(status=204)
    mine = reading.asked(request.viewer, row.newsletter)
    return respond(request, "newsletters/of_article.html", "line", {"issue": row, "asked": mine})


@require_POST
@signed_in
@limit("newsletters.subscribing", "60/h")
def subscription(request: Request, pk: int) -> HttpResponse:
    """Ask for it, or ask for it in another way."""
    row = visible(request, pk)
    form = SubscribeForm(request.POST)
    form.is_valid()
    was = reading.asked(request.viewer, row)
    actions.subscribe(row, by=request.viewer.me, **form.cleaned_data)
    tell(request, _("Kept.") if was else _("You get the next issue."))
    return respond(request, PAGE, "asking", _shown(request, visible(request, pk)), otherwise=row.path)


@require_POST
@signed_in
@limit("newsletters.subscribing", "60/h")
def leaving(request: Request, pk: int) -> HttpResponse:
    """Be sent it no more; the newsletter need not be in sight any more."""
    actions.unsubscribe(Newsletter(pk=number(str(pk))), by=request.viewer.me)
    tell(request, _("No more issues of it are sent to you."))
    row = reading.one(request.viewer, number(str(pk)))
    if row is None:
        return redirect("newsletters:list")
    return respond(request, PAGE, "asking", _shown(request, row), otherwise=row.path)


def _shown(request: Request, row: Newsletter, after: str = "") -> dict[str, Any]:
    return {
        "newsletter": row,
        "issues": reading.issues(request.viewer, row, after),
        "first": not after,
        "asked": reading.asked(request.viewer, row),
        "is_own": rules.may_edit(request.viewer.member, row),
    }
