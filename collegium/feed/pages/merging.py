"""What this room moves when two records of organisations become one."""

from django.utils.translation import gettext_lazy as _

from collegium.feed.models import FirstOnPage
from collegium.organizations.merging import Party, count_rows, redirect_rows
from collegium.organizations.models import Organization

POST, COMMENT, FIRST = "feed.Post.page", "feed.Comment.page", "feed.FirstOnPage.page"


def _first(loser: Organization, winner: Organization) -> None:
    """What stood first on the one that stays goes on standing first."""
    if FirstOnPage.objects.filter(page=winner).exists():
        FirstOnPage.objects.filter(page=loser).delete()
    else:
        redirect_rows(FIRST)(loser, winner)


PARTIES = [
    Party(_("posts"), (POST,), redirect_rows(POST), count_rows(POST)),
    Party(_("comments"), (COMMENT,), redirect_rows(COMMENT), count_rows(COMMENT)),
    Party("", (FIRST,), _first),
]
