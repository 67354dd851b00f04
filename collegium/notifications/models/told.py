"""What a member was told."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from collegium.lib import ids
from collegium.members.models import Member
from collegium.ties.models import blocks_between

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer


class NotificationQuerySet(models.QuerySet["Notification"]):
    """How notifications are asked for. Their subjects are judged by their kinds, see `reading`."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """The viewer's own, without those whose actor is blocked in either direction or not in good standing."""
        about = OuterRef("actor")
        standing = Q(actor__standing=Member.Standing.ACTIVE) & ~Exists(blocks_between(viewer.id, about))
        return self.filter(Q(actor=None) | standing, recipient=viewer.id)

    def listed(self) -> Self:
        """Those that News shows and counts: of kinds, topics and people that their reader wants there."""
        return self.filter(listed=True)

    def unread(self) -> Self:
        """Those that were not opened yet."""
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        """As they are listed."""
        return self.order_by("-id")


class Notification(models.Model):
    """One thing told to one member; a cause tells each recipient once, however often it is heard."""

    id = ids.IdField()
    recipient = models.ForeignKey(Member, models.CASCADE, related_name="notifications", db_index=False)
    actor = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    cause = models.CharField(max_length=120, help_text="Names what happened; unique for the recipient.")
    subject = models.BigIntegerField(null=True, help_text="The row it is about; the kind says of which table.")
    data = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True, blank=True)
    listed = models.BooleanField(default=True, db_default=True, help_text="Stands in News, as its reader chose.")

    objects = NotificationQuerySet.as_manager()
    about: Any = None
    """The row it is about as the reader may see it now, where the kind hands it out."""

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notifications_list"),
            models.Index(
                fields=["recipient", "-id"],
                condition=Q(read_at__isnull=True, listed=True),
                name="notifications_unread",
            ),
            models.Index(fields=["subject"], condition=Q(subject__isnull=False), name="notifications_subject"),
        ]
        # The cause comes first, so that what is over can be untold without knowing who was told.
        constraints = [models.UniqueConstraint(fields=["cause", "recipient"], name="notifications_once")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"

    @property
    def created_at(self) -> datetime:
        """When it was told."""
        return ids.instant(self.id)

    @property
    def path(self) -> str:
        """Opening it: marks it as read and leads on."""
        return f"/notifications/{self.id}/"
