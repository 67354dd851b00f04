"""The verbs of a referral: ask, withdraw, give, decline, take back, and thinking better of each.

Each holds both people still, the smaller key first as every change of a tie does, then judges fresh rows. Doing again
what is done already changes nothing; what somebody else made impossible meanwhile is a `Conflict` with a sentence.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings.models import Opening
from collegium.referrals import rules
from collegium.referrals.models import Knows, Referral, State


@transaction.atomic
def ask(asker: Member, referrer: Member, opening: Opening, *, note: str = "") -> Referral:
    """Ask a connection to put in a word.

    Args:
        asker: who would like to work there.
        referrer: whom she knows there, by a position he lets her read.
        opening: for what.
        note: for him alone, cleaned.

    Raises:
        Conflict: asked already, or too many wait.
        Wait: too many in a week.
    """
    _hold(asker.pk, referrer.pk)
    require(rules.may_ask(asker, referrer, opening))
    same = Referral.objects.waiting().filter(asker=asker, referrer=referrer, opening=opening, note=note).first()
    if same is not None:
        return same
    if hindrance := rules.hindrance_to_asking(asker, referrer, opening):
        raise hindrance
    row = Referral.objects.create(opening=opening, asker=asker, referrer=referrer, note=note)
    record("referrals.asked", actor=asker, subject=row)
    return row


@transaction.atomic
def withdraw(row: Referral, *, by: Member) -> Referral:
    """Take one's question back, whatever the other one did with it in silence.

    Raises:
        Conflict: given or run out meanwhile.
    """
    require(rules.may_withdraw(by, row))
    fresh = _now(row)
    if fresh is not None and fresh.state == State.WITHDRAWN:
        return fresh
    if fresh is None or not Referral.objects.waiting().filter(pk=fresh.pk).exists():
        raise Conflict(_("This question is no longer open: it was answered or has run out."))
    record("referrals.withdrawn", actor=by, subject=fresh)
    return _set(fresh, State.WITHDRAWN)


@transaction.atomic
def ask_again(row: Referral, *, by: Member) -> Referral:
    """Undo a withdrawal while its time is not over. What had been declined stays so, and nothing says it.

    Raises:
        Conflict: its time is over.
    """
    require(rules.may_withdraw(by, row))
    fresh = _now(row)
    if fresh is not None and fresh.state in (State.ASKED, State.DECLINED):
        return fresh
    over = Conflict(_("This question is no longer open: its time is over."))
    if fresh is None or fresh.state != State.WITHDRAWN or fresh.lapses_at <= clock.now():
        raise over
    if not rules.may_ask(by, fresh.referrer, fresh.opening):
        raise over
    if hindrance := rules.hindrance_by_number(by, fresh.opening):
        raise hindrance
    declined = fresh.answered_at is not None
    record("referrals.asked_again", actor=by, subject=fresh)
    return _set(fresh, State.DECLINED if declined else State.ASKED)


@transaction.atomic
def give(row: Referral, *, by: Member, knows: str, words: str) -> Referral:
    """Put in a word, for those who hire; they read it with the application, once there is one.

    Args:
        row: the question.
        by: who was asked.
        knows: how he knows her, one of `Knows`.
        words: his own, cleaned.

    Raises:
        Conflict: withdrawn, run out, over, or given with other words.
    """
    require(rules.may_answer(by, row) and knows in Knows.values and bool(words))
    fresh = _now(row)
    if fresh is not None and (fresh.state, fresh.knows, fresh.words) == (State.GIVEN, knows, words):
        return fresh
    hindrance = rules.hindrance_to_answering(fresh)
    if hindrance is not None or fresh is None:
        raise hindrance or Conflict()
    fresh.knows, fresh.words, fresh.answered_at = knows, words, clock.now()
    record("referrals.given", actor=by, subject=fresh)
    return _set(fresh, State.GIVEN)


@transaction.atomic
def decline(row: Referral, *, by: Member) -> Referral:
    """Say no. Nobody is told: to the asker it stays open until it runs out.

    Raises:
        Conflict: withdrawn, run out, over, or given.
    """
    require(rules.may_answer(by, row))
    fresh = _now(row)
    if fresh is not None and fresh.state == State.DECLINED:
        return fresh
    hindrance = rules.hindrance_to_answering(fresh)
    if hindrance is not None or fresh is None:
        raise hindrance or Conflict()
    fresh.answered_at = clock.now()
    record("referrals.declined", actor=by, subject=fresh)
    return _set(fresh, State.DECLINED)


@transaction.atomic
def reopen(row: Referral, *, by: Member) -> Referral:
    """Undo a silent no.

    Raises:
        Conflict: withdrawn, run out or over meanwhile.
    """
    require(rules.may_answer(by, row))
    fresh = _now(row)
    hindrance = rules.hindrance_to_answering(fresh)
    if hindrance is not None or fresh is None:
        raise hindrance or Conflict()
    if fresh.state == State.ASKED:
        return fresh
    fresh.answered_at = None
    record("referrals.reopened", actor=by, subject=fresh)
    return _set(fresh, State.ASKED)


@transaction.atomic
def take_back(row: Referral, *, by: Member) -> Referral:
    """Take back what one said; from now on nobody who hires reads it.

    Raises:
        Conflict: the opening is over.
    """
    require(rules.may_answer(by, row))
    fresh = _taken_back_or_not(row)
    if fresh.state == State.TAKEN_BACK:
        return fresh
    record("referrals.taken_back", actor=by, subject=fresh)
    return _set(fresh, State.TAKEN_BACK)


@transaction.atomic
def put_back(row: Referral, *, by: Member) -> Referral:
    """Undo that: the same words stand again.

    Raises:
        Conflict: the opening is over.
    """
    require(rules.may_answer(by, row))
    fresh = _taken_back_or_not(row)
    if fresh.state == State.GIVEN:
        return fresh
    record("referrals.given", actor=by, subject=fresh)
    return _set(fresh, State.GIVEN)


def _taken_back_or_not(row: Referral) -> Referral:
    """The row as it is now, where what was said can still be taken back, or put back."""
    fresh = _now(row)
    hindrance = rules.hindrance_to_taking_back(fresh)
    if hindrance is not None or fresh is None:
        raise hindrance or Conflict()
    return fresh


def _set(row: Referral, state: State) -> Referral:
    row.state = state
    row.save(update_fields=["state", "knows", "words", "answered_at"])
    return row


def _now(row: Referral) -> Referral | None:
    """The row as it is now, its people held."""
    _hold(row.asker_id, row.referrer_id)
    return Referral.objects.filter(pk=row.pk).with_faces().select_for_update(of=("self",)).first()


def _hold(*keys: int) -> None:
    """Both locked until the transaction ends.

    Raises:
        Member.DoesNotExist: one of them is gone.
    """
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    if len(rows.values_list("pk", flat=True)) != len(set(keys)):
        raise Member.DoesNotExist
