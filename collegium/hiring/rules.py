"""May she? About what is done with applications; nobody of the team is of the team of her own application."""

from collegium.applications.models import Application
from collegium.hiring.models import Note
from collegium.members.models import Member
from collegium.openings import rules as openings


def may_review(member: Member, application: Application) -> bool:
    """Read what was sent and what the team wrote."""
    return application.applicant_id != member.pk and openings.may_review(member, application.opening)


def may_assess(member: Member, application: Application) -> bool:
    """Write notes and a scorecard."""
    return application.applicant_id != member.pk and openings.may_assess(member, application.opening)


def may_edit_note(member: Member, note: Note) -> bool:
    """Its author, as long as she may still write some."""
    return note.author_id == member.pk and may_assess(member, note.application)


def may_move(member: Member, application: Application) -> bool:
    """Move and answer."""
    return application.applicant_id != member.pk and openings.may_change(member, application.opening)
