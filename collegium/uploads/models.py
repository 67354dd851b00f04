"""A large file on its way in: what is known of it, and how much of it is surely on the disk."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from django.db import models
from django.db.models import F, Q

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.uploads import places

NAME_LIMIT = 200
PURPOSE_LIMIT = 30
# How long a file waits for its next piece, or for the form it belongs to.
WAITS = timedelta(days=1)


class UploadQuerySet(models.QuerySet["Upload"]):
    """How uploads are asked for."""

    def stale(self) -> Self:
        """Those nothing has come to for a day."""
        return self.filter(touched_at__lt=clock.now() - WAITS)


class Upload(models.Model):
    """One file of one member; its bytes lie in `path`, which may hold more than `offset` says and never less."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="uploads")
    key = models.CharField(max_length=places.KEY_LENGTH, unique=True, help_text="Of its address and its file.")
    purpose = models.CharField(max_length=PURPOSE_LIMIT)
    name = models.CharField(max_length=NAME_LIMIT, help_text="As its sender calls it; no path was ever made of it.")
    length = models.BigIntegerField(help_text="Bytes of the whole file.")
    offset = models.BigIntegerField(default=0, help_text="Bytes that are on the disk for good.")
    touched_at = models.DateTimeField(default=clock.now, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(length__gt=0), name="uploads_have_a_length"),
            models.CheckConstraint(condition=Q(offset__gte=0, offset__lte=F("length")), name="uploads_within_length"),
            models.CheckConstraint(condition=Q(key__regex="^[0-9a-f]{32}$"), name="uploads_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Every byte is here."""
        return self.offset == self.length

    @property
    def path(self) -> Path:
        """Where its bytes lie, readable by their owner only."""
        return places.place_of(self.key)

    @property
    def ending(self) -> str:
        """What its name ends with, in small letters, as ".mp4"."""
        return Path(self.name).suffix.lower()

    @property
    def ends_at(self) -> datetime:
        """When it is swept, unless something more comes."""
        return self.touched_at + WAITS
