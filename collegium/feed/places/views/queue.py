"""What waits in a group, and what is done with its posts: each button one verb, each refusal with words on a sheet."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from collegium.audience.door import Request, signed_in
from collegium.feed import cards
from collegium.feed.models import Post
from collegium.feed.places import keeping, queue, wall
from collegium.feed.places.cards import on_wall
from collegium.feed.places.forms import WordsForm
from collegium.feed.places.views.common import kept_comment, kept_post, known
from collegium.feed.places.views.wall import said
from collegium.feed.views.comments import show_thread
from collegium.feed.views.common import visible_post
from collegium.feed.views.pressing import Press
from collegium.groups import rules as groups
from collegium.groups.seating import place_of
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.ui.respond import respond, tell

WRONG = 422
Sheet = dict[str, Any]


@require_GET
@signed_in
def waiting(request: Request, handle: str) -> HttpResponse:
    """What waits, the oldest first."""
    group = known(request, handle)
    require(groups.may_keep(request.viewer.member, group))
    posts, after = wall.queued(request.viewer, group, request.GET.get("after", ""))
    laid = cards.lay_out(request.viewer, posts)
    on_wall(posts)
    context = {
        "group": group,
        "seat": place_of(request.viewer, group),
        "posts": posts,
        "after": after,
        "first": "after" not in request.GET,
        "cards": laid,
    }
    return respond(request, "feed/queue.html", "main" if context["first"] else "stretch", context)


def _back(request: Request, row: Post) -> HttpResponse:
    """Where it was decided: the queue, or the wall."""
    path = row.group.path if row.group is not None else "/"
    return HttpResponseRedirect(f"{path}queue/" if request.POST.get("back") == "queue" else path)


on_post = Press("feed.keep", "600/h", find=kept_post, after=_back)
admission = on_post(queue.let_in, gettext_lazy("The post is on the wall, and its author is told."))
showing = on_post(keeping.show, gettext_lazy("The post is shown again, and its author is told."))
first = on_post(keeping.pin, gettext_lazy("The post stands first on the wall."), undo="first/removal")
first_removal = on_post(keeping.unpin, gettext_lazy("The post stands in its order again."))
recommending = on_post(keeping.recommend, gettext_lazy("The post is recommended."), undo="recommending/removal")
recommending_removal = on_post(keeping.recommend_no_longer, gettext_lazy("The post is no longer recommended."))

REFUSING: Sheet = {
    "title": gettext_lazy("Do not let this post in?"),
    "lines": (
        gettext_lazy("It goes back to its author, who alone has it then and may send it again."),
        gettext_lazy("Its author is told, in the name of the group, with what you write here."),
    ),
    "button": gettext_lazy("Send it back"),
    "picture": "reply",
    "done": gettext_lazy("The post went back to its author."),
}
HIDING: Sheet = {
    "title": gettext_lazy("Hide this post from the group?"),
    "lines": (
        gettext_lazy("Its author and those who keep the group go on seeing it, with the mark that it is hidden."),
        gettext_lazy("Its author is told, in the name of the group, with what you write here."),
        gettext_lazy("You can show it again at any time."),
    ),
    "button": gettext_lazy("Hide it"),
    "picture": "eye-off",
    "done": gettext_lazy("The post is hidden, and its author is told."),
}
REMOVING: Sheet = {
    "title": gettext_lazy("Remove this post for good?"),
    "lines": (
        gettext_lazy("It goes with everything said under it, and cannot be brought back. Hiding can be undone."),
        gettext_lazy("Its author is told, in the name of the group, with what you write here."),
    ),
    "button": gettext_lazy("Remove it"),
    "picture": "trash-2",
    "danger": True,
    "done": gettext_lazy("The post is removed, and its author is told."),
}


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.keep", rate="600/h")
def refusal(request: Request, pk: int) -> HttpResponse:
    """Send it back, with words."""
    return _with_words(request, kept_post(request, pk), REFUSING, queue.refuse)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.keep", rate="600/h")
def holding(request: Request, pk: int) -> HttpResponse:
    """Hide it, with words."""
    return _with_words(request, kept_post(request, pk), HIDING, keeping.hide)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.keep", rate="600/h")
def taking(request: Request, pk: int) -> HttpResponse:
    """Remove it, with words."""
    return _with_words(request, kept_post(request, pk), REMOVING, keeping.remove)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.post", rate="60/h")
def sending(request: Request, pk: int) -> HttpResponse:
    """Send what came back once more, after reading what becomes of it."""
    row = visible_post(request, pk)
    require(row.group is not None and row.author_id == request.viewer.id)
    if request.method == "GET":
        silent = groups.why_silent(request.viewer.member, row.group) if row.group is not None else ""
        return respond(request, "feed/sending.html", "sheet", {"post": row, "group": row.group, "silent": silent})
    made = queue.send_again(row, by=request.viewer.me)
    tell(request, said(made))
    return HttpResponseRedirect(made.path)


@require_http_methods(["GET", "POST"])
@signed_in
@limit("feed.keep", rate="600/h")
def comment_holding(request: Request, pk: int) -> HttpResponse:
    """Hide a comment, with words."""
    row = kept_comment(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        return respond(request, "feed/holding_comment.html", "sheet", {"form": form, "comment": row}, status=status)
    keeping.hide_comment(row, by=request.viewer.me, words=form.cleaned_data["words"])
    tell(request, _("The comment is hidden, and its writer is told."))
    return show_thread(request, row.post, otherwise=row.post.path)


def _with_words(request: Request, row: Post, sheet: Sheet, verb: Any) -> HttpResponse:
    """The sheet, or what it sends."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        context = {"form": form, "post": row, "sheet": sheet, "back": request.GET.get("back", "")[:10]}
        return respond(request, "feed/holding.html", "sheet", context, status=status)
    verb(row, by=request.viewer.me, words=form.cleaned_data["words"])
    tell(request, str(sheet["done"]))
    return _back(request, row)
