"""What the pages of articles share."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from collegium.articles import rules
from collegium.articles.models import Article
from collegium.audience.door import Request
from collegium.lib.refusal import require


def visible(request: Request, pk: int) -> Article:
    """The article, when this viewer sees it.

    Raises:
        Http404: she does not, or there is none.
    """
    if pk >= 1 << 63:
        raise Http404
    seen = Article.objects.visible_to(request.viewer).select_related("author", "post", "post__author")
    return get_object_or_404(seen, pk=pk)


def own(request: Request, pk: int) -> Article:
    """The article, when it is the viewer's to write on; whoever may only read it is told so."""
    article = visible(request, pk)
    require(rules.may_edit(request.viewer.member, article))
    return article
