"""May she do this, and does anything stand in the way?

`may_…` says whether the step is hers at all; where it is not, she may not know of it either, and the pages answer 404:
so that asking finds out nothing about who works where. `hindrance_to_…` says what in the state of things stands in the
way, as a sentence for her; asked under the lock.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.career.models import Item
from collegium.career.sections import Section
from collegium.conduct.reading import standing
from collegium.conduct.rules import Wait
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.rules import in_standing
from collegium.openings.models import Opening
from collegium.referrals.models import Referral, State
from collegium.ties.models import Connection
from collegium.ui.text import day, moment

WEEK = timedelta(days=7)
MOST_OPEN, WEEKLY = 3, 10


def may_look(member: Member, opening: Opening) -> bool:
    """Whether she may ask anybody at all for this opening: it stands for her eyes, and she does not hire for it."""
    viewer = Viewer(member)
    rows = Opening.objects.filter(pk=opening.pk)
    return rows.standing().visible_to(viewer).exists() and not rows.hired_for_by(viewer).exists()


def may_ask(asker: Member, referrer: Member, opening: Opening) -> bool:
    """A connection whom she sees, and who shows her a position at that organisation, present or past."""
    viewer = Viewer(asker)
    if asker.pk == referrer.pk or not in_standing(asker) or not may_look(asker, opening):
        return False
    return (
        Connection.objects.filter(member=asker, other=referrer).exists()
        and people.visible_to(viewer).filter(pk=referrer.pk).exists()
        and shows_position(viewer, referrer, opening)
    )


def shows_position(viewer: Viewer, other: Member, opening: Opening) -> bool:
    """Whether somebody's position there, present or past, is open to the viewer."""
    rows = Item.objects.visible_to(viewer).filter(member=other, section=Section.POSITIONS)
    return rows.filter(organization=opening.organization_id).exists()


def may_answer(member: Member, row: Referral) -> bool:
    """Only who was asked."""
    return row.referrer_id == member.pk and in_standing(member)


def may_withdraw(member: Member, row: Referral) -> bool:
    """Only who asked."""
    return row.asker_id == member.pk and in_standing(member)


def hindrance_to_asking(asker: Member, referrer: Member, opening: Opening) -> Conflict | None:
    """What stands in the way of asking this person now. The same for what waits and what was silently declined."""
    before = Referral.objects.filter(asker=asker, referrer=referrer, opening=opening).first()
    if before is not None:
        words = _("You asked %(name)s on %(day)s. One person can be asked once for an opening.")
        return Conflict(words % {"name": referrer.name, "day": day(before.asked_at)})
    return hindrance_by_number(asker, opening)


def hindrance_by_number(asker: Member, opening: Opening) -> Conflict | None:
    """Whether she has asked as much as one can, or may ask nobody for anything at the moment."""
    restriction = standing(asker).restriction
    if restriction is not None:
        words = _("You can ask nobody for a referral until %(day)s. Your standing says why.")
        return Wait(words % {"day": day(restriction.until)}, restriction.until)
    waiting = Referral.objects.waiting().filter(asker=asker, opening=opening).count()
    if waiting >= MOST_OPEN:
        words = _("%(n)s people have your question for this opening, and that is the most there can be at a time.")
        return Conflict(words % {"n": waiting})
    return _too_fast(asker)


def _too_fast(asker: Member) -> Wait | None:
    """Counted in the journal, where those that were withdrawn or erased meanwhile still stand."""
    since = ids.floor_at(clock.now() - WEEK)
    asked = Entry.objects.filter(actor=asker.pk, kind="referrals.asked", id__gte=since).order_by("-id")
    last = list(asked.values_list("id", flat=True)[:WEEKLY])
    if len(last) < WEEKLY:
        return None
    until = ids.instant(last[-1]) + WEEK
    words = _("One can ask for %(n)s referrals a week. You can ask for the next one on %(day)s.")
    return Wait(words % {"n": WEEKLY, "day": moment(until)}, until)


def hindrance_to_answering(row: Referral | None) -> Conflict | None:
    """Withdrawn, run out, or something under it is gone: one sentence; which it was is the other's affair."""
    if row is not None and row.state == State.GIVEN:
        return Conflict(_("You have put in a word already."))
    if row is None or not Referral.objects.alive().filter(pk=row.pk).exists():
        return Conflict(_("This question is no longer open: it was withdrawn, has run out, or the opening is over."))
    return None


def hindrance_to_taking_back(row: Referral | None) -> Conflict | None:
    """What was given can be taken back, and put back, while the opening stands."""
    if row is None or not Opening.objects.standing().filter(pk=row.opening_id).exists():
        return Conflict(_("This opening is over. What was said for it goes when the application is erased."))
    if row.state not in (State.GIVEN, State.TAKEN_BACK):
        return Conflict(_("You have put in no word here."))
    return None
