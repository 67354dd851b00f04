"""An application, and every step it took. What was sent with it stands in `sent`, and goes when its time is over."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings.models import Opening
from collegium.organizations.models import Organization

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

WORDS_LIMIT = 2_000


class Standing(models.IntegerChoices):
    """How an application stands, in the words the applicant reads. From `HIRED` on it has ended."""

    SENT = 0, _("Sent")
    SEEN = 1, _("Read")
    LISTED = 2, _("Being considered")
    INTERVIEW = 3, _("Interview")
    OFFER = 4, _("Offer")
    HIRED = 10, _("Hired")
    DECLINED = 11, _("Not chosen")
    UNFIT = 12, _("Ended by a question you must pass")
    WITHDRAWN = 13, _("Withdrawn")
    UNANSWERED = 14, _("Ended without an answer")


FIRST_END = Standing.HIRED.value


class ApplicationQuerySet(models.QuerySet["Application"]):
    """How applications are asked for."""

    def living(self) -> Self:
        """Those that have not ended."""
        return self.filter(standing__lt=FIRST_END)

    def of(self, member: Member) -> Self:
        """One's own, whatever became of the opening."""
        return self.filter(applicant=member)

    def visible_to(self, viewer: "Viewer") -> Self:
        """One's own, and those to openings for which one hires."""
        if not viewer:
            return self.none()
        hired = Opening.objects.hired_for_by(viewer).filter(pk=models.OuterRef("opening"))
        return self.filter(Q(applicant=viewer.id) | Q(models.Exists(hired)))


class Application(models.Model):
    """One person's application to one opening. The row stays for the figures when what was sent is erased.

    `applicant` is empty once it was erased or the account is gone; the organisation stands here too, so that figures
    need no other table.
    """

    id = ids.IdField()
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="applications", db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    applicant = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="applications", db_index=False
    )
    standing = models.SmallIntegerField(choices=Standing, default=Standing.SENT)
    kept_days = models.PositiveSmallIntegerField(
        default=180, help_text="As she agreed to; what the opening says later changes nothing."
    )
    form_key = models.UUIDField(null=True, blank=True, help_text="Of the form it came from: sent twice, made once.")
    sent_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person of the employer first moved or answered it."
    )
    interviewed_at = models.DateTimeField(null=True, blank=True, help_text="When the last interview was held.")
    owed_since = models.DateTimeField(
        null=True, blank=True, help_text="The last interview after which nobody answered yet."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    erase_at = models.DateTimeField(null=True, blank=True, help_text="When what was sent goes; known once it ended.")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "-id"], condition=Q(applicant__isnull=False), name="applications_of"),
            models.Index(fields=["opening", "standing", "-id"], name="applications_to"),
            models.Index(
                fields=["organization", "sent_at"],
                name="applications_figures",
                include=["standing", "answered_at", "ended_at"],
            ),
            models.Index(fields=["erase_at"], condition=Q(erased_at=None), name="applications_erasing"),
            models.Index(
                fields=["organization", "owed_since"],
                condition=Q(owed_since__isnull=False),
                name="applications_owed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["opening", "applicant"], name="applications_once"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="applications_standing"),
            models.CheckConstraint(
                condition=Q(standing__lt=FIRST_END, ended_at=None) | Q(standing__gte=FIRST_END, ended_at__isnull=False),
                name="applications_ended_when_it_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applicant_id} to {self.opening_id}"

    @property
    def has_ended(self) -> bool:
        """Nothing more will happen with it."""
        return self.standing >= FIRST_END

    @property
    def stands_as(self) -> str:
        """How it stands, as one small word for whoever chooses a picture."""
        return Standing(self.standing).name.lower()

    @property
    def path(self) -> str:
        """Where the applicant follows it."""
        return f"/applications/{self.pk}/"


class Step(models.Model):
    """Something that happened to an application, as the applicant reads it, with its time; never changed.

    `words` are those of whoever hires, for the applicant. `by` is told to those who hire, not to her.
    """

    id = ids.IdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    standing = models.SmallIntegerField(choices=Standing)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=WORDS_LIMIT, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(standing__in=Standing.values), name="applications_step")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.standing}"
