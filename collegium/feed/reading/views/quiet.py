"""What a member does not want at home: one post, a word, a topic; and the page where all of it stands."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import titles
from collegium.feed.models import Post, Quiet
from collegium.feed.reading import actions
from collegium.feed.reading.forms import LengthForm, QuietForm
from collegium.feed.views.common import visible_post
from collegium.lib import clock
from collegium.lib.limits import limit
from collegium.ties.models import Distance
from collegium.ui.respond import respond, tell

PAGE = "/settings/quiet/"
SHOWN = 200


@require_POST
@signed_in
@limit("feed.quiet", rate="600/h")
def hide(request: Request, pk: int) -> HttpResponse:
    """Not this one."""
    row = visible_post(request, pk)
    actions.hide(row, by=request.viewer.me)
    tell(request, _("This post no longer comes to your home."), undo=f"{row.path}hiding/removal/")
    return respond(request, "feed/quiet_post.html", "main", {"post": row}, otherwise="feed:home")


@require_POST
@signed_in
@limit("feed.quiet", rate="600/h")
def unhide(request: Request, pk: int) -> HttpResponse:
    """Let it come home again; what one meanwhile sees no more, too."""
    row = Quiet.objects.filter(member=request.viewer.me, post=pk if pk < 1 << 63 else 0).select_related("post").first()
    if row is None or row.post is None:
        raise Http404
    actions.unhide(row.post, by=request.viewer.me)
    tell(request, _("It comes to your home again."))
    return respond(request, "feed/quiet.html", "quiet", context(request), otherwise="feed:home")


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.quiet", rate="600/h")
def quiet(request: Request) -> HttpResponse:
    """Everything that is quiet, and one thing more."""
    form = QuietForm(request.POST or None, initial={"word": request.GET.get("word", "")[:60], "days": 7})
    if request.method == "POST" and form.is_valid():
        me, days = request.viewer.me, form.cleaned_data["days"]
        if form.topic is not None:
            actions.mute_topic(form.topic, by=me, days=days)
        else:
            actions.mute_word(form.cleaned_data["word"], by=me, days=days)
        tell(request, _("Quiet from now on."))
        return respond(request, "feed/quiet.html", "quiet", context(request), otherwise=PAGE)
    status = 422 if form.errors else 200
    return respond(request, "feed/quiet.html", "quiet", context(request) | {"form": form}, status=status)


@require_POST
@signed_in
@limit("feed.quiet", rate="600/h")
def length(request: Request, pk: int) -> HttpResponse:
    """For another while."""
    row, form = _mine(request, pk), LengthForm(request.POST)
    if not form.is_valid():
        return respond(request, "feed/quiet.html", "quiet", context(request), status=422)
    actions.change(row, by=request.viewer.me, days=form.cleaned_data["days"])
    tell(request, _("Changed."))
    return respond(request, "feed/quiet.html", "quiet", context(request), otherwise=PAGE)


@require_POST
@signed_in
@limit("feed.quiet", rate="600/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Let it come home again."""
    actions.unmute(_mine(request, pk), by=request.viewer.me)
    tell(request, _("It comes to your home again."))
    return respond(request, "feed/quiet.html", "quiet", context(request), otherwise=PAGE)


def context(request: Request) -> dict[str, Any]:
    """Words and topics by name, posts as far as the reader sees them, people as a number; what is over is left out."""
    me = request.viewer.me
    rows = Quiet.objects.filter(member=me).select_related("topic__same_as").order_by("-pk")
    words = [row for row in rows.filter(post=None) if not row.is_over]
    hidden = list(rows.filter(post__isnull=False)[:SHOWN])
    seen = Post.objects.visible_to(request.viewer).filter(pk__in=[row.post_id for row in hidden]).with_author()
    posts = {post.pk: post for post in seen}
    titles.give(request.viewer, posts.values())
    return {
        "form": QuietForm(initial={"days": 7}),
        "words": words,
        "hidden": [(row, posts[row.post_id]) for row in hidden if row.post_id in posts],
        "people": Distance.objects.filter(member=me).count(),
        "now": clock.now(),
    }


def _mine(request: Request, pk: int) -> Quiet:
    """A row of one's own; everybody else's does not exist.

    Raises:
        Http404: it is none.
    """
    if pk >= 1 << 63:
        raise Http404
    return get_object_or_404(Quiet, pk=pk, member=request.viewer.me)
