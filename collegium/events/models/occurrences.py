"""One time at which an event happens."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from collegium.events.models.events import MOST_MINUTES, Event
from collegium.lib import clock, ids

# No event lasts longer, so what is not over began since.
LONGEST = timedelta(minutes=MOST_MINUTES)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """How occurrences are asked for."""

    def standing(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def to_come(self, now: datetime | None = None) -> Self:
        """Those that are not over; what is cancelled stands among them, and says so."""
        now = now or clock.now()
        return self.filter(ends_at__gt=now, starts_at__gt=now - LONGEST)

    def next_ones(self, now: datetime | None = None) -> Self:
        """Of each event the next that is not over and not cancelled."""
        now = now or clock.now()
        coming = self.to_come(now).standing()
        earlier = Occurrence.objects.to_come(now).standing()
        earlier = earlier.filter(event=OuterRef("event"), starts_at__lt=OuterRef("starts_at"))
        return coming.filter(~Exists(earlier))


class Occurrence(models.Model):
    """One time of an event: made ahead for a while (`actions.laying`), and extended by a sweep.

    `seats_taken` counts everybody who comes, guests too. A trigger keeps it; who gets a seat is settled under the lock
    of this row.
    """

    id = ids.IdField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="occurrences", db_index=False)
    number = models.PositiveIntegerField(help_text="Counted from 0; never given again.")
    original_at = models.DateTimeField(help_text="When the pattern says it begins; calendars know it by that.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    moved = models.BooleanField(default=False, help_text="By itself, so a change of the pattern leaves it alone.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    seats_taken = models.PositiveIntegerField(default=0)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["event", "starts_at"], name="events_times_of"),
            models.Index(fields=["starts_at", "id"], condition=Q(cancelled_at=None), name="events_by_time"),
            # For calendars, where what was cancelled stands too.
            models.Index(fields=["starts_at"], name="events_when"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="events_numbered_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="events_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} at {self.starts_at}"

    @property
    def path(self) -> str:
        """Where it is looked at."""
        return f"/events/{self.event_id}/?on={self.pk}"

    @property
    def here(self) -> str:
        """Where everything that is done about it begins."""
        return f"/events/{self.event_id}/dates/{self.pk}/"

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        """Whether it began."""
        return self.starts_at <= clock.now()
