"""Reacting to a post or a comment, taking it back, and who reacted."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from collegium.audience.door import Request, signed_in
from collegium.audience.rule import written_by_visible
from collegium.feed import actions
from collegium.feed.forms import ReactionForm
from collegium.feed.models import Comment, Post, Reaction
from collegium.feed.unseen import count_reactions
from collegium.feed.views.common import visible_comment, visible_post
from collegium.feed.views.posts import around
from collegium.graph.degrees import standings
from collegium.lib.limits import limit
from collegium.ui.respond import respond

LISTED = 200


@require_POST
@signed_in
@limit("feed.react", rate="600/h")
def reaction(request: Request, pk: int) -> HttpResponse:
    """React to a post, or change one's reaction."""
    row = visible_post(request, pk)
    actions.react(row, _kind(request), by=request.viewer.me)
    return _post(request, row)


@require_POST
@signed_in
def reaction_removal(request: Request, pk: int) -> HttpResponse:
    """Take one's reaction to a post back."""
    row = visible_post(request, pk)
    actions.unreact(row, by=request.viewer.me)
    return _post(request, row)


@require_POST
@signed_in
@limit("feed.react", rate="600/h")
def comment_reaction(request: Request, pk: int) -> HttpResponse:
    """React to a comment, or change one's reaction."""
    said = visible_comment(request, pk)
    actions.react(said, _kind(request), by=request.viewer.me)
    return _comment(request, said)


@require_POST
@signed_in
def comment_reaction_removal(request: Request, pk: int) -> HttpResponse:
    """Take one's reaction to a comment back."""
    said = visible_comment(request, pk)
    actions.unreact(said, by=request.viewer.me)
    return _comment(request, said)


@require_GET
@signed_in
def reactions(request: Request, pk: int) -> HttpResponse:
    """Who reacted to a post, and how."""
    row = visible_post(request, pk)
    seen = written_by_visible(Reaction.objects.filter(post=row), request.viewer, owner="member")
    rows = list(seen.select_related("member").order_by("-pk")[:LISTED])
    near = standings(request.viewer.me, [each.member_id for each in rows])
    return respond(request, "feed/reactions.html", "main", {"post": row, "reactions": rows, "near": near})


def _kind(request: Request) -> str:
    """The reaction that was sent.

    Raises:
        BadRequest: it is none of the six.
    """
    form = ReactionForm(request.POST)
    if not form.is_valid():
        raise BadRequest("That is not a reaction.")
    return str(form.cleaned_data["kind"])


def _post(request: Request, row: Post) -> HttpResponse:
    """The acts under the post as they are now."""
    context = around(request, visible_post(request, row.pk))
    return respond(request, "feed/single.html", "acts", context, otherwise=row.path)


def _comment(request: Request, said: Comment) -> HttpResponse:
    """The acts under the comment as they are now."""
    said = visible_comment(request, said.pk)
    count_reactions(request.viewer, [said])
    mine = Reaction.objects.filter(member=request.viewer.me, comment=said).values_list("kind", flat=True).first()
    context = around(request, said.post) | {"comment": said, "mine": mine}
    return respond(request, "feed/single.html", "comment_acts", context, otherwise=said.path)
