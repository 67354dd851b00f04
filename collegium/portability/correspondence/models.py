"""Messages and invitations that a member brought from elsewhere, for her eyes alone.

They are words of other people too. Nothing here points at a member other than the one who keeps it: names stand as the
archive has them, and who of these people is here is judged anew whenever a page is read (`people`).
"""

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q

from collegium.lib import ids
from collegium.members.models import Member
from collegium.portability.imports.models import Import

NAME, LINE, SUBJECT, TEXT, FOLDER, MARK, REASON = 200, 200, 200, 100_000, 40, 16, 4000
# What is searched is the text in one spelling, which may be longer than the text.
SAID = TEXT * 2
MOST_MESSAGES, MOST_INVITATIONS, MOST_PEOPLE = 200_000, 20_000, 50


def moment(milliseconds: int) -> datetime | None:
    """A moment as it is kept; None for 0, which is one that nobody knows."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else None


class Thread(models.Model):
    """A conversation, with what its list shows of it: nothing is counted when the list is read."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    mark = models.BinaryField(max_length=MARK)
    title = models.CharField(max_length=LINE, blank=True)
    people = models.JSONField(default=list, help_text="The others: name, and the end of the profile's address or none.")
    folder = models.CharField(max_length=FOLDER, blank=True, help_text="As it is called there.")
    said = models.CharField(max_length=SAID, blank=True, help_text="Title and names, folded, to be searched.")
    count = models.IntegerField(default=0)
    last = models.BigIntegerField(default=0, help_text="When the newest was sent, in milliseconds; 0: not known.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "mark"], name="portability_thread_once")]
        indexes = [models.Index(fields=["member", "-last", "-id"], name="portability_threads_of")]

    def __str__(self) -> str:
        return f"conversation {self.pk} of {self.member_id}"

    @property
    def path(self) -> str:
        """Its page."""
        return f"/settings/import/linkedin/messages/{self.pk}/"

    @property
    def at(self) -> datetime | None:
        """When its newest message was sent."""
        return moment(self.last)

    @property
    def names(self) -> list[str]:
        """The others, as the archive calls them."""
        return [name for name, _slug in self.people]


class Letter(models.Model):
    """One message. Its order is its moment there and then its key."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="letters", db_index=False)
    mark = models.BinaryField(max_length=MARK)
    sent = models.BigIntegerField(default=0, help_text="In milliseconds since 1970; 0: not known.")
    mine = models.BooleanField()
    name = models.CharField(max_length=NAME, blank=True, help_text="Who wrote it, as the archive calls her.")
    subject = models.CharField(max_length=SUBJECT, blank=True)
    text = models.CharField(max_length=TEXT, blank=True)
    said = models.CharField(max_length=SAID + SUBJECT, blank=True, help_text="Folded, to be searched.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "mark"], name="portability_letter_once")]
        indexes = [
            models.Index(fields=["thread", "-sent", "-id"], name="portability_letters_in"),
            models.Index(fields=["member", "-sent", "-id"], name="portability_letters_of"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.member_id}"

    @property
    def at(self) -> datetime | None:
        """When it was sent."""
        return moment(self.sent)


class Invited(models.Model):
    """An invitation to connect, sent or received there."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    mark = models.BinaryField(max_length=MARK)
    incoming = models.BooleanField()
    name = models.CharField(max_length=NAME, blank=True, help_text="The other one, as the archive calls her.")
    slug = models.CharField(max_length=LINE, blank=True)
    sent = models.BigIntegerField(default=0, help_text="In milliseconds since 1970; 0: not known.")
    text = models.CharField(max_length=REASON, blank=True, help_text="The note that came with it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "mark"], name="portability_invited_once")]
        indexes = [models.Index(fields=["member", "incoming", "-sent", "-id"], name="portability_invited_of")]

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.member_id}"

    @property
    def at(self) -> datetime | None:
        """When it was sent."""
        return moment(self.sent)


class Waiting(models.Model):
    """A message that waits until its owner has decided. It goes with the import, at the latest after a day."""

    id = models.BigAutoField(primary_key=True)
    of = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    talk = models.BinaryField(max_length=MARK, help_text="The mark of its conversation.")
    mark = models.BinaryField(max_length=MARK)
    sent = models.BigIntegerField()
    mine = models.BooleanField()
    name = models.CharField(max_length=NAME, blank=True)
    subject = models.CharField(max_length=SUBJECT, blank=True)
    text = models.CharField(max_length=TEXT, blank=True)

    class Meta:
        indexes = [models.Index(fields=["of", "talk"], name="portability_waiting_of")]
        constraints = [models.CheckConstraint(condition=Q(sent__gte=0), name="portability_waiting_sent")]

    def __str__(self) -> str:
        return f"message {self.pk} of import {self.of_id}"
