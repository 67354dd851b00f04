"""What each member welcomes, and the keys she hands out."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock, ids
from collegium.members.models import Member

LABEL_LIMIT = 80
CODE_LENGTH = 16


class Welcome(models.Model):
    """Which messages of strangers a member welcomes, by what they are for. Without a row: the defaults."""

    class Door(models.IntegerChoices):
        """How far a purpose gets."""

        CLOSED = 0, _("Only with a key")
        ASK = 1, _("As a request")

    class Groups(models.TextChoices):
        """Who may bring her into a group conversation."""

        CONNECTIONS = "connections", _("My connections")
        NOBODY = "nobody", _("Nobody")

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="welcome")
    recruiting = models.SmallIntegerField(choices=Door, default=Door.ASK)
    sales = models.SmallIntegerField(choices=Door, default=Door.CLOSED)
    press = models.SmallIntegerField(choices=Door, default=Door.ASK)
    advice = models.SmallIntegerField(choices=Door, default=Door.ASK)
    other = models.SmallIntegerField(choices=Door, default=Door.ASK)
    groups = models.CharField(max_length=11, choices=Groups, default=Groups.CONNECTIONS)

    def __str__(self) -> str:
        return f"of {self.member_id}"


class KeyQuerySet(models.QuerySet["Key"]):
    """How contact keys are asked for; whether one still opens is judged when it is used."""

    def usable(self) -> Self:
        """Neither revoked nor over nor used up."""
        return self.filter(revoked_at=None, uses__lt=F("most")).filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))


class Key(models.Model):
    """A code that a member hands out: whoever writes with it is let in directly.

    Kept as it is, because its owner reads it again to hand it out again; it opens nothing but her own inbox.
    """

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="contact_keys")
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    label = models.CharField(max_length=LABEL_LIMIT, help_text="For its owner: whom it was made for.")
    most = models.PositiveIntegerField(default=1, help_text="How many people may use it.")
    uses = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=1000, uses__lte=F("most")), name="reach_key_uses"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="reach_key_has_a_label"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return ids.instant(self.pk)


class KeyUse(models.Model):
    """Somebody wrote with a key; once each, however often she writes."""

    pk = models.CompositePrimaryKey("key_id", "member_id")
    key = models.ForeignKey(Key, models.CASCADE, related_name="used_by", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.member_id} with {self.key_id}"
