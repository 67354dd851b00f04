"""What came in from elsewhere: what it became here, and what is kept of it for its author's eyes alone."""

from datetime import datetime

from django.db import models

from collegium.lib import ids
from collegium.members.models import Member

TEXT, LINK, MARK = 100_000, 500, 16
# Before this no row of ours was made with a known time: what has none is kept at the beginning of time.
DATED = ids.floor_at(datetime.fromisoformat("2000-01-01T00:00:00+00:00"))


class Brought(models.Model):
    """Something that came in, so that it comes in once.

    It stays when the thing is deleted here, and then says so: a second import does not bring it back by itself.
    `number` is what it is called there; a comment finds the post it stands under by it.
    """

    class Kind(models.IntegerChoices):
        POST = 1
        COMMENT = 2
        ARTICLE = 3

    pk = models.CompositePrimaryKey("member_id", "mark")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    mark = models.BinaryField(max_length=MARK)
    kind = models.SmallIntegerField(choices=Kind)
    row = models.BigIntegerField(help_text="The post, comment or article. It points nowhere by constraint.")
    number = models.BigIntegerField(null=True)
    link = models.CharField(max_length=LINK, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.row} of {self.member_id}"


class Remark(models.Model):
    """Something she said or did there that cannot stand here, for want of what it was said about. Nobody else sees it.

    Its key carries the moment it was made there, where that is known.
    """

    class Kind(models.TextChoices):
        POST = "post"
        COMMENT = "comment"
        REACTION = "reaction"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    mark = models.BinaryField(max_length=MARK)
    kind = models.CharField(max_length=10, choices=Kind)
    reaction = models.CharField(max_length=40, blank=True, help_text="As it is called there.")
    text = models.CharField(max_length=TEXT, blank=True)
    link = models.CharField(max_length=LINK, blank=True, help_text="Of the post it was about.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "mark"], name="portability_remark_once")]
        indexes = [models.Index(fields=["member", "kind", "-id"], name="portability_remarks_of")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.member_id}"

    @property
    def at(self) -> datetime | None:
        """When it was made there; None when the archive does not say."""
        return ids.instant(self.id) if self.id >= DATED else None
