"""Conversations and who is in them."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from collegium.audience import people
from collegium.lib import clock, ids
from collegium.members.models import Member

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

NAME_LIMIT = 80
DRAFT_LIMIT = 10_000
MOST_PEOPLE = 100


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Who reads a conversation is who is in it now; judged when read."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those the viewer is in. One between two is there while both are: no block, nobody out of standing.

        What somebody new wrote is no conversation for the one who was written to before she looks at her requests, but
        it is hers to read; where it stands is `Participant.box`.
        """
        mine = Participant.objects.filter(
            conversation=OuterRef("pk"), member=viewer.id, left_at=None, member__standing=Member.Standing.ACTIVE
        )
        other = Participant.objects.filter(conversation=OuterRef("pk")).exclude(member=viewer.id)
        there = other.filter(member__in=people.present_to(viewer))
        return self.filter(Exists(mine)).filter(Q(kind=Conversation.Kind.GROUP) | Exists(there))


class Conversation(models.Model):
    """What some people say to each other.

    `last_number` counts messages, `changes` counts everything that ever changed for those who read: a page that knows
    its number asks for what came after it. Both are counted under the lock of this row, so all read one order.
    """

    class Kind(models.TextChoices):
        TWO = "two"
        GROUP = "group"

    id = ids.IdField()
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Of a group; empty: the names of its people.")
    low = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+", db_index=False)
    high = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+", db_index=True)
    consented_at = models.DateTimeField(
        null=True, blank=True, help_text="Between two who are not connected: since when both have wanted to talk."
    )
    last_number = models.BigIntegerField(default=0)
    changes = models.BigIntegerField(default=0)
    members_changed = models.BigIntegerField(default=0, help_text="The change that last touched its name or people.")
    anew = models.BigIntegerField(
        default=0, help_text="Pages from before this change look at everything again: somebody went out of sight."
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="messaging_one_between_two"),
            models.CheckConstraint(
                condition=Q(kind="group", low=None, high=None) | Q(kind="two", low__lt=F("high"), name=""),
                name="messaging_two_or_a_group",
            ),
            models.CheckConstraint(condition=Q(changes__gte=F("last_number")), name="messaging_messages_are_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def path(self) -> str:
        """Its address, the same for everybody in it."""
        return f"/messages/{self.pk}/"

    @property
    def topic(self) -> str:
        """What open pages of it wait for (`realtime.poke`)."""
        return f"talk-{self.pk}"

    @property
    def is_group(self) -> bool:
        """Whether it can have more than two people and a name."""
        return self.kind == self.Kind.GROUP

    @property
    def begun_at(self) -> datetime:
        """When it was begun."""
        return ids.instant(self.pk)


class Box(models.TextChoices):
    """Where a conversation stands in somebody's inbox."""

    FOCUSED = "focused", _("Focused")
    OTHER = "other", _("Other")
    REQUESTS = "requests", _("Requests")
    SPAM = "spam", _("Spam")


class Participant(models.Model):
    """One person in one conversation, and how she keeps it. Only `role` and the dates concern the others."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        ADMIN = "admin", _("Host")

    pk = models.CompositePrimaryKey("member_id", "conversation_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="participations", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    role = models.CharField(max_length=6, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="Left or removed: she reads nothing of it any more."
    )
    after = models.BigIntegerField(default=0, help_text="She reads messages with a higher number than this.")
    read = models.BigIntegerField(default=0, help_text="The number of the last message she has read.")
    last = models.BigIntegerField(default=0, help_text="Key of the newest message for her: the order of her inbox.")
    unread = models.BooleanField(default=False, help_text="There is something she has not read, or she marked it so.")
    box = models.CharField(max_length=8, choices=Box, default=Box.FOCUSED)
    why = models.JSONField(default=list, help_text="The reasons for the box, as names; see sorting.words.")
    corrected_at = models.DateTimeField(null=True, blank=True, help_text="She has chosen the box herself.")
    archived = models.BooleanField(default=False)
    starred = models.BooleanField(default=False)
    muted = models.BooleanField(default=False)
    declined_at = models.DateTimeField(null=True, blank=True, help_text="She declined what the other wrote first.")
    draft = models.CharField(max_length=DRAFT_LIMIT, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["member", "box", "-last"], condition=Q(left_at=None), name="messaging_inbox"),
            models.Index(fields=["member"], condition=Q(unread=True, left_at=None), name="messaging_unread"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(read__gte=0, after__gte=0), name="messaging_read_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.conversation_id}"

    @property
    def is_admin(self) -> bool:
        """May name the group and say who is in it."""
        return self.role == self.Role.ADMIN
