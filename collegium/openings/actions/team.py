"""Who hires: seats in the team, and handing an opening to somebody else."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import rules
from collegium.openings.actions.holding import held
from collegium.openings.models import Opening, Part, Seat
from collegium.ties.models import Block

MOST_SEATS = 50


@transaction.atomic
def seat(opening: Opening, member: Member, part: int, *, by: Member) -> Seat:
    """Give somebody a part, or another one.

    Args:
        opening: of which `by` is a lead.
        member: whom.
        part: a `models.Part`.
        by: who gives it.

    Raises:
        Conflict: the team is full, the member is out of standing, or nobody would be left to lead it.
    """
    row = held(opening)
    require(rules.may_lead(by, row))
    part = Part(part)
    if not member.is_active or _parted(by, member):
        raise Conflict(_("This person cannot be asked to hire with you."))
    if row.organization.is_page and part >= Part.RECRUITER and not rules.may_post_for(member, row.organization):
        raise Conflict(_("Recruiters and leads of a page are those who have that part on the page itself."))
    if part < Part.LEAD:
        _somebody_leads(row, without=member)
    if not row.seats.filter(member=member).exists() and row.seats.count() >= MOST_SEATS:
        raise Conflict(_("This team is as large as it can be."))
    made, fresh = Seat.objects.update_or_create(opening=row, member=member, defaults={"part": part})
    record("openings.seated", actor=by, subject=row, member=member.pk, part=int(part), fresh=fresh)
    return made


@transaction.atomic
def unseat(opening: Opening, member: Member, *, by: Member) -> None:
    """Take somebody's part; everybody may give up her own.

    Raises:
        Conflict: nobody would be left to lead it.
    """
    row = held(opening)
    require(rules.may_lead(by, row) or (by.pk == member.pk and rules.may_review(by, row)))
    _somebody_leads(row, without=member)
    if Seat.objects.filter(opening=row, member=member).delete()[0]:
        record("openings.unseated", actor=by, subject=row, member=member.pk)


@transaction.atomic
def hand_over(opening: Opening, to: Member, *, by: Member) -> Opening:
    """Make another the one who posted it, and lead of its team.

    Raises:
        Conflict: that person does not hire for this organisation.
    """
    row = held(opening)
    require(rules.may_lead(by, row))
    if not rules.may_hand_over(by, row, to):
        raise Conflict(_("It can be handed to somebody who hires for this organisation and does not have it yet."))
    Seat.objects.update_or_create(opening=row, member=to, defaults={"part": Part.LEAD})
    row.poster = to
    row.save(update_fields=["poster"])
    record("openings.handed_over", actor=by, subject=row, member=to.pk)
    return row


def _parted(by: Member, member: Member) -> bool:
    return Block.objects.filter(Q(blocker=by, blocked=member) | Q(blocker=member, blocked=by)).exists()


def _somebody_leads(row: Opening, *, without: Member) -> None:
    """On a page its own people lead; on a plain record somebody with a seat has to."""
    others = Seat.objects.filter(opening=row, part=Part.LEAD, member__standing="active").exclude(member=without)
    leads = Seat.objects.filter(opening=row, member=without, part=Part.LEAD).exists()
    if leads and not row.organization.is_page and not others.exists():
        raise Conflict(_("Somebody has to lead it. Make another the lead first."))
