"""Who keeps an event beside its author, and who was asked to it by name."""

from django.db import models

from collegium.events.models.events import Event
from collegium.lib import clock, ids
from collegium.members.models import Member

NOTE_LIMIT = 300


class Cohost(models.Model):
    """Somebody the author asked to host an event with her; nothing before she said yes."""

    pk = models.CompositePrimaryKey("event_id", "member_id")
    event = models.ForeignKey(Event, models.CASCADE, related_name="cohosts", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} hosts {self.event_id}"


class Invitation(models.Model):
    """One member asked another to an event. What it opens is `feed.Selected.invited`; this says who asked, and how."""

    id = ids.IdField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="event_invitations", db_index=False)
    by = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    at = models.DateTimeField(default=clock.now)
    declined_at = models.DateTimeField(null=True, blank=True, help_text="Told to nobody.")

    class Meta:
        indexes = [
            models.Index(fields=["member", "-id"], name="events_invited"),
            models.Index(fields=["by", "-id"], name="events_invited_by"),
        ]
        constraints = [models.UniqueConstraint(fields=["event", "member"], name="events_invited_once")]

    def __str__(self) -> str:
        return f"{self.by_id} asks {self.member_id} to {self.event_id}"
