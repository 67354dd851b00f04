"""May she do this, and does anything stand in the way?

`may_…` says whether the step is hers at all; where it is not, she may not know of it either, and the pages answer 404.
`hindrance_to_…` says what in the state of things stands in the way, as a sentence for her; asked under the lock.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.conduct.rules import Wait
from collegium.graph import near
from collegium.introductions.models import EXPIRES_AFTER, Introduction
from collegium.introductions.sight import as_asked
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.refusal import Conflict
from collegium.members.models import Member
from collegium.network.rules import in_standing
from collegium.ties.models import COOLDOWN, Connection
from collegium.ui.text import day, moment

WEEK = timedelta(days=7)
MOST_WAITING = 5
WEEKLY = 10

State = Introduction.State


def may_ask(asker: Member, introducer: Member, target: Member) -> bool:
    """Somebody at two steps, through a connection of hers who is known to her to know that person.

    What she may not know is refused like what is not so, so that asking finds nothing out.
    """
    three = {asker.pk, introducer.pk, target.pk}
    if len(three) < 3 or not in_standing(asker):
        return False
    known = {frozenset(pair) for pair in near.among(Viewer(asker), three)}
    way = {frozenset((asker.pk, introducer.pk)), frozenset((introducer.pk, target.pk))}
    return way <= known and not Connection.objects.between(asker, target).exists()


def may_pass_on(member: Member, row: Introduction) -> bool:
    """Only who was asked."""
    return row.introducer_id == member.pk and in_standing(member)


def may_answer(member: Member, row: Introduction) -> bool:
    """Only who would be met, and only once she was asked."""
    return row.target_id == member.pk and row.forwarded_at is not None and in_standing(member)


def may_decline(member: Member, row: Introduction) -> bool:
    """Who has to pass it on, or who has to answer it."""
    return may_pass_on(member, row) or may_answer(member, row)


def may_withdraw(member: Member, row: Introduction) -> bool:
    """Only who asked."""
    return row.asker_id == member.pk and in_standing(member)


def hindrance_to_asking(asker: Member, introducer: Member, target: Member) -> Conflict | None:
    """What stands in the way of asking now. The same for one that waits and one that was silently declined."""
    mine = Introduction.objects.filter(asker=asker, introducer=introducer, target=target)
    if waiting := mine.waiting().first():
        words = _("You asked %(name)s on %(day)s. Your letter waits until %(until)s.")
        about = {"name": introducer.name, "day": day(waiting.created_at), "until": day(waiting.expires_at)}
        return Conflict(words % about)
    return _cooldown(mine, introducer) or hindrance_by_number(asker)


def hindrance_by_number(asker: Member) -> Conflict | None:
    """Whether she has asked as much as one can; whomever she would ask."""
    return _too_many_waiting(asker) or _too_fast(asker)


def _cooldown(mine: QuerySet[Introduction], introducer: Member) -> Conflict | None:
    """Somebody who withdrew, or had no answer, leaves the same two in peace for three weeks."""
    now = clock.now()
    ends = [row.ended_at for row in mine.filter(state=State.WITHDRAWN, ended_at__gt=now - COOLDOWN) if row.ended_at]
    late = mine.filter(state__in=Introduction.OPEN, id__gte=ids.floor_at(now - EXPIRES_AFTER - COOLDOWN))
    ends += [row.expires_at for row in late]
    if not ends:
        return None
    words = _("Your last letter to %(name)s about this ended on %(day)s. You can ask again on %(again)s.")
    last = max(ends)
    return Conflict(words % {"name": introducer.name, "day": day(last), "again": day(last + COOLDOWN)})


def _too_many_waiting(asker: Member) -> Conflict | None:
    """Counted are those that the asker sees waiting, so that the sentence can be checked against the page."""
    waiting = len(as_asked(Viewer(asker), Introduction.objects.waiting().filter(asker=asker).with_people()))
    if waiting < MOST_WAITING:
        return None
    words = _("%(n)s letters of yours wait for an answer, and that is the most there can be. Withdraw one first.")
    return Conflict(words % {"n": waiting})


def _too_fast(asker: Member) -> Wait | None:
    """Counted in the journal, where those that were accepted or withdrawn meanwhile still stand."""
    until = _free_at(asker, WEEK, WEEKLY, clock.now())
    if until is None:
        return None
    words = _("One can ask for %(n)s introductions a week. You can ask for the next one on %(day)s.")
    return Wait(words % {"n": WEEKLY, "day": moment(until)}, until)


def _free_at(asker: Member, window: timedelta, most: int, now: datetime) -> datetime | None:
    """When the window has room again; None when it has room now."""
    asked = Entry.objects.filter(actor=asker.pk, kind="introductions.asked", id__gte=ids.floor_at(now - window))
    last = list(asked.order_by("-id").values_list("id", flat=True)[:most])
    return ids.instant(last[-1]) + window if len(last) >= most else None


def hindrance_to_passing_on(row: Introduction | None) -> Conflict | None:
    """Withdrawn, run out, or something under it is gone: one sentence for all; which it was is the others' affair."""
    if row is None or not Introduction.objects.alive().filter(pk=row.pk).exists():
        return Conflict(_("This letter is no longer open: it was withdrawn or has run out."))
    if row.state not in (State.ASKED, State.KEPT):
        return Conflict(_("You have passed this letter on already."))
    return None


def hindrance_to_answering(row: Introduction | None) -> Conflict | None:
    """As above, for who would be met."""
    if row is None or not Introduction.objects.arrived(row.target).filter(pk=row.pk).exists():
        if row is not None and row.state == State.ACCEPTED:
            return Conflict(_("You have said yes to this letter already."))
        return Conflict(_("This letter is no longer open: it was withdrawn or has run out."))
    if row.state != State.FORWARDED:
        return Conflict(_("You have declined this letter."))
    return None
