"""What each member wants to be mailed of what she missed, and each mail that was due."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.groups.models import Group
from collegium.lib import ids
from collegium.members.models import Member


class Wish(models.Model):
    """How often, and at which hour of her clock, a member is mailed what she missed. Without a row: never.

    Which clock that is stands with her quiet hours (`notifications.models.Rest`).

    Whoever ends the mails and asks for them again later gets a new row, so that an address to end them, which an old
    mail of hers still carries somewhere, ends what it was made for and nothing else.
    """

    class Rhythm(models.TextChoices):
        NEVER = "never", _("Never")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Once a week")

    id = ids.IdField()
    member = models.OneToOneField(Member, models.CASCADE, related_name="digest_wish")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    weekday = models.SmallIntegerField(default=0, help_text="Of a weekly one; 0 is Monday.")
    hour = models.SmallIntegerField(default=7)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When the next one is due.")
    groups_at = models.DateTimeField(null=True, blank=True, help_text="When a mail last told of her groups.")
    until = models.BigIntegerField(default=0, help_text="The newest post of the last one: what is older was told.")

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="digests_due")]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=0, weekday__lte=6), name="digests_weekday"),
            models.CheckConstraint(condition=Q(hour__gte=0, hour__lte=23), name="digests_hour"),
            models.CheckConstraint(
                condition=Q(rhythm="never", due_at=None) | (~Q(rhythm="never") & Q(due_at__isnull=False)),
                name="digests_due_unless_never",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.rhythm}"


class Digest(models.Model):
    """One hour at which a mail was due for one member. The row is made before anything is sent, and there is one."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="digests", db_index=False)
    due_at = models.DateTimeField()
    posts = models.PositiveIntegerField(default=0, help_text="How many posts it told of.")
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="None where nothing was missed.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "due_at"], name="digests_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def made_at(self) -> datetime:
        """When its turn came."""
        return ids.instant(self.id)


class GroupMail(models.Model):
    """The mails that tell one member of one group: what the signed address in them ends, and nothing else.

    Who ends it and chooses it again, or leaves and comes back, has a new row, so that the address in an old mail is
    dead. The choice itself stands with the membership (`in_digest`).
    """

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "group"], name="digests_one_a_group")]

    def __str__(self) -> str:
        return f"{self.member_id} of {self.group_id}"

    @property
    def made_at(self) -> datetime:
        """When the first mail with it was written."""
        return ids.instant(self.id)
