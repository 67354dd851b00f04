"""A poll on a post, and one row for every vote.

The question is the words of the post. Which answer somebody chose stands in `Vote` alone: no journal, notice or page
repeats it to anybody but herself.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from collegium.feed.models import Post
from collegium.lib import clock
from collegium.members.models import Member

ANSWER_LIMIT = 80
LEAST, MOST = 2, 4
DAYS = (1, 3, 7, 14)


class PollQuerySet(models.QuerySet["Poll"]):
    """How polls are asked for."""

    def to_tell(self) -> "PollQuerySet":
        """Those that are over, and nobody has been told yet."""
        return self.filter(told=False, ends_at__lte=clock.now())


class Poll(models.Model):
    """Two to four answers to the words of a post, open for some days. It never changes once it is asked."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="poll")
    answers = ArrayField(models.CharField(max_length=ANSWER_LIMIT), size=MOST)
    ends_at = models.DateTimeField()
    first_vote_at = models.DateTimeField(
        null=True, blank=True, help_text="Whether the words of the post were changed after it is said beside them."
    )
    told = models.BooleanField(default=False, db_default=False, help_text="Those concerned were told that it is over.")

    objects = PollQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["ends_at"], condition=Q(told=False), name="polls_ending")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answers__len__gte=LEAST, answers__len__lte=MOST), name="polls_few_answers"
            ),
            models.CheckConstraint(condition=~Q(answers__contains=[""]), name="polls_answers_have_words"),
        ]

    def __str__(self) -> str:
        return " / ".join(self.answers)

    @property
    def path(self) -> str:
        """Where one votes."""
        return f"/posts/polls/{self.pk}/vote/"

    @property
    def is_over(self) -> bool:
        """Whether its time has passed; judged when read, whenever the sweep comes."""
        return self.ends_at <= clock.now()


class Vote(models.Model):
    """One member's answer, for good. The key is the pair, so there is no second one; when she voted it does not say."""

    pk = models.CompositePrimaryKey("poll_id", "member_id")
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="Which of the answers, counted from 0.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(place__lt=MOST), name="polls_vote_for_an_answer")]

    def __str__(self) -> str:
        return f"a vote in {self.poll_id}"
