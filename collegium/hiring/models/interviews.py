"""Interviews: times that are offered, one that is taken, who comes."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Q

from collegium.applications.models import Application
from collegium.applications.models.applications import FIRST_END
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.openings.models import Opening

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

PLACE_LIMIT, LINK_LIMIT, ZONE_LIMIT, ASKED_LIMIT = 300, 500, 64, 600
MOST_OFFERED, LEAST_MINUTES, MOST_MINUTES = 10, 5, 600
_LASTS = ExpressionWrapper(F("minutes") * timedelta(minutes=1), output_field=DurationField())


class InterviewQuerySet(models.QuerySet["Interview"]):
    """How interviews are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of the viewer's own applications, and of applications to openings for which she hires."""
        return self.filter(application__in=Application.objects.filter(erased_at=None).visible_to(viewer))

    def of_applicant(self, viewer: "Viewer") -> Self:
        """Those to which the viewer is asked as the one who applied."""
        if viewer.member is None:
            return self.none()
        return self.filter(application__applicant=viewer.id, application__erased_at=None)

    def of_team(self, viewer: "Viewer") -> Self:
        """Those of applications to openings for which the viewer hires."""
        hired = Opening.objects.hired_for_by(viewer)
        return self.filter(application__opening__in=hired, application__erased_at=None)

    def standing(self) -> Self:
        """Not called off, of an application that goes on."""
        return self.filter(cancelled_at=None, application__standing__lt=FIRST_END, application__erased_at=None)

    def over_by(self, moment: datetime) -> Self:
        """Those that have ended by then."""
        return self.alias(ends=F("starts_at") + _LASTS).filter(ends__lte=moment)

    def lasting_after(self, moment: datetime) -> Self:
        """Those with a time that end after it."""
        return self.alias(ends=F("starts_at") + _LASTS).filter(ends__gt=moment)

    def with_faces(self) -> Self:
        """The application, what was sent with it, and what it is for, in the same query."""
        return self.select_related("application__sent", "application__opening__organization")


class Interview(models.Model):
    """One meeting. Until the applicant has chosen one of `offered`, `starts_at` is empty."""

    id = ids.IdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    offered = models.JSONField(default=list, help_text="At most ten moments, as ISO 8601 in UTC.")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=ZONE_LIMIT, help_text="In which the times were written.")
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    link = models.CharField(max_length=LINK_LIMIT, blank=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True, help_text="When it was over.")
    asked_words = models.CharField(
        max_length=ASKED_LIMIT, blank=True, help_text="Of the applicant, who asks for other times."
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    remind = models.BooleanField(default=True, help_text="The applicant wishes to be reminded the day before.")
    reminded_for = models.DateTimeField(
        null=True, blank=True, help_text="The time of which it is decided whom to remind."
    )
    sequence = models.PositiveSmallIntegerField(default=0, help_text="RFC 5545: how often its time or place changed.")

    objects = InterviewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["starts_at"], condition=Q(cancelled_at=None), name="hiring_interviews_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=LEAST_MINUTES, minutes__lte=MOST_MINUTES), name="hiring_interview_minutes"
            ),
            models.CheckConstraint(condition=~Q(zone=""), name="hiring_interview_zone"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} at {self.starts_at}"

    @property
    def times(self) -> list[datetime]:
        """The moments that are offered, in their order."""
        return sorted(datetime.fromisoformat(each).astimezone(UTC) for each in self.offered)

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return timedelta(minutes=self.minutes)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends; None before a time is chosen."""
        return self.starts_at + self.length if self.starts_at is not None else None

    @property
    def path(self) -> str:
        """Where the applicant finds it."""
        return f"/applications/{self.application_id}/interviews/{self.pk}/"

    @property
    def team_path(self) -> str:
        """Where those who hire find it; needs its application."""
        return f"/jobs/{self.application.opening_id}/hiring/interviews/{self.pk}/"


class Interviewer(models.Model):
    """Who of the team comes."""

    pk = models.CompositePrimaryKey("interview", "member")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="interviewers", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    remind = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.member_id} at {self.interview_id}"
