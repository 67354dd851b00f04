"""What a member keeps about people for herself alone: tags, notes, reminders, filters, and the way back."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collegium.lib import clock, ids
from collegium.members.models import Fold, Member

TAG_NAME, FILTER_NAME = 40, 60
NOTE_LIMIT, REMINDER_LIMIT = 4000, 300
# Three fields of a hundred letters each, of which one may take twelve signs in an address.
ADDRESS_LIMIT = 4000
MOST_TAGS, MOST_CIRCLES, MOST_FILTERS, MOST_REMINDERS = 200, 100, 50, 500
UNDO_FOR = timedelta(days=30)


class Tag(models.Model):
    """A word its owner puts on people; nobody else ever reads it."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="tags", db_index=False)
    name = models.CharField(max_length=TAG_NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("owner"), Fold("name"), name="contacts_tag_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="contacts_tag_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A person has a tag, connected or not."""

    pk = models.CompositePrimaryKey("tag_id", "person_id")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id}: {self.tag_id}"


class PersonNote(models.Model):
    """What a member wants to remember of somebody; nobody else ever reads it."""

    pk = models.CompositePrimaryKey("owner_id", "person_id")
    owner = models.ForeignKey(Member, models.CASCADE, related_name="person_notes", db_index=False)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")
    body = models.CharField(max_length=NOTE_LIMIT)
    edited_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="contacts_note_says_something")]

    def __str__(self) -> str:
        return f"{self.owner_id} on {self.person_id}"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """How reminders are asked for."""

    def open(self) -> "ReminderQuerySet":
        """Not done yet."""
        return self.filter(done_at=None)

    def due(self) -> "ReminderQuerySet":
        """Open, and their day has come."""
        return self.open().filter(due__lte=timezone.localdate(clock.now()))


class Reminder(models.Model):
    """To get in touch with somebody on a day, for oneself alone."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="reminders", db_index=False)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")
    due = models.DateField()
    words = models.CharField(max_length=REMINDER_LIMIT, blank=True)
    told = models.DateField(null=True, blank=True, help_text="The day it was told for last.")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "due"], condition=Q(done_at=None), name="contacts_reminders_of"),
            models.Index(fields=["due"], condition=Q(done_at=None), name="contacts_reminders_due"),
        ]

    def __str__(self) -> str:
        return f"{self.due}: {self.person_id}"

    @property
    def path(self) -> str:
        """Its address, under which its answers lie."""
        return f"/network/people/reminders/{self.id}/"

    @property
    def is_due(self) -> bool:
        """Its day has come."""
        return self.done_at is None and self.due <= timezone.localdate(clock.now())


class SavedFilter(models.Model):
    """A way to look at one's people, under a name."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="saved_filters", db_index=False)
    name = models.CharField(max_length=FILTER_NAME)
    query = models.CharField(max_length=ADDRESS_LIMIT, help_text="What stands behind the question mark.")

    class Meta:
        constraints = [
            models.UniqueConstraint(F("owner"), Fold("name"), name="contacts_filter_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="contacts_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The list as it is filtered."""
        return f"/network/people/?{self.query}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """How changes are asked for."""

    def standing(self) -> "ChangeQuerySet":
        """Those that can be taken back still."""
        return self.filter(undone_at=None, id__gte=ids.floor_at(clock.now() - UNDO_FOR))


class Change(models.Model):
    """Something done to many people at once, with what it takes to undo it. Removals are kept by `network`."""

    class Kind(models.TextChoices):
        """What was done; the words are in `phrases`."""

        RUNG = "rung"
        TAGGED = "tagged"
        UNTAGGED = "untagged"
        CIRCLED = "circled"
        UNCIRCLED = "uncircled"
        TAG_DROPPED = "tag_dropped"
        CIRCLE_DROPPED = "circle_dropped"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=FILTER_NAME, blank=True, help_text="Of the tag or the circle.")
    rung = models.SmallIntegerField(default=0, help_text="Where they were put; 0 is near again.")
    count = models.PositiveIntegerField()
    before = models.JSONField(default=dict, help_text="What it takes to undo it.")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="contacts_changes_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"

    @property
    def path(self) -> str:
        """Its address, under which the way back lies."""
        return f"/network/people/changes/{self.id}/"

    @property
    def made_at(self) -> datetime:
        """When it was done."""
        return ids.instant(self.id)

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.made_at + UNDO_FOR

    @property
    def stands(self) -> bool:
        """Whether it can be undone still."""
        return self.undone_at is None and self.until > clock.now()
