"""What the feed's pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from collegium.feed.models import Comment, Post

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Only for members; others are sent to sign in and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def number(text: str) -> int:
    """A key or a level from an address; what is not one counts as 0."""
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return value if value < 1 << 63 else 0


def visible_post(request: HttpRequest, pk: int) -> Post:
    """The post, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    return get_object_or_404(Post.objects.visible_to(request.viewer).with_author(), pk=_key(pk))


def visible_comment(request: HttpRequest, pk: int) -> Comment:
    """The comment, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    comments = Comment.objects.visible_to(request.viewer).select_related("post", "post__author", "author")
    return get_object_or_404(comments, pk=_key(pk))


def _key(pk: int) -> int:
    """The key, when the database could hold it."""
    if pk >= 1 << 63:
        raise Http404
    return pk
