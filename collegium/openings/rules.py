"""May she? About openings; each is judged when it is asked, in the words of `sight`."""

from django.db.models import QuerySet

from collegium.audience.level import Level
from collegium.career.models import Item, PartAudience
from collegium.career.sections import Part as CareerPart
from collegium.members.models import Member
from collegium.openings import posting
from collegium.openings.models import Opening, Part, Seat, State
from collegium.organizations.models import Organization
from collegium.pages import rules as pages
from collegium.pages.models import Part as PagePart

HIRING = frozenset({PagePart.SUPER, PagePart.RECRUITER})


def may_post_for(member: Member | None, organization: Organization) -> bool:
    """Offer work there: for a page whoever hires on it; for a plain record whoever says openly that she works there."""
    if member is None or not member.is_active or organization.merged_into_id is not None:
        return False
    if organization.is_page:
        return bool(pages.parts(member, organization) & HIRING)
    return works_there(organization).filter(member=member).exists()


def works_there(organization: Organization) -> QuerySet[Item]:
    """Present positions that name this record where every member reads it."""
    closed = PartAudience.objects.filter(part=CareerPart.POSITIONS, audience__gt=Level.MEMBERS).values("member")
    at_it = Item.objects.current().filter(organization=organization, member__visibility__lte=Level.MEMBERS)
    return at_it.exclude(member__in=closed)


def part(member: Member | None, opening: Opening) -> Part | None:
    """What she does on it; None when she does not hire for it. What `sight.InTeam` says, for one person.

    Args:
        member: who.
        opening: with its organisation.
    """
    if member is None or not member.is_active:
        return None
    page = opening.organization.is_page
    if page and pages.parts(member, opening.organization) & HIRING:
        return Part.LEAD
    seat = Seat.objects.filter(opening=opening, member=member).values_list("part", flat=True).first()
    if seat is None or (page and seat >= Part.RECRUITER):
        return None
    return Part(seat)


def may_review(member: Member | None, opening: Opening) -> bool:
    """Read its applications."""
    return _at_least(member, opening, Part.OBSERVER)


def may_assess(member: Member | None, opening: Opening) -> bool:
    """Write notes, ratings and scorecards."""
    return _at_least(member, opening, Part.INTERVIEWER)


def may_change(member: Member | None, opening: Opening) -> bool:
    """Change the opening, and move and answer its applications."""
    return _at_least(member, opening, Part.RECRUITER)


def may_lead(member: Member | None, opening: Opening) -> bool:
    """Give parts, close it."""
    return _at_least(member, opening, Part.LEAD)


def may_post(member: Member | None, opening: Opening) -> bool:
    """Put a draft before readers: who may change it, and may still post for its organisation."""
    return may_change(member, opening) and may_post_for(member, opening.organization)


def may_hand_over(member: Member | None, opening: Opening, to: Member) -> bool:
    """Make another the one who posted it: a lead, somebody who may post for its organisation."""
    return may_lead(member, opening) and to.pk != opening.poster_id and may_post_for(to, opening.organization)


def may_discard(member: Member | None, opening: Opening) -> bool:
    """Throw a draft away."""
    return opening.state == State.DRAFT and may_change(member, opening)


def hindrance_to_posting(opening: Opening) -> str:
    """The sentence that says why it cannot be posted as it is; "" when it can."""
    return next((each.words for each in posting.problems(opening)), "")


def _at_least(member: Member | None, opening: Opening, least: Part) -> bool:
    found = part(member, opening)
    return found is not None and found >= least
