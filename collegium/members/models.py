"""The person: what the others see of a member, and whether she is in good standing."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Concat

from collegium.lib import ids


class Fold(models.Func):
    """Lower case without accents, as the names are searched."""

    function = "fold"
    output_field = models.TextField()


class MemberQuerySet(models.QuerySet["Member"]):
    """How people are asked for. Who may see whom is asked one storey up: `audience.people.visible_to(viewer)`."""

    def active(self) -> "MemberQuerySet":
        """Those in good standing."""
        return self.filter(standing=Member.Standing.ACTIVE)


class Member(models.Model):
    """One person in this community."""

    class Standing(models.TextChoices):
        ACTIVE = "active"
        AWAITING = "awaiting"
        SUSPENDED = "suspended"

    class Visibility(models.IntegerChoices):
        """Who may open the profile; the numbers are audience levels."""

        PUBLIC = 0
        MEMBERS = 1
        HIDDEN = 3

    class ListAudience(models.IntegerChoices):
        """Who may read the list of connections; the numbers are audience levels."""

        MEMBERS = 1
        CONNECTIONS = 3
        ONLY_ME = 4

    id = ids.IdField()
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="member")
    handle = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    sort_name = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    pronunciation = models.CharField(max_length=100, blank=True, db_default="", help_text="How the name is said.")
    headline = models.CharField(max_length=220, blank=True)
    about = models.CharField(max_length=2600, blank=True)
    place = models.CharField(max_length=100, blank=True)
    photo = models.CharField(max_length=64, blank=True, help_text="Key of the stored picture (see media).")
    cover = models.CharField(max_length=64, blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.ACTIVE)
    visibility = models.SmallIntegerField(choices=Visibility, default=Visibility.MEMBERS)
    indexed = models.BooleanField(default=True, db_default=True, help_text="Search engines may list a public profile.")
    language = models.CharField(
        max_length=12, default="en", db_default="en", help_text="BCP 47 tag of what the profile is written in."
    )
    connections_audience = models.SmallIntegerField(choices=ListAudience, default=ListAudience.MEMBERS)
    connection_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    folded_name = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    folded = models.GeneratedField(
        expression=Fold(Concat("name", models.Value(" "), "handle", models.Value(" "), "headline")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=~models.Q(standing="active"), name="members_out_of_standing"),
            GinIndex(fields=["folded"], name="members_folded_trigram", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["folded_name"], name="members_name_prefix", opclasses=["text_pattern_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(handle__regex=r"^[a-z0-9][a-z0-9-]*$"), name="members_handle_form"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="members_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Names sort by themselves until someone says otherwise."""
        if not self.sort_name:
            self.sort_name = self.name.casefold()[:100]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The person's page."""
        return self.path

    @property
    def path(self) -> str:
        """Where this person's page is; cheaper in a loop than `reverse()`."""
        return f"/in/{self.handle}/"

    @property
    def photo_url(self) -> str:
        """Address of the photo as lists show it; empty without one, and the drawn face stands in."""
        return f"/media/photo/{self.pk}/{self.photo}-192.webp" if self.photo else ""

    @property
    def cover_url(self) -> str:
        """Address of the wide picture on top of the profile; empty without one."""
        return f"/media/cover/{self.pk}/{self.cover}-1600.webp" if self.cover else ""

    @property
    def joined_at(self) -> datetime:
        """When the person joined."""
        return ids.instant(self.id)

    @property
    def is_active(self) -> bool:
        """In good standing."""
        return self.standing == self.Standing.ACTIVE


class Findability(models.Model):
    """By what others may find somebody who know it of her already. Without a row she was not asked yet: by nothing."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="findability")
    email = models.BooleanField(default=False, db_default=False, help_text="By an address of hers that is confirmed.")
    phone = models.BooleanField(default=False, db_default=False, help_text="By a number she gives as a contact.")
    profile = models.BooleanField(default=False, db_default=False, help_text="By the LinkedIn address she gives.")

    def __str__(self) -> str:
        return f"{self.member_id}: {', '.join(self.agreed) or 'nothing'}"

    @property
    def agreed(self) -> list[str]:
        """The names of what she agreed to."""
        return [name for name in ("email", "phone", "profile") if getattr(self, name)]
