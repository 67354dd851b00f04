"""Somebody says that an opening is not what it seems; an owner of the community looks."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids
from collegium.members.models import Member

WORDS_LIMIT = 1000


class Report(models.Model):
    """One word of one member about one opening. Who said it the team never learns."""

    class Reason(models.TextChoices):
        """What is wrong with it."""

        CHEAT = "cheat", _("It looks like a cheat")
        NO_POST = "no-post", _("There is no such post, or it is something else")
        UNLAWFUL = "unlawful", _("It leaves people out who may not be left out, or is against the law otherwise")
        WRONG = "wrong", _("What it says of pay, place or employer is not true")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        """What came of it."""

        OPEN = "open"
        CLOSED = "closed"  # the owners closed the opening
        DISMISSED = "dismissed"  # they looked, and it stays

    id = ids.IdField()
    opening = models.ForeignKey("openings.Opening", models.CASCADE, related_name="reports", db_index=False)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason)
    words = models.CharField(max_length=WORDS_LIMIT, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(state="open"), name="openings_open_reports")]
        constraints = [
            models.UniqueConstraint(fields=["opening", "by"], name="openings_reported_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["cheat", "no-post", "unlawful", "wrong", "other"]),
                name="openings_report_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed", "dismissed"]), name="openings_report_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id}: {self.reason}"

    @property
    def created_at(self) -> datetime:
        """When it was said."""
        return ids.instant(self.pk)
