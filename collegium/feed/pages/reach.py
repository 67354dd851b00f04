"""What the posts of a page brought, for its figures: counters of the posts themselves, which name nobody."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import NOBODY
from collegium.feed import titles
from collegium.feed.models import Post
from collegium.lib import ids
from collegium.organizations.models import Organization
from collegium.pages.figures.reading import Column


def posts(organization: Organization, since: datetime, most: int) -> Sequence[tuple[int, str, str, datetime]]:
    """The newest posts of a page since a moment: key, beginning, address, when."""
    rows = Post.objects.visible_to(NOBODY).filter(page=organization, pk__gte=ids.floor_at(since))
    found = list(rows.order_by("-pk")[:most])
    titles.give(NOBODY, found)
    return [(row.pk, titles.of(row), row.path, row.created_at) for row in found]


def _counted(column: str, keys: Collection[int]) -> Mapping[int, int]:
    rows = Post.objects.visible_to(NOBODY).filter(pk__in=list(keys))
    return dict(rows.values_list("pk", column))


COLUMNS = (
    Column("reactions", _("Reactions"), lambda keys: _counted("reaction_count", keys)),
    Column("comments", _("Comments"), lambda keys: _counted("comment_count", keys)),
)
