"""Searches for work that members keep, the mails that tell of new matches, and what those mails told."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock, ids
from collegium.members.models import Fold, Member
from collegium.openings.models import Opening

NAME_LIMIT, ADDRESS_LIMIT = 80, 2000
MOST = 50
UNDO_WITHIN = timedelta(days=1)


class Rhythm(models.TextChoices):
    """How often new matches are mailed."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Once a week, on Monday")
    NEVER = "never", _("No mails")


class SavedQuerySet(models.QuerySet["Saved"]):
    """How saved searches are asked for; they are their owner's alone."""

    def of(self, member: Member) -> Self:
        """Those of one member, the newest first; not those taken away."""
        return self.filter(member=member, removed_at=None).order_by("-id")

    def due(self, now: datetime) -> Self:
        """Those of which a mail is due at this moment."""
        return self.filter(removed_at=None, due_at__lte=now)

    def over(self) -> Self:
        """Those taken away too long ago to be put back."""
        return self.filter(removed_at__lt=clock.now() - UNDO_WITHIN)


class Saved(models.Model):
    """A search under a name, for its owner alone; no employer learns of it.

    `since` is up to when openings were told by mail or need not be; `looked_at` is up to when she looked herself.
    """

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="job_searches", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    address = models.CharField(max_length=ADDRESS_LIMIT, help_text="What stands after the question mark.")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    chosen_at = models.DateTimeField(default=clock.now, help_text="When the rhythm was chosen.")
    due_at = models.DateTimeField(null=True, blank=True, help_text="When the next mail is due.")
    since = models.DateTimeField(default=clock.now)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the mail server put off the last mail.")
    looked_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="Can be put back for a day.")

    objects = SavedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(removed_at=None), name="finding_due")]
        constraints = [
            models.UniqueConstraint(
                models.F("member"), Fold("name"), condition=Q(removed_at=None), name="finding_saved_named_once"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(address=""), name="finding_saved_says_something"),
            models.CheckConstraint(
                condition=Q(rhythm="never", due_at=None)
                | Q(rhythm__in=[Rhythm.DAILY, Rhythm.WEEKLY], due_at__isnull=False),
                name="finding_due_unless_never",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where it is looked at: its owner's own address."""
        return f"/jobs/searches/{self.pk}/"

    @property
    def created_at(self) -> datetime:
        """When it was saved."""
        return ids.instant(self.pk)


class Letter(models.Model):
    """One mail to one member. The row is made before it leaves; the address that ends such mails names it.

    What she chose after it was made, that address does not end.
    """

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(help_text="How many openings it told of.")
    mailed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.count} to {self.member_id}"

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return ids.instant(self.pk)


class Told(models.Model):
    """An opening that a mail told of for a search: it is told once."""

    pk = models.CompositePrimaryKey("search", "opening")
    search = models.ForeignKey(Saved, models.CASCADE, related_name="told", db_index=False)
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="told")

    def __str__(self) -> str:
        return f"{self.opening_id} for {self.search_id}"
