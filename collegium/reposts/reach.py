"""How often posts were passed on, for the figures of a page."""

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from collegium.pages.figures.reading import Column
from collegium.reposts.models import Repost


def _counted(keys: Collection[int]) -> Mapping[int, int]:
    rows = Repost.objects.filter(of__in=list(keys)).values("of").annotate(times=Count("pk")).order_by()
    return dict(rows.values_list("of", "times"))


COLUMN = Column("reposts", _("Reposts"), _counted)
