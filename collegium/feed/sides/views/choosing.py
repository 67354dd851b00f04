"""What one reads of somebody: a small sheet, opened from a post's menu and from a person's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed.sides import actions, reading
from collegium.feed.sides.forms import ChoiceForm
from collegium.lib.limits import limit
from collegium.members.models import Member
from collegium.ties.models import Distance
from collegium.ui.respond import respond, tell


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.choose", rate="300/h")
def choice(request: Request, handle: str) -> HttpResponse:
    """Both sides and the facets she sees, each to be ticked."""
    me, author = request.viewer.me, _author(request, handle)
    chosen, offered = reading.chosen(me, author), reading.offer(request.viewer, author)
    form = ChoiceForm(request.POST if request.method == "POST" else None, sides=offered.sides, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.choose(me, author, professional=said["professional"], personal=said["personal"], own=form.own)
        tell(request, _("Your home follows. %(name)s is not told.") % {"name": author.name})
        return _done(request, author)
    context = {
        "author": author,
        "form": form,
        "chosen": chosen,
        "sides": offered.sides,
        "rung": Distance.objects.filter(member=me, other=author).values_list("rung", flat=True).first(),
        "reads": reading.reads(me, author),
    }
    return respond(request, "feed/facet_choice.html", "main", context, status=422 if form.errors else 200)


@require_POST
@signed_in
@limit("feed.choose", rate="300/h")
def both(request: Request, handle: str) -> HttpResponse:
    """Read the personal side too."""
    me, author = request.viewer.me, _author(request, handle)
    actions.choose(me, author, professional=reading.chosen(me, author).professional, personal=True, own={})
    said = _("The personal side of %(name)s comes to your home now. Nobody is told.")
    tell(request, said % {"name": author.name}, undo=f"/posts/sides/{author.handle}/removal/")
    return _done(request, author)


@require_POST
@signed_in
@limit("feed.choose", rate="300/h")
def removal(request: Request, handle: str) -> HttpResponse:
    """Read of this person what one reads of everybody."""
    author = _author(request, handle)
    actions.choose_nothing(request.viewer.me, author)
    tell(request, _("You read of %(name)s what you read of everybody.") % {"name": author.name})
    return _done(request, author)


def _author(request: Request, handle: str) -> Member:
    return get_object_or_404(reading.authors_for(request.viewer), handle=handle)


def _done(request: Request, author: Member) -> HttpResponse:
    """The dialog closes; a plain form goes to what this person posted."""
    answer = respond(request, "feed/facet_choice.html", "done", {}, otherwise=f"{author.path}posts/")
    if request.htmx:
        answer["HX-Reswap"], answer["HX-Trigger"] = "none", "dialog:close"
    return answer
