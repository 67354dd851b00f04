"""Restrictions, each with a reason and an end, and what the restricted person says to them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock, ids
from collegium.members.models import Member

WORDS_LIMIT = 1000
CAUSE_LIMIT = 60


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    """How restrictions are asked for; whether one still holds is judged when it is read."""

    def living(self) -> Self:
        """Neither lifted nor over."""
        return self.filter(lifted_at=None, until__gt=clock.now())

    def of(self, member: Member) -> Self:
        """Those of one member, the newest first."""
        return self.filter(member=member).order_by("-id")


class Restriction(models.Model):
    """Somebody may invite nobody for a while. Only she and the operator know; to everybody else nothing changes."""

    class Reason(models.TextChoices):
        """The kind of reason; the words say the rest."""

        UNKNOWN = "unknown", _("People who were asked do not know the one who asked")
        ADVERTISING = "advertising", _("Advertising in invitations")
        PESTERING = "pestering", _("Pestering people")
        DECEIT = "deceit", _("Pretending to be somebody else")
        OTHER = "other", _("Another reason")

    class By(models.TextChoices):
        """Who imposed it."""

        RULE = "rule"
        OPERATOR = "operator"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="restrictions", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason)
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="The operator's, for the member to read.")
    by = models.CharField(max_length=8, choices=By)
    cause = models.CharField(max_length=CAUSE_LIMIT, help_text="What a rule saw; the same is never punished twice.")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="conduct_restrictions_of")]
        constraints = [
            models.UniqueConstraint(fields=["member", "cause"], name="conduct_restricted_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="conduct_restriction_ends_later"),
            models.CheckConstraint(condition=~Q(cause=""), name="conduct_restriction_has_a_cause"),
            models.CheckConstraint(condition=~Q(words="") | Q(by="rule"), name="conduct_operator_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} restricted: {self.reason}"

    @property
    def is_living(self) -> bool:
        """Neither lifted nor over."""
        return self.lifted_at is None and self.until > clock.now()

    @property
    def ended_at(self) -> datetime:
        """When it ended, or will."""
        return min(self.lifted_at, self.until) if self.lifted_at else self.until

    @property
    def path(self) -> str:
        """Under which the appeal is written."""
        return f"/network/standing/restrictions/{self.pk}/"


class Appeal(models.Model):
    """What a restricted person says to it, once, and what the operator answered."""

    class Outcome(models.TextChoices):
        """What came of it."""

        OPEN = "open"
        UPHELD = "upheld"
        LIFTED = "lifted"

    restriction = models.OneToOneField(Restriction, models.CASCADE, primary_key=True, related_name="appeal")
    words = models.CharField(max_length=WORDS_LIMIT)
    written_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=6, choices=Outcome, default=Outcome.OPEN)
    answer = models.CharField(max_length=WORDS_LIMIT, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="conduct_appeal_says_something"),
            models.CheckConstraint(
                condition=Q(outcome="open", answered_at=None, answer="")
                | (~Q(outcome="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="conduct_appeal_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"appeal: {self.outcome}"
