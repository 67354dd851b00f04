"""Reading: an article on its own address, its cover, how it read before, and what else its author wrote."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_safe

from collegium.articles import listing, rules
from collegium.articles.history import readings
from collegium.articles.models import WIDTHS, Article
from collegium.articles.views.common import visible
from collegium.audience import people
from collegium.audience.door import Request
from collegium.audience.level import Level
from collegium.audience.viewer import NOBODY
from collegium.feed.forms import CommentForm
from collegium.feed.models import Post
from collegium.feed.threads import thread
from collegium.feed.views.posts import around
from collegium.graph.degrees import standings
from collegium.lib import cursor
from collegium.lib.text import markdown
from collegium.media.serving import send
from collegium.media.storage import name_of
from collegium.ui.respond import respond

# From so many headings on, a text has a table of contents.
MANY = 3


@require_GET
def door(request: Request, pk: int) -> HttpResponse:
    """The short address: on to the article, or to the sheet of a draft."""
    article = visible(request, pk)
    return redirect(article.path if article.is_published else f"{article.here}edit/")


@require_GET
def page(request: Request, pk: int, slug: str) -> HttpResponse:
    """The article, with what is said under its post."""
    article = visible(request, pk)
    if article.post is None:
        return redirect(f"{article.here}preview/")
    if slug != (article.slug or "-"):
        return redirect(article.path)
    context = _shown(request, article, article.post)
    response = respond(request, "articles/article.html", "main", context)
    # The page of what somebody wrote asks for nothing but itself: a link away tells where from, not which article.
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response


def _shown(request: Request, article: Article, post: Post) -> dict[str, Any]:
    """Everything on the page."""
    written = markdown.headings_of(article.html)
    public = post.audience == Level.EVERYONE and Article.objects.visible_to(NOBODY).filter(pk=article.pk).exists()
    degree = standings(request.viewer.member, [article.author_id]).get(article.author_id)
    return around(request, post) | {
        "article": article,
        "contents": written if len(written) >= MANY else (),
        "degree": degree.degree if degree else None,
        "public": public,
        "canonical": absolute(request, article.path),
        "image": absolute(request, article.cover_large) if article.cover else "",
        "mine": rules.may_edit(request.viewer.member, article),
        "thread": thread(request.viewer, post),
        "comment_form": CommentForm(),
        "reply_to": None,
        "more": _others(request, article),
    }


def _others(request: Request, article: Article) -> list[Article]:
    """What else its author wrote lately, as far as this reader sees it."""
    return [each for each in listing.of(article.author, request.viewer, "")["articles"] if each.pk != article.pk][:3]


@require_safe
def cover(request: Request, pk: str, key: str, width: str) -> HttpResponse:
    """One size of the cover, for those who see the article now; the browser asks again each time.

    Raises:
        Http404: for everybody else, whatever their browser has kept.
    """
    number, size = int(pk), int(width)
    if number >= 1 << 63 or size not in WIDTHS:
        raise Http404
    if not Article.objects.visible_to(request.viewer).filter(pk=number, cover=key).exists():
        raise Http404
    called = f"cover-{size}.webp"
    return send(request, name_of(key, size), content_type="image/webp", tag=f"{key[:32]}-{size}", filename=called)


@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    """How it read before, for whoever sees it now.

    Raises:
        Http404: it is a draft: nobody has read it yet.
    """
    article = visible(request, pk)
    if article.post is None:
        raise Http404
    before = request.GET.get("before", "")
    found, older = readings(article, cursor.unpack(before, 1)[0] if before else None)
    context = {
        "article": article,
        "readings": found,
        "older": f"{article.here}history/?before={cursor.pack(older)}" if older is not None else "",
    }
    return respond(request, "articles/history.html", "stretch", context)


@require_GET
def written(request: Request, handle: str) -> HttpResponse:
    """The articles of a person, as far as they reach the viewer."""
    author = get_object_or_404(people.visible_to(request.viewer), handle=handle)
    context = listing.of(author, request.viewer, request.GET.get("before", "")) | {"author": author}
    return respond(request, "articles/written.html", "stretch", context)


def absolute(request: Request, path: str) -> str:
    """An address as the whole internet would call it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
