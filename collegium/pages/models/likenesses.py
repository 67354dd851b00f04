"""Somebody thinks that two records are one body."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from collegium.lib import ids
from collegium.members.models import Member
from collegium.organizations.models import Organization

WORDS_LIMIT = 500


class Likeness(models.Model):
    """A word to the owners of the community; it is theirs to look and to merge, or not."""

    class State(models.TextChoices):
        """What came of it."""

        OPEN = "open"
        MERGED = "merged"
        PARTED = "parted"  # the owners say that they are two

    id = ids.IdField()
    one = models.ForeignKey(Organization, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=WORDS_LIMIT, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(state="open"), name="pages_open_likenesses")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], condition=Q(state="open"), name="pages_likeness_once"),
            # The older record stands first, so that one pair is one row whichever page it was said on.
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pages_likeness_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} may be {self.other_id}"

    @property
    def created_at(self) -> datetime:
        """When it was said."""
        return ids.instant(self.pk)
