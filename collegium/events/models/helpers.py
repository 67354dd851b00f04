"""Who helps at the door of an event."""

from django.db import models

from collegium.events.models.events import Event
from collegium.lib import ids
from collegium.members.models import Member


class Helper(models.Model):
    """Somebody whom the hosts let stand at the door: she reads who is expected, and lets them in; nothing else."""

    id = ids.IdField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="helpers", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "member"], name="events_helps_once")]

    def __str__(self) -> str:
        return f"{self.member_id} helps at {self.event_id}"
