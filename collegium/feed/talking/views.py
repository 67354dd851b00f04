"""Keeping a conversation: its page, what is done to single comments, and taking one's own name off."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from collegium.audience.door import Request, signed_in
from collegium.feed import rules
from collegium.feed.models import Comment, Post, State
from collegium.feed.talking import actions, names
from collegium.feed.talking.forms import ArrangingForm, ClosingForm, HostForm
from collegium.feed.talking.queues import Talk, kept_by, post_of
from collegium.feed.views.comments import show_thread
from collegium.feed.views.common import number, visible_comment, visible_post
from collegium.feed.views.pressing import Press
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.ui.respond import respond, tell

EVERY = tuple(state for state in State if state != State.GONE)
WRONG = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("feed.keep", rate="600/h")
def conversation(request: Request, pk: int) -> HttpResponse:
    """How the conversation goes, what waits and what is hidden; or a change of the first."""
    row = _kept(request, pk)
    me = request.viewer.me
    if request.method != "POST":
        return _page(request, row)
    arranging = ArrangingForm(request.POST) if rules.may_edit(me, row) else None
    closing = ClosingForm(request.POST, post=row)
    if not all([closing.is_valid(), arranging is None or arranging.is_valid()]):
        return _page(request, row, status=WRONG, arranging=arranging, closing=closing)
    if arranging is not None:
        actions.arrange(row, by=me, **arranging.cleaned_data)
    if (at := closing.closes_at()) != row.closes_at:
        actions.close(row, by=me, at=at)
    tell(request, _("Changed."))
    return HttpResponseRedirect(row.path)


@require_POST
@signed_in
@limit("feed.keep", rate="600/h")
def host(request: Request, pk: int) -> HttpResponse:
    """Ask somebody to keep the conversation too."""
    row = visible_post(request, pk)
    require(rules.may_edit(request.viewer.me, row))
    form = HostForm(request.POST, post=row, me=request.viewer.me)
    if not form.is_valid():
        return _page(request, row, status=WRONG, asking=form)
    person = form.cleaned_data["handle"]
    actions.ask_host(row, person, by=request.viewer.me)
    tell(request, _("%(name)s keeps the conversation with you now, and was told.") % {"name": person.name})
    return HttpResponseRedirect(f"{row.path}conversation/")


@require_POST
@signed_in
@limit("feed.keep", rate="600/h")
def host_removal(request: Request, pk: int) -> HttpResponse:
    """End somebody's help, or one's own."""
    row = visible_post(request, pk)
    member = number(request.POST.get("member", ""))
    actions.drop_host(row, member, by=request.viewer.me)
    if member == request.viewer.id:
        tell(request, _("You no longer keep this conversation."))
        return HttpResponseRedirect(row.path)
    tell(request, _("They no longer keep this conversation."))
    return HttpResponseRedirect(f"{row.path}conversation/")


@require_GET
@signed_in
def waiting(request: Request, pk: int) -> HttpResponse:
    """What waits, for pages that look again."""
    row = _kept(request, pk)
    if not request.htmx:
        return HttpResponseRedirect(f"{row.path}conversation/")
    return respond(request, "feed/talk_fragments.html", "waiting", {"post": row, "talk": Talk(request.viewer, row)})


@require_POST
@signed_in
@limit("feed.keep", rate="600/h")
def pin_removal(request: Request, pk: int) -> HttpResponse:
    """Let all comments stand in their order again."""
    row = _kept(request, pk)
    actions.unpin(row, by=request.viewer.me)
    return show_thread(request, row, otherwise=row.path)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("feed.names", rate="120/h")
def post_name_removal(request: Request, pk: int) -> HttpResponse:
    """Say what taking one's name off a post means, then do it."""
    return _name_removal(request, visible_post(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limit("feed.names", rate="120/h")
def comment_name_removal(request: Request, pk: int) -> HttpResponse:
    """Say what taking one's name off a comment means, then do it."""
    return _name_removal(request, visible_comment(request, pk))


def _name_removal(request: Request, thing: Post | Comment) -> HttpResponse:
    if request.method != "POST":
        return respond(request, "feed/talk_name.html", "sheet", {"thing": thing})
    names.take_off(thing, by=request.viewer.me)
    tell(request, _("Your name leads nowhere any more there. Nobody is told."))
    return HttpResponseRedirect(thing.path)


def _page(
    request: Request,
    row: Post,
    *,
    status: int = 200,
    arranging: ArrangingForm | None = None,
    closing: ClosingForm | None = None,
    asking: HostForm | None = None,
) -> HttpResponse:
    """Everything about one conversation; forms as they were sent, or as things stand."""
    me = request.viewer.me
    stand = {name: getattr(row, name) for name in ("commenting", "approving", "slow_seconds")}
    context: dict[str, Any] = {
        "post": row,
        "talk": Talk(request.viewer, row),
        "closing": closing or ClosingForm(post=row),
    }
    if rules.may_edit(me, row):
        context["arranging"] = arranging or ArrangingForm(initial=stand)
        context["asking"] = asking or HostForm(post=row, me=me)
    return respond(request, "feed/talk.html", "sheet", context, status=status)


def _kept(request: Request, pk: int) -> Post:
    """The post, when the viewer keeps its conversation; whoever sees it and does not is refused."""
    row = visible_post(request, pk)
    require(rules.may_keep(request.viewer.member, row))
    return row


def _kept_comment(request: Request, pk: int) -> Comment:
    """A comment in whatever state, when the viewer keeps its conversation.

    Raises:
        Http404: there is none, or she neither keeps the conversation nor sees the comment.
    """
    found = post_of(pk)
    if found is None:
        raise Http404
    row = visible_post(request, found)
    said = kept_by(request.viewer, row, *EVERY).filter(pk=pk).select_related("post", "author").first()
    if said is not None and rules.may_keep(request.viewer.member, row):
        return said
    require(visible_comment(request, pk) is None)
    raise Http404


def _after(request: Request, said: Comment) -> HttpResponse:
    """Back to where it was decided: the post's page, or that of the conversation."""
    row = visible_post(request, said.post_id)
    if request.POST.get("back") == "talk":
        return HttpResponseRedirect(f"{row.path}conversation/")
    return show_thread(request, row, otherwise=row.path)


on_comment = Press("feed.keep", "600/h", find=_kept_comment, after=_after)
admission = on_comment(actions.let_in, gettext_lazy("The comment is shown, and its writer is told."))
refusal = on_comment(
    actions.refuse, gettext_lazy("The comment is not shown, and its writer is told."), undo="admission"
)
hiding = on_comment(actions.hide, gettext_lazy("The comment is hidden, and its writer is told."), undo="showing")
showing = on_comment(actions.show, gettext_lazy("The comment is shown again, and its writer is told."))
pin = on_comment(actions.pin, gettext_lazy("The comment stands first."))
