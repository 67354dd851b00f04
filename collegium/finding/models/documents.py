"""The words of openings, and which openings changed: both kept by triggers (migration 0002), never written here."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from collegium.openings.models import Opening


class Document(models.Model):
    """The words of one live opening: of its title (A), its organisation (B), its skills (C), and all else (D)."""

    opening = models.OneToOneField(Opening, models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()

    class Meta:
        # A list of what waits to be sorted in would be read through by every search.
        indexes = [GinIndex(fields=["words"], name="finding_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"words of {self.opening_id}"


class Change(models.Model):
    """When an opening last changed in anything a search looks at. Outlives the opening, which nobody would miss else.

    Its moment is its transaction, since transactions do not end in the order in which they began (`memory`).
    """

    opening_id = models.BigIntegerField(primary_key=True)
    xid = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["xid"], name="finding_changed")]

    def __str__(self) -> str:
        return f"{self.opening_id} in {self.xid}"
