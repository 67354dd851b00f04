"""Searches that members keep."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from collegium.lib import clock, ids
from collegium.members.models import Fold, Member

NAME_LIMIT, ADDRESS_LIMIT = 80, 2000
MOST = 50
MOST_KNOWN = 2_000
UNDO_WITHIN = timedelta(days=1)


class SavedQuerySet(models.QuerySet["Saved"]):
    """How saved searches are asked for; they are their owner's alone."""

    def of(self, member: Member) -> Self:
        """Those of one member, the newest first; not those taken away."""
        return self.filter(member=member, removed_at=None).order_by("-id")

    def over(self) -> Self:
        """Those taken away too long ago to be put back."""
        return self.filter(removed_at__lt=clock.now() - UNDO_WITHIN)


class Saved(models.Model):
    """A search under a name, for its owner alone; nobody who is found by it learns of it.

    `known` holds the keys of those who matched when its owner last looked: who is new since is counted against it.
    Beyond `MOST_KNOWN` nothing is kept, and the list says that the search is too wide for it.
    """

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="searches", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    address = models.CharField(max_length=ADDRESS_LIMIT, help_text="What stands after the question mark.")
    looked_at = models.DateTimeField(default=clock.now)
    known = ArrayField(models.BigIntegerField(), null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Can be put back for a day.")

    objects = SavedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("member"), Fold("name"), condition=Q(removed_at=None), name="search_saved_named_once"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(address=""), name="search_saved_says_something"),
            models.CheckConstraint(
                condition=Q(known=None) | Q(known__len__lte=MOST_KNOWN), name="search_saved_known_bounded"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where it is looked at: its owner's own address."""
        return f"/search/saved/{self.pk}/"

    @property
    def created_at(self) -> datetime:
        """When it was saved."""
        return ids.instant(self.pk)
