"""What the hosts want to know of whoever comes."""

from django.db import models
from django.db.models import Q

from collegium.events.models.events import Event
from collegium.lib import ids

QUESTION_LIMIT, ANSWER_LIMIT, MOST_QUESTIONS = 200, 500, 5


class Question(models.Model):
    """One question. Its answers stand with each attendance, under its key, and are read by the hosts alone."""

    id = ids.IdField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="questions", db_index=False)
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=QUESTION_LIMIT)
    required = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "place"], name="events_question_places"),
            models.CheckConstraint(condition=Q(place__lt=MOST_QUESTIONS), name="events_few_questions"),
            models.CheckConstraint(condition=~Q(words=""), name="events_question_asks"),
        ]

    def __str__(self) -> str:
        return self.words
