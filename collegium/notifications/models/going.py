"""What is on its way to a member by mail or push, the mails that went out, and those that came back."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from collegium.accounts.models import User
from collegium.lib import ids
from collegium.members.models import Member
from collegium.notifications.models.choosing import TOPIC_LIMIT
from collegium.notifications.models.told import Notification

CHANNEL_LIMIT = 10
WORDS_LIMIT = 300
NAME_LIMIT = 200


class Outgoing(models.Model):
    """One piece of news that waits to go out by one channel; it goes with what it tells of, and when it is taken.

    There is no other way into a mail: every mail has something that happened as its cause.
    """

    id = ids.IdField()
    notification = models.ForeignKey(Notification, models.CASCADE, related_name="outgoing", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=CHANNEL_LIMIT)
    rhythm = models.CharField(max_length=7, help_text="A `Choice.Mail` other than off.")
    topic = models.CharField(max_length=TOPIC_LIMIT)
    due_at = models.DateTimeField(help_text="When it is looked at again; her hours are asked then.")
    tries = models.SmallIntegerField(default=0, help_text="How often a mail server refused it for now.")

    class Meta:
        indexes = [
            models.Index(fields=["channel", "due_at"], name="notifications_due"),
            models.Index(fields=["member", "channel"], name="notifications_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="notifications_once_a_way"),
            models.CheckConstraint(condition=Q(rhythm__in=["at_once", "daily", "weekly"]), name="notifications_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} by {self.channel}"

    @property
    def made_at(self) -> datetime:
        """When it was told."""
        return ids.instant(self.id)


class Letter(models.Model):
    """One mail with news. The row is there before the mail leaves; its key is in the Message-ID."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=7)
    topic = models.CharField(max_length=TOPIC_LIMIT, blank=True, help_text="Empty where it gathers all topics.")
    told = ArrayField(models.BigIntegerField(), help_text="The news it was made of: why it was sent.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="None where nothing was left, or it was refused.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(told__len__gt=0), name="notifications_letter_has_a_cause")]

    def __str__(self) -> str:
        return f"{self.rhythm} to {self.member_id}"


class Returned(models.Model):
    """Mails to an address of an account came back for good. After a few of them nothing more is sent there."""

    id = ids.IdField()
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254, unique=True)
    times = models.SmallIntegerField(default=0)
    last_at = models.DateTimeField()
    last = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Names the newest, so that it counts once.")
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="What the other server said.")
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="notifications_returned_is_lower")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.times}"
