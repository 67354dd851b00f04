"""CVs that a member keeps here, to send them with applications; her own alone until she does."""

from django.db import models
from django.db.models import Q

from collegium.lib import clock, ids
from collegium.media import kinds
from collegium.members.models import Member

NAME_LIMIT, STORED_LIMIT, MOST = 100, 120, 8


class Cv(models.Model):
    """One file. What is sent is a copy of its own, so that taking this one away takes nothing from an application."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="cvs")
    name = models.CharField(max_length=NAME_LIMIT)
    stored = models.CharField(max_length=STORED_LIMIT, help_text="What `media.keeping` calls it.")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="Bytes.")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="applications_cv_named_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(stored=""), name="applications_cv_is_there"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """What it is and how large, for people."""
        return f"{kinds.family_of(self.name)[0]} · {kinds.size_of(self.size)}"


class GoneCv(models.Model):
    """A file whose row is gone, whatever took it; triggers on `Cv` and `Sent` write these rows."""

    name = models.CharField(primary_key=True, max_length=STORED_LIMIT)

    def __str__(self) -> str:
        return self.name
