"""Files in conversations."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids
from collegium.members.models import Member
from collegium.messaging.models.messages import Message

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

FILE_NAME_LIMIT = 200
MOST_FILES = 10
"""On one message."""


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Who may fetch a file is who reads its message; judged when it is fetched."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """On messages this viewer reads, and her own that are not sent yet."""
        waiting = Q(message=None, owner=viewer.id)
        return self.filter(waiting | Q(message__in=Message.objects.visible_to(viewer).filter(deleted_at=None)))


class Attachment(models.Model):
    """One file, one picture or one voice note; without a message while it waits to be sent."""

    class Kind(models.TextChoices):
        FILE = "file", _("File")
        PICTURE = "picture", _("Picture")
        VOICE = "voice", _("Voice note")

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="files")
    place = models.SmallIntegerField(default=0)
    kind = models.CharField(max_length=7, choices=Kind)
    name = models.CharField(max_length=FILE_NAME_LIMIT, help_text="As it was called where it came from.")
    stored = models.CharField(max_length=120, help_text="What `media.keeping` calls it.")
    small = models.CharField(max_length=120, blank=True, help_text="A picture as the conversation shows it.")
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="Bytes.")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0, help_text="Of a voice note.")
    peaks = models.JSONField(default=list, help_text="Of a voice note: how loud, 0 to 100, in 48 steps.")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(message=None), name="messaging_files_waiting")]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="messaging_files_hold_something")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Under which it is fetched by those who read its message."""
        return f"/messages/files/{self.pk}/"

    @property
    def small_path(self) -> str:
        """Of a picture as the conversation shows it."""
        return f"{self.path}small/"


class GoneFile(models.Model):
    """A file on the shelf whose attachment is gone, whatever took it.

    A trigger writes these rows, so that nothing that deletes attachments (a message, a conversation, a member) has to
    think of files, and none is deleted for a transaction that was taken back.
    """

    name = models.CharField(primary_key=True, max_length=120)

    def __str__(self) -> str:
        return self.name
