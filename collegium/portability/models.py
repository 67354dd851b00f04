"""What portability remembers: which keys came in before, and rows that have no room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from collegium.lib import ids
from collegium.members.models import Member
from collegium.portability.acquaintances.models import Lookup, Recognised, Way
from collegium.portability.correspondence.models import Invited, Letter, Thread, Waiting
from collegium.portability.elsewhere.models import Brought, Remark
from collegium.portability.imports.models import Import, ImportFile, ImportRow, Met, Sought

__all__ = [
    "Brought",
    "Import",
    "ImportFile",
    "ImportRow",
    "Invited",
    "Kept",
    "Letter",
    "LoadedKey",
    "LoadedTies",
    "Lookup",
    "Met",
    "Recognised",
    "Remark",
    "Sought",
    "Thread",
    "Waiting",
    "Way",
]

SOURCE_LIMIT, KEY_LIMIT = 200, 200


class LoadedKey(models.Model):
    """A keyed row of a bundle and the row it became, so that loading again finds it and changes nothing.

    `row` is the key of a member, group, post, comment or event, or `-id` of a kept row. It has no constraint: a post
    deleted since must not come back, and is recognised by its absence.
    """

    source = models.CharField(max_length=SOURCE_LIMIT)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=KEY_LIMIT)
    row = models.BigIntegerField()
    mark = models.BigIntegerField(
        default=0, help_text="Of a member: a checksum that tells another person under this key."
    )
    pk = models.CompositePrimaryKey("source", "kind", "key")

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.source}"


class LoadedTies(models.Model):
    """Ties of one member that came in by a load; what was undone since stays undone.

    One row for all that a load brought to `one`: ten bytes a tie, where a row each would cost a hundred.
    """

    class Kind(models.IntegerChoices):
        CONNECTION = 1
        FOLLOW = 2
        POST_REACTION = 3
        COMMENT_REACTION = 4
        MEMBERSHIP = 5

    # Thousands a statement: random low bits would meet within a millisecond.
    id = models.BigAutoField(primary_key=True)
    kind = models.SmallIntegerField(choices=Kind)
    one = models.BigIntegerField(help_text="A member; of two connected ones the smaller key.")
    others = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [models.Index(fields=["kind", "one"], name="portability_ties_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.one}"


class Kept(models.Model):
    """A row without a key of its own, or one that has no room (who follows an organization). Seen by nobody.

    `data` has the cells under the names of their columns, and nothing once the row is taken. Where a cell named another
    row, `data` has its number: above zero the key of a row of the product (a member), below zero the `-id` of another
    kept row (an organization, whose record has this key too).
    """

    id = ids.IdField()
    source = models.CharField(max_length=SOURCE_LIMIT)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=KEY_LIMIT + 50)
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    data = models.JSONField()
    taken = models.BooleanField(
        default=False, help_text="Its room has it now; stays, so that it does not come in again."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="portability_kept_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.source}"
