"""Ratings: the mean of those cards that a viewer may see, which are all of them once her own is there."""

from collections.abc import Collection

from django.db.models import Avg, Count, Exists, OuterRef, Subquery

from collegium.audience.viewer import Viewer
from collegium.hiring.models import Scorecard


def visible_mean() -> Subquery:
    """The mean of all cards of a row; ask it only where the viewer has written one."""
    of = Scorecard.objects.filter(application=OuterRef("pk")).order_by().values("application")
    return Subquery(of.annotate(mean=Avg("rating")).values("mean"))


def means(viewer: Viewer, keys: Collection[int]) -> dict[int, tuple[float, int]]:
    """Mean and number of cards of those applications on which this viewer has written one herself."""
    mine = Scorecard.objects.filter(application=OuterRef("application"), author=viewer.id)
    rows = Scorecard.objects.filter(Exists(mine), application__in=list(keys)).order_by().values_list("application")
    return {key: (float(mean), number) for key, mean, number in rows.annotate(mean=Avg("rating"), number=Count("pk"))}
