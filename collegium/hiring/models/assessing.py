"""What those who hire think of an application. Applicants never read it; it is erased with what they sent."""

from django.db import models
from django.db.models import Q

from collegium.applications.models import Application
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings.models import Opening

NOTE_LIMIT, CRITERION_LIMIT, MOST_CRITERIA, BEST = 4_000, 80, 10, 5


class Note(models.Model):
    """Some words about an application, for the team."""

    id = ids.IdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=NOTE_LIMIT)
    at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="hiring_note_says_something")]

    def __str__(self) -> str:
        return self.words[:40]


class Criterion(models.Model):
    """A line of the scorecard of an opening."""

    id = ids.IdField()
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="criteria", db_index=False)
    name = models.CharField(max_length=CRITERION_LIMIT)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "place"], name="hiring_criterion_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(name=""), name="hiring_criterion_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Scorecard(models.Model):
    """What one member of the team found, over all; others' cards are shown to her once hers is there."""

    id = ids.IdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="scorecards", db_index=False)
    author = models.ForeignKey(Member, models.CASCADE, related_name="+")
    rating = models.PositiveSmallIntegerField(help_text="1 to 5.")
    words = models.CharField(max_length=NOTE_LIMIT, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "author"], name="hiring_scorecard_once"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=BEST), name="hiring_rating"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.rating}"


class Score(models.Model):
    """One line of a card."""

    pk = models.CompositePrimaryKey("scorecard", "criterion")
    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="scores", db_index=False)
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__gte=1, value__lte=BEST), name="hiring_score")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"
