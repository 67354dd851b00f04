"""What was sent with an application. All of it goes when its time is over; the row of the application stays."""

from django.db import models
from django.db.models import Q

from collegium.applications.models.applications import Application
from collegium.applications.models.cvs import NAME_LIMIT, STORED_LIMIT
from collegium.lib import ids
from collegium.openings.models import Question

LETTER_LIMIT, ANSWER_LIMIT, REACH_LIMIT = 5_000, 1_000, 254


class Sent(models.Model):
    """The applicant as she chose to be seen on that day: nothing here changes with her profile.

    `profile` is a `career.document.Document` of the parts she chose, with name and headline; it never says that she
    looks for work, and whatever her profile hides from others is here only because she ticked it.
    """

    application = models.OneToOneField(Application, models.CASCADE, primary_key=True, related_name="sent")
    name = models.CharField(max_length=200)
    headline = models.CharField(max_length=300, blank=True)
    photo = models.CharField(
        max_length=STORED_LIMIT,
        blank=True,
        help_text="A copy of her picture, where she sent it; as `media.keeping` says.",
    )
    email = models.CharField(max_length=REACH_LIMIT)
    email_mark = models.CharField(max_length=64, help_text="Keyed hash of the mailbox: one who applies twice is found.")
    phone = models.CharField(max_length=60, blank=True)
    letter = models.CharField(max_length=LETTER_LIMIT, blank=True)
    profile = models.JSONField(default=dict)
    cv_name = models.CharField(max_length=NAME_LIMIT, blank=True)
    cv_stored = models.CharField(max_length=STORED_LIMIT, blank=True)
    cv_type = models.CharField(max_length=100, blank=True)
    consent = models.CharField(max_length=600, help_text="The sentence she agreed to, with the days it names.")
    consented_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["email_mark"], name="applications_by_mailbox")]

    def __str__(self) -> str:
        return f"with {self.application_id}"


class Given(models.Model):
    """An answer to a question, beside the question as it was read then."""

    id = ids.IdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=200, help_text="Of the question.")
    answer = models.CharField(max_length=ANSWER_LIMIT, blank=True)
    passed = models.BooleanField(null=True, help_text="What its rule says; empty where there is none.")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "place"], name="applications_answer_place"),
            models.CheckConstraint(condition=~Q(words=""), name="applications_answer_to_something"),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.answer}"
