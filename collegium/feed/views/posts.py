"""A post: its page, making, changing, removing; and lists of posts by a person or about a topic."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from collegium.audience import people
from collegium.audience.door import Request, signed_in
from collegium.feed import actions, cards, rules, timeline
from collegium.feed.forms import CommentForm, PostForm
from collegium.feed.models import Post, PostQuerySet, PostTopic, Topic
from collegium.feed.threads import thread
from collegium.feed.views.common import number, visible_post
from collegium.feed.views.home import stretch
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.lib.text.tokens import topic_slug
from collegium.ui.respond import respond, tell

PARTS = ("thread", "replies")


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.post", rate="60/h")
def compose(request: Request) -> HttpResponse:
    """The composer as a page of its own, and what it sends."""
    form = PostForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return respond(request, "feed/compose.html", "composer", {"form": form}, status=status)
    values = form.cleaned_data
    actions.post(request.viewer.me, values.pop("body"), **values)
    tell(request, _("Posted."))
    context = stretch(request) | {"form": PostForm()} if request.htmx else {}
    return respond(request, "feed/home.html", "main", context, otherwise="feed:home")


@require_GET
def post(request: Request, pk: int) -> HttpResponse:
    """The post with everything said under it."""
    row = visible_post(request, pk)
    part = request.GET.get("part", "main")
    if part == "acts":
        return respond(request, "feed/single.html", "acts", around(request, row))
    newest = request.GET.get("order") == "newest"
    said = thread(request.viewer, row, after=request.GET.get("after", ""), newest_first=newest)
    reply_to = said.find(number(request.GET.get("reply", "")))
    context = around(request, row) | {"thread": said, "comment_form": CommentForm(), "reply_to": reply_to}
    return respond(request, "feed/post.html", part if part in PARTS else "main", context)


def around(request: Request, row: Post) -> dict[str, Any]:
    """What a single post's page and fragments need."""
    viewer = request.viewer
    return {
        "post": row,
        "cards": cards.lay_out(viewer, [row]),
        "may_edit": rules.may_edit(viewer.member, row),
        "may_comment": rules.may_comment(viewer.member, row),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a post of one's own."""
    row = visible_post(request, pk)
    require(rules.may_edit(request.viewer.me, row))
    known = {name: getattr(row, name) for name in ("body", "audience", "facet", "commenting")}
    form = PostForm(request.POST or None, initial=known)
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return respond(request, "feed/edit.html", "composer", {"form": form, "post": row}, status=status)
    form.cleaned_data.pop("form_key")
    row = actions.edit_post(row, by=request.viewer.me, **form.cleaned_data)
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


@require_GET
def written(request: Request, handle: str) -> HttpResponse:
    """What a person posted, as far as it reaches the viewer."""
    author = get_object_or_404(people.visible_to(request.viewer), handle=handle)
    context = _listing(request, Post.objects.visible_to(request.viewer).filter(author=author)) | {"author": author}
    return respond(request, "feed/written.html", "stretch", context)


@require_GET
@signed_in
def topic(request: Request, slug: str) -> HttpResponse:
    """What was posted about a topic, as far as it reaches the viewer; a topic nobody used is an empty page."""
    folded = topic_slug(slug[:80])
    found = Topic.objects.filter(slug=folded).first()
    about = PostTopic.objects.filter(topic=found).values("post")
    posts = Post.objects.visible_to(request.viewer).filter(pk__in=about) if found else Post.objects.none()
    return respond(request, "feed/topic.html", "stretch", _listing(request, posts) | {"topic": folded})


def _listing(request: Request, posts: PostQuerySet) -> dict[str, Any]:
    """A page of posts, newest first."""
    if before := request.GET.get("before", ""):
        posts = posts.filter(pk__lt=cursor.unpack(before, 1)[0])
    rows = list(posts.with_author().order_by("-pk")[: timeline.PAGE + 1])
    older = cursor.pack(rows[timeline.PAGE - 1].pk) if len(rows) > timeline.PAGE else ""
    shown = rows[: timeline.PAGE]
    return {"posts": shown, "older": older, "cards": cards.lay_out(request.viewer, shown), "first": not before}
