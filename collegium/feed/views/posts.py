"""A post: its page, making, changing, removing; and lists of posts by a person."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.feed import actions, cards, rules, timeline
from collegium.feed.attachments import kinds
from collegium.feed.composing import Composer
from collegium.feed.drafts.views import schedule
from collegium.feed.forms import CommentForm
from collegium.feed.models import Post, PostQuerySet
from collegium.feed.pages.voices import voices_under
from collegium.feed.talking.queues import Talk
from collegium.feed.threads import thread
from collegium.feed.views.common import number, visible_post
from collegium.feed.views.home import stretch
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.ui.respond import done, respond, tell

PARTS = ("thread", "replies")
ALONE = ("acts", "late")


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.post", rate="60/h")
def compose(request: Request) -> HttpResponse:
    """The composer as a page of its own, and what it sends."""
    me = request.viewer.me
    composer = Composer(me, request if request.method == "POST" else None)
    if request.method == "GET":
        composer.parts.offer(request.GET.dict())
        composer.form.initial["speaker"] = request.GET.get("speaker", "")
    if request.method == "GET" or not composer.is_valid():
        status = 422 if request.method == "POST" else 200
        return respond(request, "feed/compose.html", "composer", {"composer": composer}, status=status)
    if composer.due_at is not None:
        return schedule(request, composer)
    made = composer.post()
    if made.page is not None:
        return done(request, _("Posted as %(name)s.") % {"name": made.page.name}, f"{made.page.path}posts/")
    tell(request, _("Posted."))
    context = stretch(request) | {"composer": Composer(me)} if request.htmx else {}
    return respond(request, "feed/home.html", "main", context, otherwise="feed:home")


@require_GET
def post(request: Request, pk: int) -> HttpResponse:
    """The post with everything said under it."""
    row = visible_post(request, pk)
    part = request.GET.get("part", "main")
    if part in ALONE and request.htmx:
        return respond(request, "feed/single.html", part, around(request, row))
    said = thread(request.viewer, row, after=request.GET.get("after", ""), order=request.GET.get("order", ""))
    reply_to = said.find(number(request.GET.get("reply", "")))
    context = around(request, row) | {"thread": said, "comment_form": CommentForm(), "reply_to": reply_to}
    return respond(request, "feed/post.html", part if part in PARTS else "main", context)


def around(request: Request, row: Post, *, bare: bool = False) -> dict[str, Any]:
    """What a single post's page and fragments need.

    Args:
        request: who asks.
        row: the post.
        bare: what hangs on it is drawn otherwise.
    """
    viewer = request.viewer
    return {
        "post": row,
        "cards": cards.lay_out(viewer, [row], bare=bare),
        "may_edit": rules.may_edit(viewer.member, row),
        "may_comment": (may_comment := rules.may_comment(viewer.member, row)),
        "voices": voices_under(viewer.member, row) if may_comment else [],
        "talk": Talk(viewer, row),
    }


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.edit", rate="120/h")
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a post of one's own."""
    row = visible_post(request, pk)
    require(rules.may_edit(request.viewer.me, row))
    composer = Composer(request.viewer.me, request if request.method == "POST" else None, row)
    if request.method == "GET" or not composer.is_valid():
        status = 422 if request.method == "POST" else 200
        return respond(request, "feed/edit.html", "composer", {"composer": composer, "post": row}, status=status)
    row = composer.save()
    tell(request, _("Changed."))
    return respond(request, "feed/single.html", "card", around(request, visible_post(request, pk)), otherwise=row.path)


@require_http_methods(["GET", "POST"])
@signed_in
def removal(request: Request, pk: int) -> HttpResponse:
    """Say what goes with the post, then take it away."""
    row = visible_post(request, pk)
    require(rules.may_edit(request.viewer.me, row))
    if request.method == "GET":
        said = cards.lay_out(request.viewer, [row]).comments(row)
        return respond(request, "feed/removal.html", "sheet", {"post": row, "said": said})
    actions.delete_post(row, by=request.viewer.me)
    tell(request, _("The post is gone."))
    return redirect("feed:home")


def listing(request: Request, posts: PostQuerySet, first: Sequence[Post] = ()) -> dict[str, Any]:
    """A page of posts, newest first; with `first` the surroundings of what stands above them come along."""
    if before := request.GET.get("before", ""):
        posts = posts.filter(pk__lt=cursor.unpack(before, 1)[0])
    rows = list(posts.with_author().order_by("-pk")[: timeline.PAGE + 1])
    older = cursor.pack(rows[timeline.PAGE - 1].pk) if len(rows) > timeline.PAGE else ""
    silent = kinds.silent(request.viewer, [row.pk for row in rows])
    shown = [row for row in rows[: timeline.PAGE] if row.pk not in silent]
    laid = cards.lay_out(request.viewer, [*first, *shown])
    return {"posts": shown, "older": older, "cards": laid, "first": not before}
