"""Facets of a member's own, and which facets of whom a reader wants."""

from django.db import models
from django.db.models.functions import Lower

from collegium.feed.models.posts import Facet
from collegium.lib import ids
from collegium.members.models import Member

SIDE_NAME = 40
MOST_SIDES = 8


class Side(models.Model):
    """A facet of one's own, such as "Choir": always a part of the professional or of the personal side.

    The rule of sight knows the two sides alone; a side within them is a matter of what readers want.
    """

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="sides", db_index=False)
    name = models.CharField(max_length=SIDE_NAME)
    facet = models.CharField(max_length=12, choices=Facet)

    class Meta:
        constraints = [models.UniqueConstraint("owner", Lower("name"), name="feed_side_once")]

    def __str__(self) -> str:
        return self.name


class Wanted(models.Model):
    """Which of the two sides of one person a reader wants at home; without a row her mix says it for everybody."""

    pk = models.CompositePrimaryKey("reader_id", "author_id")
    reader = models.ForeignKey(Member, models.CASCADE, related_name="wanted_sides", db_index=False)
    author = models.ForeignKey(Member, models.CASCADE, related_name="+")
    professional = models.BooleanField(default=True)
    personal = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.reader_id} of {self.author_id}: {self.professional}, {self.personal}"


class WantedSide(models.Model):
    """Whether a reader wants one facet of somebody's own; without a row it comes and goes with its side."""

    pk = models.CompositePrimaryKey("reader_id", "side_id")
    reader = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    side = models.ForeignKey(Side, models.CASCADE, related_name="+")
    wanted = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.reader_id} of {self.side_id}: {self.wanted}"
