"""May she? About applications, each judged when it is asked."""

from django.utils.translation import gettext as _

from collegium.applications.models import Application, Standing
from collegium.audience.viewer import Viewer
from collegium.conduct.models import Restriction
from collegium.members.models import Member
from collegium.openings import rules as openings
from collegium.openings.models import Opening
from collegium.ui.text import day

# What those who hire may make of an application; the rest is the applicant's, the clock's or a question's.
BY_HAND = (Standing.SEEN, Standing.LISTED, Standing.INTERVIEW, Standing.OFFER, Standing.HIRED, Standing.DECLINED)
# Ends after which a person may still take it up again: a second thought is no wrong to the applicant.
MENDED = (Standing.DECLINED, Standing.UNFIT, Standing.UNANSWERED)


def may_apply(member: Member, opening: Opening) -> bool:
    """Whoever reads an opening that stands, and does not hire for it."""
    return member.is_active and Opening.objects.visible_to(Viewer(member)).filter(pk=opening.pk).exists()


def hindrance_to_applying(member: Member, opening: Opening) -> str:
    """Why somebody who reads it cannot apply now, in a sentence; "" when she can."""
    if not opening.stands:
        return _("One can no longer apply to this.")
    if opening.poster_id == member.pk or openings.part(member, opening) is not None:
        return _("You hire for this opening yourself, so you cannot apply to it.")
    # Only a restriction for passing oneself off as somebody else says anything about applying.
    deceit = Restriction.objects.living().filter(member=member, reason=Restriction.Reason.DECEIT).first()
    if deceit is not None:
        words = _("You can apply to nothing until %(day)s. Your standing says why, and you can answer there.")
        return words % {"day": day(deceit.until)}
    before = Application.objects.of(member).filter(opening=opening).first()
    if before is not None:
        return _("You applied to this on %(day)s. One can apply once.") % {"day": day(before.sent_at)}
    return ""


def may_review(by: Member, application: Application) -> bool:
    """Read it: whoever hires for its opening, with any part."""
    return openings.may_review(by, application.opening)


def may_move(by: Member, application: Application) -> bool:
    """Move and answer it: recruiters and leads of its opening."""
    return openings.may_change(by, application.opening)


def may_withdraw(by: Member, application: Application) -> bool:
    """Whose it is."""
    return by.is_active and application.applicant_id == by.pk


def may_erase(by: Member, application: Application) -> bool:
    """Whose it is, once it has ended."""
    return by.is_active and application.applicant_id == by.pk


def may_keep(by: Member) -> bool:
    """Members in good standing keep CVs here, their own."""
    return Member.objects.active().filter(pk=by.pk).exists()


def hindrance_to_moving(application: Application, standing: Standing) -> str:
    """Why it cannot come to stand so, in a sentence; "" when it can."""
    if application.applicant is None or application.erased_at is not None:
        return _("What was sent with this application has been erased; nothing more can be done with it.")
    if application.standing == Standing.WITHDRAWN:
        return _("This application was withdrawn.")
    if application.standing == Standing.HIRED or standing not in BY_HAND:
        return _("This application has ended.")
    if application.has_ended and application.standing not in MENDED:
        return _("This application has ended.")
    # The person can answer nothing now; an answer may still be given, so that nobody is made to owe one.
    if not application.applicant.is_active and standing != Standing.DECLINED:
        return _("This account is suspended. You can end the application, not take it further.")
    return ""
