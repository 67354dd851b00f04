"""What those who hire do: reading, moving, answering."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import rules
from collegium.applications.actions.stepping import answered, held, held_alone, reviewed, step
from collegium.applications.models import Application, Standing, Step
from collegium.applications.models.applications import WORDS_LIMIT
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.members.models import Member


@transaction.atomic
def seen(application: Application, *, by: Member) -> Application:
    """Somebody of the team reads it; the first time is a step that the applicant is told of.

    It counts as work on the opening each time, and as an answer never.
    """
    row = held(application)
    require(rules.may_review(by, row))
    reviewed(row.opening)
    if row.standing == Standing.SENT:
        made = step(row, Standing.SEEN, by=by)
        record("applications.read", actor=by, subject=row, step=made.pk)
    return row


@transaction.atomic
def move(
    application: Application, standing: Standing, *, by: Member, words: str = "", since: int | None = None
) -> Application:
    """Let an application stand otherwise, with some words for the applicant.

    Args:
        application: one that lives; or one that ended without success, to take it up again.
        standing: of `rules.BY_HAND`. To where it stands already, without words, nothing happens.
        by: a recruiter or lead of its opening.
        words: for the applicant, who reads them as they are.
        since: key of the newest step that the caller knew, so that what is sent twice reaches her once.

    Raises:
        Refusal: she does not hire for it, or the words are too long.
        Conflict: it has ended meanwhile, was withdrawn or erased, or has gone on since.
    """
    row = held(application)
    require(rules.may_move(by, row))
    text = _bounded(words)
    _unchanged(row, since)
    if hindrance := rules.hindrance_to_moving(row, Standing(standing)):
        raise Conflict(hindrance)
    reviewed(row.opening)
    if row.standing == standing and not text:
        return row
    before = row.standing
    if standing != Standing.SEEN or text:
        answered(row)
    made = step(row, Standing(standing), by=by, words=text)
    record("applications.moved", actor=by, subject=row, step=made.pk, standing=int(standing), before=before)
    return row


@transaction.atomic
def answer(application: Application, words: str, *, by: Member, since: int | None = None) -> Application:
    """Write to the applicant, who stands as before; after an end too, as long as what was sent is there.

    Args:
        application: which.
        words: for the applicant.
        by: a recruiter or lead of its opening.
        since: key of the newest step that the caller knew.

    Raises:
        Conflict: it was withdrawn or erased, or has gone on since.
    """
    row = held(application)
    require(rules.may_move(by, row))
    _unchanged(row, since)
    if not (text := _bounded(words)):
        raise Refusal(_("Please write something first."))
    if row.applicant_id is None or row.erased_at is not None or row.standing == Standing.WITHDRAWN:
        raise Conflict(_("This application was withdrawn or erased; nobody would read your answer."))
    reviewed(row.opening)
    answered(row)
    row.save(update_fields=["answered_at", "owed_since"])
    made = Step.objects.create(application=row, standing=row.standing, by=by, words=text)
    record("applications.answered", actor=by, subject=row, step=made.pk)
    return row


@transaction.atomic
def interviewed(application: Application, at: datetime) -> Application:
    """An interview was held: from now on an answer is owed, until a person gives one. Called by the clock.

    Args:
        application: which.
        at: when it was held; an earlier one than is known changes nothing.
    """
    row = held_alone(application)
    if row.has_ended or row.erased_at is not None or (row.interviewed_at is not None and row.interviewed_at >= at):
        return row
    row.interviewed_at = row.owed_since = min(at, clock.now())
    row.save(update_fields=["interviewed_at", "owed_since"])
    return row


def _unchanged(row: Application, since: int | None) -> None:
    """See that nothing happened to it since the caller looked.

    Raises:
        Conflict: something did.
    """
    newest = Step.objects.filter(application=row).order_by("-pk").values_list("pk", flat=True).first()
    if since is not None and newest != since:
        raise Conflict(_("This application has gone on since you looked. Please look again."))


def _bounded(words: str) -> str:
    text = words.strip()
    require(len(text) <= WORDS_LIMIT, _("Please write at most %(n)s letters.") % {"n": WORDS_LIMIT})
    return text
