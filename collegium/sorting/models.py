"""What was taught, as numbers, and the weights that came of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from collegium.lib import ids

MOST_NUMBERS = 1000


class Lesson(models.Model):
    """Somebody said of a message that it was unwanted, or that it was not. Who, and what it said, is not kept."""

    id = ids.IdField()
    numbers = ArrayField(models.IntegerField(), size=MOST_NUMBERS)
    unwanted = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(numbers__len__lte=MOST_NUMBERS), name="sorting_lesson_is_short")
        ]

    def __str__(self) -> str:
        return f"{'un' * self.unwanted}wanted: {len(self.numbers)} numbers"


class Learned(models.Model):
    """The weights after some lessons; the newest judge."""

    id = ids.IdField()
    form = models.PositiveIntegerField(help_text="Of which form its weights are; others are not read.")
    lessons = models.PositiveIntegerField(help_text="How many it was made of.")
    newest = models.BigIntegerField(help_text="The last of these lessons.")
    weights = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["form", "-id"], name="sorting_newest")]

    def __str__(self) -> str:
        return f"after {self.lessons} lessons"
