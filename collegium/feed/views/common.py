"""What the feed's pages share."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from collegium.audience.door import Request
from collegium.audience.viewer import NOBODY, stand_in
from collegium.feed.models import Comment, Post
from collegium.lib.statement import Statement

POST = Statement(lambda slot: Post.objects.visible_to(stand_in(slot.int("me"))).filter(pk=slot.int("pk")).with_author())


def number(text: str) -> int:
    """A key or a level from an address; what is not one counts as 0."""
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return value if value < 1 << 63 else 0


def visible_post(request: Request, pk: int) -> Post:
    """The post, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    rows = POST.rows(me=request.viewer.id, pk=_key(pk)) if request.viewer else _open_to_all(_key(pk))
    if not rows:
        raise Http404
    return rows[0]


def _open_to_all(pk: int) -> list[Post]:
    """The post as someone signed out finds it."""
    return list(Post.objects.visible_to(NOBODY).filter(pk=pk).with_author())


def visible_comment(request: Request, pk: int) -> Comment:
    """The comment, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    comments = Comment.objects.visible_to(request.viewer).select_related("post__author", "post__page", "author", "page")
    return get_object_or_404(comments, pk=_key(pk))


def _key(pk: int) -> int:
    """The key, when the database could hold it."""
    if pk >= 1 << 63:
        raise Http404
    return pk
