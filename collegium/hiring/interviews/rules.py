"""May she arrange, choose, read? And does anything stand in the way; each judged when it is asked."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.applications.models import Application
from collegium.hiring.models import Interview
from collegium.hiring.models.interviews import MOST_OFFERED
from collegium.lib import clock
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.openings import rules as openings
from collegium.openings.models import Opening, Part, Seat
from collegium.openings.rules import HIRING
from collegium.pages.models import Role

# So many can be arranged with one applicant; what was called off does not count.
MOST = 20


def may_arrange(member: Member | None, application: Application) -> bool:
    """Offer times, change and call off: recruiters and leads."""
    return application.erased_at is None and openings.may_change(member, application.opening)


def may_choose(member: Member, row: Interview) -> bool:
    """Only the one who applied."""
    return row.application.applicant_id == member.pk and member.is_active


def may_come(member: Member, row: Interview) -> bool:
    """Whether she is one of those who come, and still of the team."""
    return openings.may_review(member, row.application.opening) and row.interviewers.filter(member=member).exists()


def team(opening: Opening) -> list[Member]:
    """Who could interview: the seats from interviewer on, and those who hire for the whole page; by name."""
    seats = Seat.objects.filter(opening=opening, part__gte=Part.INTERVIEWER)
    if opening.organization.is_page:
        seats = seats.filter(part=Part.INTERVIEWER)
    roles = Role.objects.filter(organization=opening.organization_id, part__in=HIRING)
    keys = Q(pk__in=seats.values("member"))
    if opening.organization.is_page:
        keys |= Q(pk__in=roles.values("member"))
    return list(Member.objects.active().filter(keys).order_by("sort_name", "pk"))


def hindrance_to_arranging(application: Application) -> Conflict | None:
    """What has ended needs no interview, and there is an end to interviews."""
    if application.has_ended or application.erased_at is not None:
        return Conflict(_("This application has ended."))
    if Interview.objects.filter(application=application, cancelled_at=None).count() >= MOST:
        return Conflict(
            _("%(n)s interviews are arranged with this applicant, and that is the most there can be.") % {"n": MOST}
        )
    return None


def hindrance_to_times(times: "tuple[datetime, ...]") -> Conflict | None:
    """One at least, ten at most, none over."""
    if not 0 < len(times) <= MOST_OFFERED:
        return Conflict(_("Offer between one time and ten."))
    if min(times) <= clock.now():
        return Conflict(_("One of these times is over already. Choose later ones."))
    return None


def hindrance_to_touching(row: Interview | None) -> Conflict | None:
    """What is called off, or over, or of an application that ended, stays as it is."""
    if row is None or row.cancelled_at is not None or row.application.has_ended:
        return Conflict(_("This interview was called off, or the application has ended."))
    if row.starts_at is not None and row.starts_at <= clock.now():
        return Conflict(_("This interview has begun."))
    return None


def hindrance_to_choosing(row: Interview, at: datetime) -> Conflict | None:
    """Offered, still to come, and nobody who comes is elsewhere."""
    if at not in row.times:
        return Conflict(_("This time is no longer offered. Please choose another one."))
    if at <= clock.now():
        return Conflict(_("This time is over. Please choose another one."))
    if at in taken(row):
        return Conflict(_("Somebody else has taken this time meanwhile. Please choose another one."))
    return None


def taken(row: Interview) -> set[datetime]:
    """Which of its times are no longer free: one of those who come is at another interview then. One statement."""
    people = row.interviewers.values("member")
    others = Interview.objects.standing().lasting_after(clock.now()).exclude(pk=row.pk)
    busy = [(each.starts_at, each.ends_at) for each in others.filter(interviewers__member__in=people)]
    held = [(begins, ends) for begins, ends in busy if begins is not None and ends is not None]
    return {at for at in row.times if any(begins < at + row.length and at < ends for begins, ends in held)}
