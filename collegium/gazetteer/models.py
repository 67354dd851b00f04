"""Towns of the world: where they are, and every name they go by."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

NAME_LIMIT = 200


class Place(models.Model):
    """A town of fifteen thousand people or more, or a capital; its key is that of GeoNames."""

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=NAME_LIMIT)
    country = models.CharField(max_length=2, help_text="ISO 3166-1, two capitals.")
    region = models.CharField(max_length=20, blank=True, help_text="GeoNames' first level within the country.")
    latitude = models.FloatField(help_text="Degrees north, WGS 84.")
    longitude = models.FloatField(help_text="Degrees east, WGS 84.")
    people = models.PositiveIntegerField(help_text="How many live there; of two of one name the larger comes first.")

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="gazetteer_where")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="gazetteer_on_the_globe",
            ),
            models.CheckConstraint(condition=Q(country__regex=r"^[A-Z]{2}$"), name="gazetteer_country_form"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceName(models.Model):
    """A name of a place, folded (`lib`'s `fold`); one name can mean several places."""

    id = models.BigAutoField(primary_key=True)
    folded = models.CharField(max_length=NAME_LIMIT * 2)
    place = models.ForeignKey(Place, models.CASCADE, related_name="names")

    class Meta:
        indexes = [GinIndex(fields=["folded"], name="gazetteer_trigram", opclasses=["gin_trgm_ops"])]
        constraints = [
            # Its index finds the beginnings of names too, whatever the collation.
            models.UniqueConstraint(
                fields=["folded", "place"], name="gazetteer_name_once", opclasses=["text_pattern_ops", "int8_ops"]
            )
        ]

    def __str__(self) -> str:
        return self.folded
