"""Who comes, waits, asks, or cannot."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from collegium.events.models.events import MOST_GUESTS, WORDS_LIMIT
from collegium.events.models.occurrences import Occurrence
from collegium.lib import clock, ids
from collegium.members.models import Member

CODE_LENGTH = 32


class State(models.TextChoices):
    """What somebody answered, and what became of it."""

    GOING = "going", _("Comes")
    WAITING = "waiting", _("On the waiting list")
    ASKED = "asked", _("Waits for a host to say yes")
    INTERESTED = "interested", _("Interested")
    DECLINED = "declined", _("Cannot come")
    REFUSED = "refused", _("A host said no")


# Whoever is told when something about the event changes.
CONCERNED = (State.GOING, State.WAITING, State.ASKED, State.INTERESTED)


def new_code() -> str:
    """What stands on a ticket: 128 random bits, so nobody guesses another's."""
    return secrets.token_urlsafe(16)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """How attendances are asked for."""

    def going(self) -> Self:
        """Those who come."""
        return self.filter(state=State.GOING)

    def in_line(self) -> Self:
        """Those who wait, in their order."""
        return self.filter(state=State.WAITING).order_by("since", "id")

    def seats(self) -> int:
        """How many seats they take, guests too."""
        found = self.aggregate(own=models.Count("id"), guests=Sum("guests"))
        return int(found["own"]) + int(found["guests"] or 0)


class Attendance(models.Model):
    """One member's answer to one occurrence."""

    id = ids.IdField()
    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="attendances", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="attendances", db_index=False)
    state = models.CharField(max_length=10, choices=State)
    guests = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict, blank=True, help_text="By the key of the question.")
    listed = models.BooleanField(default=False, help_text="Lets others who may read the list read her name.")
    since = models.DateTimeField(default=clock.now, help_text="When this state began: the order of those who wait.")
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="Of the host who said no.")
    give_back_by = models.DateTimeField(
        null=True, blank=True, help_text="She moved up from the waiting list, and was asked to say until then."
    )
    before = models.JSONField(null=True, blank=True, help_text="What she had answered before, for taking it back.")
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, help_text="Of her ticket.")
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["occurrence", "state", "since", "id"], name="events_answers_to"),
            models.Index(fields=["member", "state", "occurrence"], name="events_answers_of"),
            models.Index(
                fields=["checked_in_by"], condition=Q(checked_in_by__isnull=False), name="events_checked_in_by"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "member"], name="events_answered_once"),
            models.CheckConstraint(condition=Q(guests__lte=MOST_GUESTS), name="events_brings_few"),
            models.CheckConstraint(condition=Q(checked_in_at=None) | Q(state="going"), name="events_came_who_goes"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.state} {self.occurrence_id}"

    @property
    def seats(self) -> int:
        """How many seats she takes, or would."""
        return 1 + self.guests
