"""What applicants are asked, and by which answers an application ends: both are read before one applies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids

WORDS_LIMIT, CHOICE_LIMIT, MOST_CHOICES, MOST_QUESTIONS = 200, 100, 10, 12


class Answer(models.TextChoices):
    """What sort of answer is asked for."""

    YES_NO = "yes-no", _("Yes or no")
    NUMBER = "number", _("A number")
    CHOICE = "choice", _("One of several")
    TEXT = "text", _("A few words")


class Question(models.Model):
    """One question.

    `must` with a rule ends an application whose answer does not pass: `least` of a number, `passing` of a choice or of
    yes and no ("yes", "no"). A text never decides. Without `must` the rule only says what would be welcome.
    """

    id = ids.IdField()
    opening = models.ForeignKey("openings.Opening", models.CASCADE, related_name="questions", db_index=False)
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=WORDS_LIMIT)
    answer = models.CharField(max_length=8, choices=Answer)
    choices = ArrayField(models.CharField(max_length=CHOICE_LIMIT), default=list, blank=True)
    required = models.BooleanField(default=True)
    must = models.BooleanField(default=False)
    least = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    passing = ArrayField(models.CharField(max_length=CHOICE_LIMIT), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opening", "place"], name="openings_question_place"),
            models.CheckConstraint(condition=~Q(words=""), name="openings_question_says_something"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="openings_question_answer"),
            models.CheckConstraint(condition=Q(choices__len__lte=MOST_CHOICES), name="openings_question_choices"),
            models.CheckConstraint(
                condition=Q(must=False) | Q(answer="number", least__isnull=False) | Q(passing__len__gt=0),
                name="openings_question_must_has_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.words
