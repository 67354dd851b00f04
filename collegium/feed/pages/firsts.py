"""Which post stands first on a page."""

from collections.abc import Iterable

from collegium.feed.models import FirstOnPage


def firsts(pages: Iterable[int]) -> dict[int, int]:
    """The key of the post that stands first, for those of these pages that have one."""
    return dict(FirstOnPage.objects.filter(page__in=list(pages)).values_list("page_id", "post_id"))
