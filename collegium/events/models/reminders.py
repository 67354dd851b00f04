"""When somebody wants to be reminded, and of what she was."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.events.models.attendances import Attendance
from collegium.events.models.events import Event
from collegium.lib import ids
from collegium.members.models import Member


class Ahead(models.TextChoices):
    """How long before the beginning."""

    NONE = "none", _("Not at all")
    DAY = "day", _("A day before")
    HOUR = "hour", _("An hour before")
    BOTH = "both", _("A day and an hour before")


class ReminderWish(models.Model):
    """What one member wishes: for one event, or, without one, for all she said nothing else about."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+", null=True, blank=True)
    ahead = models.CharField(max_length=4, choices=Ahead)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "event"], name="events_wish_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(ahead__in=["none", "day", "hour", "both"]), name="events_wish_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.ahead}"


class Reminded(models.Model):
    """Of which beginning somebody who comes was reminded, so that it happens once."""

    id = ids.IdField()
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="reminded", db_index=False)
    ahead = models.CharField(max_length=4, choices=Ahead, help_text="A day or an hour.")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attendance", "ahead"], name="events_reminded_once"),
            models.CheckConstraint(condition=Q(ahead__in=["day", "hour"]), name="events_reminded_known"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.ahead}"
