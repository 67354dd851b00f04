"""Who works on a page: asked, taken up, given up, taken away. A page keeps an administrator."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages import rules
from collegium.pages.actions.holding import administrators, hold, is_orphaned
from collegium.pages.models import Offer, Part, Role

MOST_ROLES = 100


@transaction.atomic
def offer(organization: Organization, member: Member, part: Part, *, by: Member) -> None:
    """Ask somebody to take a part; it is hers once she says yes. Asked twice is once.

    Raises:
        Conflict: she has it, or cannot be asked.
    """
    row = hold(organization)
    orphaned = is_orphaned(row)
    require(rules.may_appoint(by, row, orphaned=orphaned))
    # Where nobody is left, owners name an administrator and no more: the rest is hers to give.
    require(rules.may_manage(by, row) or part == Part.SUPER)
    if not people.present_to(Viewer(by)).filter(pk=member.pk).exists():
        raise Conflict(_("This member cannot be asked at the moment."))
    if Role.objects.filter(member=member, organization=row, part=part).exists():
        raise Conflict(_("%(name)s has this part already.") % {"name": member.name})
    if Role.objects.filter(organization=row).count() + Offer.objects.filter(organization=row).count() >= MOST_ROLES:
        raise Conflict(_("A page has at most %(num)d parts.") % {"num": MOST_ROLES})
    _row, new = Offer.objects.get_or_create(member=member, organization=row, part=part, defaults={"by": by})
    if new:
        record("pages.part_offered", actor=by, subject=row, member=member.pk, part=part)


@transaction.atomic
def retract(organization: Organization, member: Member, part: Part, *, by: Member) -> None:
    """Take back what was asked."""
    row = hold(organization)
    require(rules.may_appoint(by, row, orphaned=is_orphaned(row)))
    if Offer.objects.filter(member=member, organization=row, part=part).delete()[0]:
        record("pages.offer_ended", actor=by, subject=row, member=member.pk, part=part)


@transaction.atomic
def accept(organization: Organization, part: Part, *, by: Member) -> None:
    """Take up a part one was asked to take.

    Raises:
        Conflict: it was taken back.
    """
    row = hold(organization)
    require(rules.may_accept(by, row))
    if not Offer.objects.filter(member=by, organization=row, part=part).delete()[0]:
        if Role.objects.filter(member=by, organization=row, part=part).exists():
            return
        raise Conflict(_("You are not asked to take this part any more."))
    Role.objects.get_or_create(member=by, organization=row, part=part)
    record("pages.part_taken_up", actor=by, subject=row, member=by.pk, part=part)


@transaction.atomic
def decline(organization: Organization, part: Part, *, by: Member) -> None:
    """Rather not; whoever asked sees that it is open no more."""
    require(by.is_active)
    if Offer.objects.filter(member=by, organization=organization, part=part).delete()[0]:
        record("pages.offer_ended", actor=by, subject=organization.pk, member=by.pk, part=part)


@transaction.atomic
def take_away(organization: Organization, member: Member, part: Part, *, by: Member) -> None:
    """End somebody's part, or one's own.

    Raises:
        Conflict: the page would be left without an administrator.
    """
    row = hold(organization)
    require(by.pk == member.pk or rules.may_manage(by, row))
    role = Role.objects.filter(member=member, organization=row, part=part).first()
    if role is None:
        return
    if part == Part.SUPER and row.is_page and not set(administrators(row)) - {member.pk}:
        raise Conflict(
            _("The page would be left without an administrator. Ask somebody to become one first, and wait for a yes.")
        )
    role.delete()
    own = by.pk == member.pk
    record(
        "pages.part_given_up" if own else "pages.part_taken_back", actor=by, subject=row, member=member.pk, part=part
    )


@transaction.atomic
def be_named(organization: Organization, *, named: bool, by: Member) -> None:
    """A recruiter says whether the page names her as somebody to ask about work there."""
    row = hold(organization)
    require(rules.may_recruit(by, row))
    mine = Role.objects.filter(member=by, organization=row, part=Part.RECRUITER).exclude(named=named)
    if mine.update(named=named):
        record("pages.recruiter_named" if named else "pages.recruiter_unnamed", actor=by, subject=row, member=by.pk)
