"""Articles in a row: one's own, and those of somebody else as far as one sees them."""

from typing import Any

from collegium.articles.models import Article, ArticleQuerySet
from collegium.audience.viewer import Viewer
from collegium.lib import cursor
from collegium.members.models import Member

PAGE = 20
HEAVY = ("source", "html")


def mine(me: Member, before: str) -> dict[str, Any]:
    """A page of one's own, the newest begun first; on the first page the drafts stand apart.

    Raises:
        Http404: the cursor is none of ours.
    """
    rows = (
        Article.objects.filter(author=me, removed_at=None)
        .select_related("sheet", "post")
        .defer(*HEAVY, "sheet__source")
    )
    drafts = list(rows.filter(post=None).order_by("-sheet__touched_at")[:200]) if not before else []
    return {"drafts": drafts} | _page(rows.exclude(post=None), before, "/articles/")


def of(author: Member, viewer: Viewer, before: str) -> dict[str, Any]:
    """A page of what somebody published and this viewer sees."""
    seen = Article.objects.visible_to(viewer).filter(author=author).exclude(post=None)
    return _page(seen.select_related("author", "post").defer(*HEAVY), before, f"/articles/of/{author.handle}/")


def _page(rows: ArticleQuerySet, before: str, path: str) -> dict[str, Any]:
    """The newest published first."""
    if before:
        rows = rows.filter(post__lt=cursor.unpack(before, 1)[0])
    found = list(rows.order_by("-post_id")[: PAGE + 1])
    older = f"{path}?before={cursor.pack(found[PAGE - 1].post_id or 0)}" if len(found) > PAGE else ""
    return {"articles": found[:PAGE], "older": older, "first": not before}
