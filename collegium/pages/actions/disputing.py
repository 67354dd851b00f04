"""A page contests a position; the person is heard; without an answer the page is believed, with one owners decide."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.career.models import Item, ItemQuerySet
from collegium.career.sections import Section
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages import rules, settling
from collegium.pages.actions.holding import hold
from collegium.pages.models import Dispute
from collegium.workplaces.models import Proof

SECTIONS = (Section.POSITIONS, Section.EDUCATION, Section.VOLUNTEERING, Section.MEMBERSHIPS)
TIME_TO_ANSWER, PEACE = timedelta(days=14), timedelta(days=180)
MOST_OPEN = 20
State = Dispute.State


def contestable(by: Member, organization: Organization) -> ItemQuerySet:
    """What she may contest: entries tied to this page that she reads herself, of others than her."""
    rows = Item.objects.visible_to(Viewer(by)).filter(organization=organization, section__in=SECTIONS)
    return rows.exclude(member=by)


@transaction.atomic
def contest(organization: Organization, item: Item, words: str, *, by: Member) -> Dispute:
    """Say that somebody does not work, or did not study, here.

    Raises:
        Conflict: it cannot be contested: proved, contested or settled already, or too many are open.
    """
    row = hold(organization)
    require(rules.may_manage(by, row))
    found = contestable(by, row).select_related("member").filter(pk=item.pk).first()
    if found is None:
        raise Conflict(_("This entry no longer names the page."))
    if problem := _hindrance(row, found):
        raise Conflict(problem)
    until = clock.now() + TIME_TO_ANSWER
    try:
        with transaction.atomic():
            made = _opened(row, found, words, by, until)
    except IntegrityError:
        raise Conflict(_("This entry is contested already.")) from None
    record("pages.dispute_opened", actor=by, subject=row, dispute=made.pk, member=found.member_id, words=words)
    return made


@transaction.atomic
def answer(dispute: Dispute, words: str, *, by: Member) -> None:
    """The person says how it is; an owner of the community decides from then on.

    Raises:
        Conflict: it is settled, or she has answered.
    """
    hold(dispute.organization)
    row = settling.fresh(dispute)
    require(rules.may_answer(by, row))
    if row.state != State.OPEN:
        raise Conflict(_("This has been answered or settled already."))
    row.state, row.answer = State.ANSWERED, words
    row.save(update_fields=["state", "answer"])
    record("pages.dispute_answered", actor=by, subject=row.organization_id, dispute=row.pk, member=row.member_id)


@transaction.atomic
def withdraw(dispute: Dispute, *, by: Member) -> None:
    """The page takes it back."""
    organization = hold(dispute.organization)
    row = settling.fresh(dispute)
    require(rules.may_manage(by, organization))
    if not row.is_open:
        raise Conflict(_("This is settled already."))
    settling.settle(row, State.WITHDRAWN, by=by)


@transaction.atomic
def decide(dispute: Dispute, *, upheld: bool, words: str, by: Member) -> None:
    """An owner of the community says who is right.

    Raises:
        Conflict: it is settled already, or the person has time to answer still.
    """
    hold(dispute.organization)
    row = settling.fresh(dispute)
    require(rules.may_decide(by, row))
    if row.state != State.ANSWERED:
        raise Conflict(_("There is nothing to decide here now."))
    settling.settle(row, State.UPHELD if upheld else State.DISMISSED, by=by, words=words)


def _hindrance(organization: Organization, item: Item) -> str:
    """Why this entry cannot be contested now; empty when it can."""
    proofs = Proof.objects.lasting().filter(member=item.member_id, organization=organization)
    if item.section == Section.POSITIONS and proofs.exists():
        return _("%(name)s has proved an address at work here.") % {"name": item.member.name}
    mine = Dispute.objects.filter(organization=organization)
    if mine.filter(state__in=Dispute.OPEN_STATES).count() >= MOST_OPEN:
        return _("A page has at most %(num)d open questions. Wait until some are settled.") % {"num": MOST_OPEN}
    settled = mine.filter(member=item.member_id, state=State.DISMISSED, settled_at__gt=clock.now() - PEACE)
    if settled.exists():
        return _("It was settled lately that %(name)s is right.") % {"name": item.member.name}
    return ""


def _opened(organization: Organization, item: Item, words: str, by: Member, until: datetime) -> Dispute:
    return Dispute.objects.create(
        organization=organization,
        member=item.member,
        item=item,
        by=by,
        words=words,
        claim=(item.title or item.organization_name)[:200],
        answer_by=until,
    )
