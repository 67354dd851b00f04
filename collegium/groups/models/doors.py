"""How one comes into a group, and who is kept out of it."""

from typing import Self

from django.db import models
from django.db.models import Q

from collegium.groups.models.groups import Group
from collegium.lib import clock, ids
from collegium.members.models import Member

QUESTION_LIMIT, ANSWER_LIMIT, NOTE_LIMIT, REASON_LIMIT = 200, 1000, 300, 500
MOST_QUESTIONS = 5


class Question(models.Model):
    """What the group asks of whoever wants to join."""

    id = ids.IdField()
    group = models.ForeignKey(Group, models.CASCADE, related_name="questions")
    words = models.CharField(max_length=QUESTION_LIMIT)
    required = models.BooleanField(default=True)
    rank = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="groups_question_asks_something")]

    def __str__(self) -> str:
        return self.words


class DoorQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """How requests and invitations are asked for."""

    def standing(self) -> Self:
        """Those not settled yet."""
        return self.filter(settled_at=None)


class Request(models.Model):
    """Somebody asks to be let in. `outcome` is empty while it waits."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    id = ids.IdField()
    group = models.ForeignKey(Group, models.CASCADE, related_name="requests", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="group_requests")
    # The questions as they stood, each with her answer: [{"question": …, "answer": …}], at most MOST_QUESTIONS.
    answers = models.JSONField(default=list)
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When she accepted the rules.")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=REASON_LIMIT, blank=True, help_text="What she was told with the answer.")

    objects = DoorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "id"], condition=Q(settled_at=None), name="groups_requests_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(settled_at=None), name="groups_one_request_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="groups_request_settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} asks {self.group_id}"


class Invitation(models.Model):
    """Somebody of the group asks another in."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    id = ids.IdField()
    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="group_invitations")
    sender = models.ForeignKey(Member, models.CASCADE, related_name="+")
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DoorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(settled_at=None), name="groups_one_invitation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="groups_invitation_settled_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} asks {self.member_id} into {self.group_id}"


class BanQuerySet(models.QuerySet["Ban"]):
    """How bans are asked for."""

    def holding(self) -> Self:
        """Those that hold now."""
        return self.filter(Q(until=None) | Q(until__gt=clock.now()), lifted_at=None)


class Ban(models.Model):
    """Somebody is kept out. The row stays when it is lifted, so that it can be told how often."""

    id = ids.IdField()
    group = models.ForeignKey(Group, models.CASCADE, related_name="bans", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="group_bans")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=REASON_LIMIT, blank=True, help_text="She is told.")
    with_content = models.BooleanField(default=False, help_text="What she posted and said there was hidden with it.")
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "member"], name="groups_bans_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(lifted_at=None), name="groups_banned_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} not in {self.group_id}"
