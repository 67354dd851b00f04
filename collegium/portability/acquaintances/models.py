"""Whom a member knows elsewhere: by what people agreed to be found, and who was recognised, for a day.

Of an address book nothing is kept but how many addresses were looked for, and who of the members was among them.
"""

from typing import Self

from django.db import models

from collegium.lib import ids
from collegium.members.models import Member

HASH_LENGTH = 32
DAILY = 500


class Way(models.Model):
    """A fingerprint of an address by which somebody agreed to be found: the index of those addresses, no more.

    Whether she still agrees, and the address is still hers, is asked of the rows themselves whenever it is used.
    """

    print = models.BinaryField(max_length=HASH_LENGTH)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")
    pk = models.CompositePrimaryKey("print", "person_id")

    def __str__(self) -> str:
        return f"a way to {self.person_id}"


class LookupQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """How they are asked for. Each is its owner's alone."""

    def of(self, member: Member) -> Self:
        """Hers."""
        return self.filter(member=member)


class Lookup(models.Model):
    """An address book was looked through: how much of it, and what could not be read. Goes after a day."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    keys = models.PositiveSmallIntegerField(help_text="Addresses looked for; they count for a day.")
    contacts = models.PositiveIntegerField(help_text="People of the book they belong to.")
    next_line = models.PositiveIntegerField(default=0, help_text="Where to go on; 0: that was all of it.")
    pasted = models.BooleanField(default=False)
    said = models.JSONField(default=dict, help_text="What else is to be said: numbers, and lines that made no sense.")
    shown = models.BooleanField(default=True, help_text="False once its owner has put the result away.")

    objects = LookupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(keys__gte=1, keys__lte=DAILY), name="portability_lookup_keys")
        ]

    def __str__(self) -> str:
        return f"{self.keys} addresses for {self.member_id}"


class Recognised(models.Model):
    """Somebody who agreed to be found by an address, and was. Whether she is shown is judged when the page is read."""

    lookup = models.ForeignKey(Lookup, models.CASCADE, related_name="recognised", db_index=False)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")
    print = models.BinaryField(max_length=HASH_LENGTH)
    pk = models.CompositePrimaryKey("lookup_id", "person_id")

    def __str__(self) -> str:
        return f"{self.person_id} in {self.lookup_id}"
