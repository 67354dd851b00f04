"""Comments and replies."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import actions, rules
from collegium.feed.forms import CommentForm
from collegium.feed.models import Comment, Post, State
from collegium.feed.pages.voices import voices_under
from collegium.feed.talking.standing import TooSoon
from collegium.feed.threads import PAGE, thread
from collegium.feed.views.common import visible_comment, visible_post
from collegium.feed.views.posts import around
from collegium.lib import cursor
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.ui.respond import respond, tell


@require_POST
@signed_in
@limit("feed.comment", rate="120/h")
def comments(request: Request, pk: int) -> HttpResponse:
    """Say something under a post."""
    row = visible_post(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        speaking = voices_under(request.viewer.me, row) if values["speaker"] else []
        page = next((each for each in speaking if each.pk == values["speaker"]), None)
        require(page is not None or not values["speaker"])
        parent = visible_comment(request, values["parent"]) if values["parent"] else None
        try:
            said = actions.comment(
                row, values["body"], by=request.viewer.me, parent=parent, form_key=values["form_key"], page=page
            )
        except TooSoon as refusal:
            form.add_error("body", refusal.reason)
            return show_thread(request, row, form, status=422)
        return show_thread(request, row, otherwise=said.path)
    return show_thread(request, row, form, status=422)


def show_thread(
    request: Request, row: Post, form: CommentForm | None = None, *, otherwise: str = "", status: int = 200
) -> HttpResponse:
    """The thread as it is now, for the page that asked."""
    row = visible_post(request, row.pk)
    said = thread(request.viewer, row, order=request.POST.get("order", ""))
    context = around(request, row) | {"thread": said, "comment_form": form or CommentForm()}
    return respond(request, "feed/post.html", "thread", context, otherwise=otherwise or row.path, status=status)


@require_GET
def comment(request: Request, pk: int) -> HttpResponse:
    """Lead to the comment's place on its post's page, on whichever page of the thread it stands."""
    said = visible_comment(request, pk)
    top = said.parent_id or said.pk
    above = Comment.objects.visible_to(request.viewer).filter(post=said.post_id, parent=None, pk__lt=top)
    if said.post.pinned_id:
        # The pinned one stands first on the first page, and nowhere else.
        above = above.exclude(pk=said.post.pinned_id) if said.post.pinned_id != top else above.none()
    keys = list(above.order_by("-pk").values_list("pk", flat=True)[:PAGE])
    query = f"?after={cursor.pack(keys[0])}" if len(keys) == PAGE else ""
    return HttpResponseRedirect(f"{said.post.path}{query}#comment-{said.pk}")


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.comment", rate="120/h")
def edit_comment(request: Request, pk: int) -> HttpResponse:
    """Change one's own words."""
    said = visible_comment(request, pk)
    require(rules.may_edit(request.viewer.me, said) and said.state != State.REFUSED)
    form = CommentForm(request.POST or None, initial={"body": said.body})
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        waits = said.is_shown and rules.must_wait(request.viewer.me, said.post)
        context = {"form": form, "comment": said, "waits": waits}
        return respond(request, "feed/edit_comment.html", "form", context, status=status)
    actions.edit_comment(said, form.cleaned_data["body"], by=request.viewer.me)
    tell(request, _("Changed."))
    return show_thread(request, said.post, otherwise=said.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.keep", rate="600/h")
def comment_removal(request: Request, pk: int) -> HttpResponse:
    """Say what goes with the comment, then take it away."""
    said = visible_comment(request, pk)
    require(rules.may_delete_comment(request.viewer.me, said))
    if request.method == "GET":
        replies = Comment.objects.visible_to(request.viewer).filter(parent=said).count()
        context = {"comment": said, "replies": replies, "own": rules.may_edit(request.viewer.me, said)}
        return respond(request, "feed/comment_removal.html", "sheet", context)
    actions.delete_comment(said, by=request.viewer.me)
    tell(request, _("The comment is gone."))
    return show_thread(request, said.post)
