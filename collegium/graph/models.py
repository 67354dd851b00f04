"""What changed in the graph since it was last written to a file, and which files are still true."""

from django.db import models


class Change(models.Model):
    """Something about one pair, or one person, is different now; what it is, is read from the tables themselves.

    Written by triggers, so that nothing can change without a line. A column `xid` (PostgreSQL's xid8, which Django does
    not know) says which transaction wrote it.
    """

    class Kind(models.IntegerChoices):
        TIE = 1  # one, other: connected, or no longer
        PERSON = 2  # one: joined, left, or her standing, visibility or the audience of her list
        BLOCK = 3  # one, other: a block began or ended, either way
        RESTRICTION = 4  # one restricts other, or no longer
        WORDS = 5  # one: what a search reads of the person

    id = models.BigAutoField(primary_key=True)
    kind = models.SmallIntegerField(choices=Kind)
    one = models.BigIntegerField()
    other = models.BigIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.kind}: {self.one} {self.other}"


class Epoch(models.Model):
    """One row. A new number says that no file of another one is true any more."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    empty = models.BooleanField(help_text="Nobody was here when the epoch began: its changes alone tell everything.")
    floor = models.BigIntegerField(default=0, db_default=0, help_text="Changes of earlier transactions were deleted.")

    def __str__(self) -> str:
        return str(self.number)
