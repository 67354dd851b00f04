"""The verbs of an introduction, up to the conversation that a yes begins.

Each holds all three people still, smaller keys first as every change of a tie does (`ties.pairs.hold`), then judges
fresh rows. Doing again what is done already changes nothing and is no error; what somebody else made impossible
meanwhile is a `Conflict` with a sentence.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.introductions import rules
from collegium.introductions.models import Introduction
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.messaging.actions import people

State = Introduction.State


@transaction.atomic
def ask(asker: Member, introducer: Member, target: Member, *, to_target: str, to_introducer: str = "") -> Introduction:
    """Ask a connection to introduce one to somebody she knows.

    Args:
        asker: who would like to meet somebody.
        introducer: who knows both.
        target: who would be met; hears of it only when the introducer passes the letter on.
        to_target: the words meant for her, cleaned, at most `NOTE_LIMIT` characters.
        to_introducer: words for the introducer alone.

    Raises:
        Conflict: asked already or lately, too many waiting.
        Wait: too many in a week.
    """
    _hold(asker.pk, introducer.pk, target.pk)
    require(rules.may_ask(asker, introducer, target))
    mine = Introduction.objects.filter(asker=asker, introducer=introducer, target=target)
    same = mine.waiting().filter(to_target=to_target, to_introducer=to_introducer).first()
    if same is not None:
        return same
    if hindrance := rules.hindrance_to_asking(asker, introducer, target):
        raise hindrance
    mine.overdue().update(state=State.ENDED, ended_at=clock.now())
    row = Introduction.objects.create(
        asker=asker, introducer=introducer, target=target, to_target=to_target, to_introducer=to_introducer
    )
    record("introductions.asked", actor=asker, subject=row, introducer=introducer.pk)
    return row


@transaction.atomic
def pass_on(row: Introduction, *, by: Member, words: str, cover: str = "") -> Introduction:
    """Send the letter on: the asker's words, as the introducer left them, and words of his own for the target alone.

    Raises:
        Conflict: withdrawn, run out, or passed on already with other words.
    """
    require(rules.may_pass_on(by, row))
    fresh = _now(row)
    if fresh is not None and fresh.state == State.FORWARDED and (fresh.passed_on, fresh.cover) == (words, cover):
        return fresh
    fresh = _open(fresh, rules.hindrance_to_passing_on(fresh))
    fresh.state, fresh.passed_on, fresh.cover, fresh.forwarded_at = State.FORWARDED, words, cover, clock.now()
    fresh.save(update_fields=["state", "passed_on", "cover", "forwarded_at"])
    record("introductions.forwarded", actor=by, subject=fresh, target=fresh.target_id)
    return fresh


@transaction.atomic
def decline(row: Introduction, *, by: Member, answer: str = "") -> Introduction:
    """Say no, as the one who would pass it on or as the one who would be met. The asker never learns of either.

    Args:
        row: the letter.
        by: one of the two.
        answer: a line for the introducer, from the one who would be met.

    Raises:
        Conflict: withdrawn, run out or answered otherwise.
    """
    require(rules.may_decline(by, row))
    fresh = _now(row)
    mine = by.pk == row.introducer_id
    wanted = State.KEPT if mine else State.DECLINED
    if fresh is not None and fresh.state == wanted and (mine or fresh.answer == answer):
        return fresh
    hindrance = rules.hindrance_to_passing_on(fresh) if mine else rules.hindrance_to_answering(fresh)
    fresh = _open(fresh, hindrance)
    fresh.state, fresh.answer = wanted, "" if mine else answer
    fresh.save(update_fields=["state", "answer"])
    record("introductions.kept" if mine else "introductions.declined", actor=by, subject=fresh)
    return fresh


@transaction.atomic
def reopen(row: Introduction, *, by: Member) -> Introduction:
    """Take back a decline: the letter waits again, for whoever had declined it.

    Raises:
        Conflict: withdrawn or run out meanwhile; or the decline came with a line, which was read.
    """
    require(rules.may_decline(by, row))
    fresh, mine = _now(row), by.pk == row.introducer_id
    declined, again = (State.KEPT, State.ASKED) if mine else (State.DECLINED, State.FORWARDED)
    rows = Introduction.objects.alive() if mine else Introduction.objects.arrived(by)
    if fresh is None or not rows.filter(pk=row.pk, state__in=(declined, again), answer="").exists():
        raise Conflict(_("This letter is no longer open: it was withdrawn or has run out."))
    if fresh.state == declined:
        fresh.state = again
        fresh.save(update_fields=["state"])
        record("introductions.reopened", actor=by, subject=fresh)
    return fresh


@transaction.atomic
def accept(row: Introduction, *, by: Member) -> Introduction:
    """Consent to meet: the three have a conversation from now on. What else the two were asked is settled by it.

    Each of them has said yes to it, the introducer by passing on, so nobody's wishes about groups are asked again.

    Raises:
        Conflict: withdrawn, run out or declined.
    """
    require(rules.may_answer(by, row))
    fresh = _now(row)
    if fresh is not None and fresh.state == State.ACCEPTED:
        return fresh
    fresh = _open(fresh, rules.hindrance_to_answering(fresh))
    now = clock.now()
    others = Introduction.objects.filter(asker=fresh.asker_id, target=fresh.target_id, state__in=Introduction.OPEN)
    others.exclude(pk=fresh.pk).update(state=State.ENDED, ended_at=now)
    talk = people.bring_together(fresh.introducer, [fresh.asker, fresh.target], last=by)
    fresh.state, fresh.ended_at, fresh.conversation = State.ACCEPTED, now, talk
    fresh.save(update_fields=["state", "ended_at", "conversation"])
    record("introductions.accepted", actor=by, subject=fresh)
    return fresh


@transaction.atomic
def withdraw(row: Introduction, *, by: Member) -> Introduction:
    """Take one's letter back; the same two can be asked again after `COOLDOWN`.

    Raises:
        Conflict: accepted or run out meanwhile.
    """
    require(rules.may_withdraw(by, row))
    fresh = _now(row)
    if fresh is not None and fresh.state == State.WITHDRAWN:
        return fresh
    if fresh is None or not Introduction.objects.waiting().filter(pk=fresh.pk).exists():
        raise Conflict(_("This letter is no longer open: it was answered or has run out."))
    fresh.state, fresh.ended_at = State.WITHDRAWN, clock.now()
    fresh.save(update_fields=["state", "ended_at"])
    record("introductions.withdrawn", actor=by, subject=fresh)
    return fresh


def _hold(*keys: int) -> None:
    """All of them locked until the transaction ends, in the order every verb between people takes.

    Raises:
        Member.DoesNotExist: one of them is gone.
    """
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    if len(rows.values_list("pk", flat=True)) != len(set(keys)):
        raise Member.DoesNotExist


def _now(row: Introduction) -> Introduction | None:
    """The letter as it is now, its people held."""
    _hold(*row.people)
    return Introduction.objects.filter(pk=row.pk).with_people().first()


def _open(row: Introduction | None, hindrance: Conflict | None) -> Introduction:
    if hindrance is not None:
        raise hindrance
    assert row is not None  # noqa: S101 - what is gone is a hindrance
    return row
