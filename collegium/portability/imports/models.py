"""An archive on its way into a profile: what was found in it waits here until its owner has looked through it.

Nothing of it stands on the profile before she confirms. Rows and files go with the confirmation; of the import itself
one line of history stays.
"""

from typing import Self

from django.db import models

from collegium.audience.level import Level
from collegium.lib import ids
from collegium.members.models import Member

NAME_LIMIT, SENTENCE_LIMIT = 200, 600
HASH_LENGTH = 32


class ImportQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """How imports are asked for. Each is its owner's alone."""

    def of(self, member: Member) -> Self:
        """Hers."""
        return self.filter(member=member)

    def open(self) -> Self:
        """Those being read or looked through: at most one a member."""
        return self.filter(state__in=Import.OPEN)


class Import(models.Model):
    """One file that a member brought along."""

    class Kind(models.TextChoices):
        """What the file is, by its first bytes."""

        LINKEDIN = "linkedin"
        RESUME = "resume"

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading"
        REVIEW = "review"
        REFUSED = "refused"
        DONE = "done"

    OPEN = (State.READING, State.REVIEW)

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    name = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="Of the file, as it was called there.")
    done = models.BigIntegerField(default=0, help_text="Bytes read so far, of `total`.")
    total = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=SENTENCE_LIMIT, blank=True, help_text="Why it was refused.")
    with_people = models.BooleanField(default=False, help_text="Whether connections may be looked for here.")
    audience = models.SmallIntegerField(
        choices=Level, default=Level.ONLY_ME, db_default=Level.ONLY_ME, help_text="Of the posts that come in."
    )
    counts = models.JSONField(default=dict, help_text="What came of it, once it is done.")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(state__in=["reading", "review"]), name="portability_one_import"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id}"

    @property
    def path(self) -> str:
        """Its page."""
        return f"/settings/import/{self.pk}/"

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do with it."""
        return self.state in self.OPEN


class ImportFile(models.Model):
    """One file of an archive, and what becomes of it."""

    class Fate(models.TextChoices):
        """What is done with what it says."""

        TAKEN = "taken"
        LATER = "later"
        LEFT_OUT = "left out"
        UNKNOWN = "unknown"
        BROKEN = "broken"

    of = models.ForeignKey(Import, models.CASCADE, related_name="files", db_index=False)
    place = models.IntegerField()
    name = models.CharField(max_length=NAME_LIMIT)
    label = models.CharField(max_length=NAME_LIMIT, blank=True, help_text="What it is about, in the owner's language.")
    kind = models.CharField(max_length=40, blank=True)
    fate = models.CharField(max_length=10, choices=Fate)
    reason = models.CharField(max_length=SENTENCE_LIMIT, blank=True)
    rows = models.IntegerField(default=0)
    notes = models.JSONField(default=list, help_text="Sentences: its encoding, rows that could not be read.")
    pk = models.CompositePrimaryKey("of_id", "place")

    def __str__(self) -> str:
        return self.name


class ImportRowQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """How rows are asked for."""

    def to_take(self) -> Self:
        """What the owner wants, as things stand."""
        return self.filter(chosen=True, status__in=[ImportRow.Status.NEW, ImportRow.Status.CONFLICT])


class ImportRow(models.Model):
    """One thing that an archive says, beside what the profile says."""

    class Status(models.IntegerChoices):
        """How it stands to the profile."""

        CONFLICT = 1
        NEW = 2
        HERE = 3
        LEFT_OUT = 4

    # They come by the ten thousand, and their order is the order of the archive.
    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    file = models.IntegerField(help_text="Place of its file.")
    line = models.IntegerField()
    what = models.CharField(max_length=20, help_text="A section, or what else it is: `skill`, `contact`, `header` …")
    status = models.SmallIntegerField(choices=Status)
    chosen = models.BooleanField(default=False, help_text="New: take it over. Conflict: take theirs.")
    data = models.JSONField(help_text="What it says; of other people only what must be kept until the confirmation.")
    mine = models.JSONField(null=True, help_text="What the profile says of the same thing, where that differs.")
    match = models.BigIntegerField(null=True, help_text="The item of the profile that is the same thing.")
    reason = models.CharField(max_length=SENTENCE_LIMIT, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["of", "file", "status", "id"], name="portability_rows_of")]

    def __str__(self) -> str:
        return f"{self.what} from line {self.line}"


class Sought(models.Model):
    """Somebody a member knows elsewhere, as a fingerprint of a profile address or e-mail address and nothing else.

    Who it is, nobody can read here.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    print = models.BinaryField(max_length=HASH_LENGTH)
    active = models.BooleanField(default=False, help_text="Its day has come: so many a day are looked for.")
    pk = models.CompositePrimaryKey("member_id", "print")

    class Meta:
        indexes = [
            models.Index(fields=["print"], name="portability_sought_print"),
            models.Index(fields=["member"], condition=models.Q(active=False), name="portability_sought_waiting"),
        ]

    def __str__(self) -> str:
        return f"sought by {self.member_id}"


class Met(models.Model):
    """A member who gave, here, an address that another one seeks. Whether she may know of it is judged when read."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")
    pk = models.CompositePrimaryKey("member_id", "person_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(member=models.F("person")), name="portability_met_another")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} sought by {self.member_id}"
