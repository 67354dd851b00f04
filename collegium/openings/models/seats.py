"""Who hires: what each does on one opening."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock
from collegium.members.models import Member


class Part(models.IntegerChoices):
    """From the least to the most; a part may what those below it may."""

    OBSERVER = 0, _("Observer")  # reads applications
    INTERVIEWER = 1, _("Interviewer")  # and writes notes, ratings, scorecards
    RECRUITER = 2, _("Recruiter")  # and moves, answers, invites to interviews, changes the opening
    LEAD = 3, _("Lead")  # and gives parts, closes


class Seat(models.Model):
    """A member of the hiring team.

    Where the organisation is a page, recruiter and lead count only while the member has a part on the page that hires;
    such people may everything on all its openings without a seat (`openings.sight`).
    """

    pk = models.CompositePrimaryKey("opening", "member")
    opening = models.ForeignKey("openings.Opening", models.CASCADE, related_name="seats", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="hiring_seats")
    part = models.SmallIntegerField(choices=Part)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(part__in=Part.values), name="openings_seat_part")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.opening_id}"
