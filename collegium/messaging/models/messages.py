"""What is said in conversations, and what hangs on it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from collegium.audience import people
from collegium.lib import clock, ids
from collegium.members.models import Fold, Member
from collegium.messaging.models.conversations import Conversation, Participant

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

TEXT_LIMIT = 10_000
SIGNS = ("👍", "❤️", "😄", "🎉", "🤔", "🙏")
EDITABLE = timedelta(hours=1)
"""How long a message can be put into other words; each reader can see that it was, and what it said before."""
DELETABLE = timedelta(days=1)
"""How long it can be taken back from everybody; that something was taken back stays."""


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages are for whose eyes."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """In conversations she is in, from when she came; nothing of people whom a block or a suspension takes away."""
        seen = Conversation.objects.visible_to(viewer).filter(pk=OuterRef("conversation"))
        place = Participant.objects.filter(member=viewer.id, conversation=OuterRef("conversation"), left_at=None)
        since = place.filter(after__lt=OuterRef("number"))
        there = Q(author=viewer.id) | Q(author__in=people.present_to(viewer)) | Q(kind=Message.Kind.NOTE, author=None)
        return self.filter(Exists(seen), Exists(since)).filter(there)


class Message(models.Model):
    """One thing said. `number` is its place, the same for all; `changed` the change that last touched it."""

    class Kind(models.TextChoices):
        WORDS = "words"
        NOTE = "note"

    id = ids.IdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    number = models.BigIntegerField()
    author = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.WORDS)
    text = models.CharField(max_length=TEXT_LIMIT, blank=True)
    note = models.JSONField(
        default=dict, help_text="What a note says: what happened, and the keys of whom it is about."
    )
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    key = models.UUIDField(null=True, help_text="Made where it was typed, so that sending it again changes nothing.")
    has_files = models.BooleanField(default=False)
    changed = models.BigIntegerField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["conversation", "changed"], name="messaging_changes"),
            # Few messages answer one, and every one that is said writes into every whole index.
            models.Index(fields=["reply_to"], condition=Q(reply_to__isnull=False), name="messaging_answers"),
            GinIndex(
                F("conversation"),
                OpClass(Fold("text"), "gin_trgm_ops"),
                condition=Q(kind="words", deleted_at=None),
                name="messaging_search",
                gin_pending_list_limit=512,
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="messaging_one_order"),
            models.UniqueConstraint(fields=["author", "key"], name="messaging_sent_once"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(has_files=True) | Q(kind="note") | Q(deleted_at__isnull=False),
                name="messaging_says_something",
            ),
            models.CheckConstraint(condition=Q(deleted_at=None) | Q(text=""), name="messaging_deleted_is_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.conversation_id}"

    @property
    def sent_at(self) -> datetime:
        """When it was said."""
        return ids.instant(self.pk)

    @property
    def path(self) -> str:
        """Where its conversation shows it."""
        return f"/messages/{self.conversation_id}/?at={self.number}#m{self.number}"

    @property
    def is_deleted(self) -> bool:
        """Taken back by its author."""
        return self.deleted_at is not None


class Revision(models.Model):
    """How a message read before it was edited; for the eyes of those who read the message."""

    id = ids.IdField()
    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    text = models.CharField(max_length=TEXT_LIMIT)
    until = models.DateTimeField(default=clock.now, help_text="When it was replaced.")

    def __str__(self) -> str:
        return f"of {self.message_id}"


class Reaction(models.Model):
    """One sign of one person on one message."""

    pk = models.CompositePrimaryKey("message_id", "member_id", "sign")
    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    sign = models.CharField(max_length=8)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sign__in=SIGNS), name="messaging_known_signs")]

    def __str__(self) -> str:
        return f"{self.sign} by {self.member_id}"


class Star(models.Model):
    """Somebody keeps a message for herself."""

    pk = models.CompositePrimaryKey("member_id", "message_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="stars")
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.message_id} kept by {self.member_id}"
