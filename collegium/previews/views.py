"""A preview's picture on its way out, and the author's word on whether the preview stands."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from collegium.audience.door import Request, signed_in
from collegium.feed import rules
from collegium.feed.models import Post
from collegium.feed.views.common import visible_post
from collegium.lib.limits import limit
from collegium.lib.refusal import require
from collegium.media.documents import hand_out_picture
from collegium.previews import actions
from collegium.previews.fetching import SIZES
from collegium.previews.models import Shown
from collegium.ui.respond import respond


@require_safe
def picture(request: Request, pk: str, key: str, width: str) -> HttpResponse:
    """The present picture of a preview, for those who see a post that shows it. Anything else does not exist."""
    if int(width) not in SIZES or int(pk) >= 1 << 63:
        raise Http404
    posts = Post.objects.visible_to(request.viewer)
    if not Shown.objects.filter(preview=int(pk), preview__image=key, taken_off=False, post__in=posts).exists():
        raise Http404
    response = hand_out_picture(key, int(width))
    # A key is never given to another picture; yet who loses sight of the post loses it within the hour.
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
@signed_in
@limit("previews.turn", rate="120/h")
def removal(request: Request, pk: int) -> HttpResponse:
    """Take the preview off a post of one's own."""
    row = visible_post(request, pk)
    require(rules.may_edit(request.viewer.me, row))
    actions.take_off(row, by=request.viewer.me)
    return _again(request, row)


@require_POST
@signed_in
@limit("previews.turn", rate="120/h")
def restoration(request: Request, pk: int) -> HttpResponse:
    """Put it back."""
    row = visible_post(request, pk)
    require(rules.may_edit(request.viewer.me, row))
    actions.put_back(row, by=request.viewer.me)
    return _again(request, row)


def _again(request: Request, post: Post) -> HttpResponse:
    """The card as it is now."""
    shown = Shown.objects.filter(post=post).select_related("preview").first()
    context = {"thing": shown, "post": post, "me": request.viewer.member}
    return respond(request, "previews/single.html", "card", context, otherwise=post.path)
