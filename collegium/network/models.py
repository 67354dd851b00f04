"""What a member wishes of those who would like to connect, whom she does not want suggested, and whom she removed."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from collegium.lib import clock, ids
from collegium.members.models import Member


class Door(models.Model):
    """Who may invite a member, and whether with a note; no row means anyone, and no note demanded."""

    class Who(models.TextChoices):
        ANYONE = "anyone"
        SHARED = "shared"  # who shares context: a mutual connection, an employer or a school in the same years
        ADDRESS = "address"  # who knows an e-mail address of hers
        NOBODY = "nobody"

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="door")
    who = models.CharField(max_length=8, choices=Who, default=Who.ANYONE)
    wants_note = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.who} may invite {self.member_id}"


class Dismissal(models.Model):
    """A member does not want to be shown a person among suggestions again, for good."""

    pk = models.CompositePrimaryKey("member_id", "other_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="dismissals", db_index=False)
    other = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(member=F("other")), name="network_dismissal_not_oneself")]

    def __str__(self) -> str:
        return f"{self.member_id} dismissed {self.other_id}"


class Ranked(models.Model):
    """In which order people are suggested to a member, and from what it was drawn (`suggestions.kept`).

    Nothing but a shortcut: whoever is named is judged anew with every page, and a lost row is drawn again.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    keys = ArrayField(models.BigIntegerField())
    bridges = models.JSONField(help_text="Key to [way, name, body, people through whom]; see `suggestions.beyond`.")
    holders = models.JSONField(help_text="Key of a skill to how many have it, counted as far as it weighs.")
    entry = models.BigIntegerField(help_text="Her own last entry in the journal before it was drawn.")
    connection_count = models.PositiveIntegerField()
    place = models.TextField()
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{len(self.keys)} people for {self.member_id}"


UNDONE_FOR = timedelta(days=30)


class PartingQuerySet(models.QuerySet["Parting"]):
    """How partings are asked for."""

    def of(self, member: Member) -> Self:
        """Those of one member that can still be undone, the newest first."""
        return self.filter(member=member, restored_at=None, until__gt=clock.now()).order_by("-id")


class Parting(models.Model):
    """A member removed some of her connections: what exactly went, for the thirty days in which it can come back.

    `data` names people by key. Nobody but the member ever reads it, and it goes with the thirty days.
    """

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="partings", db_index=False)
    until = models.DateTimeField()
    restored_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(help_text="How many people.")
    data = models.JSONField()

    objects = PartingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-id"], name="network_partings_of"),
            models.Index(fields=["until"], name="network_partings_until"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} removed {self.count}"

    @property
    def path(self) -> str:
        """Its address, under which its undo lies."""
        return f"/network/partings/{self.id}/"

    @property
    def undo(self) -> str:
        """Where it is undone."""
        return f"{self.path}restoration/"

    @property
    def created_at(self) -> datetime:
        """When it was done."""
        return ids.instant(self.id)

    @property
    def people(self) -> list[int]:
        """The keys of those who were removed."""
        people: list[int] = self.data["people"]
        return people

    @property
    def can_be_undone(self) -> bool:
        """Neither undone nor run out."""
        return self.restored_at is None and self.until > clock.now()
