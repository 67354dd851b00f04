"""Notes and scorecards: what the team thinks, for the team."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import actions as applications
from collegium.applications.actions.stepping import held
from collegium.applications.models import Application
from collegium.hiring import rules
from collegium.hiring.models import Criterion, Note, Score, Scorecard
from collegium.hiring.models.assessing import BEST, NOTE_LIMIT
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.members.models import Member


@transaction.atomic
def note(application: Application, words: str, *, by: Member) -> Note:
    """Write a note.

    Raises:
        Conflict: what was sent is erased, and notes with it.
    """
    require(rules.may_assess(by, application))
    row = _there(application, by)
    made = Note.objects.create(application=row, author=by, words=_bounded(words))
    applications.reviewed(row.opening)
    record("hiring.noted", actor=by, subject=row)
    return made


@transaction.atomic
def edit_note(written: Note, words: str, *, by: Member) -> Note:
    """Change one's own note."""
    require(rules.may_edit_note(by, written))
    row = _there(written.application, by)
    changed = Note.objects.filter(pk=written.pk).update(words=_bounded(words), edited_at=clock.now())
    if not changed:
        raise Conflict(_("This note was deleted meanwhile."))
    record("hiring.note_edited", actor=by, subject=row)
    return Note.objects.get(pk=written.pk)


@transaction.atomic
def drop_note(written: Note, *, by: Member) -> None:
    """Delete one's own note."""
    require(rules.may_edit_note(by, written))
    gone, _rows = Note.objects.filter(pk=written.pk).delete()
    if gone:
        record("hiring.note_dropped", actor=by, subject=written.application_id)


@transaction.atomic
def rate(
    application: Application, rating: int, *, by: Member, words: str = "", scores: Mapping[int, int] | None = None
) -> Scorecard:
    """Write one's scorecard, or write it anew.

    Args:
        application: which.
        rating: over all, 1 to 5.
        by: an interviewer at least.
        words: why.
        scores: by key of the criterion, 1 to 5; a criterion left out has none.
    """
    row = _there(application, by)
    given = dict(scores or {})
    require(all(1 <= each <= BEST for each in (rating, *given.values())) and len(words.strip()) <= NOTE_LIMIT)
    values = {"rating": rating, "words": words.strip(), "at": clock.now()}
    made, _new = Scorecard.objects.update_or_create(application=row, author=by, defaults=values)
    Score.objects.filter(scorecard=made).delete()
    lines = Criterion.objects.filter(opening=row.opening_id, pk__in=given).values_list("pk", flat=True)
    Score.objects.bulk_create(Score(scorecard=made, criterion_id=key, value=given[key]) for key in lines)
    applications.reviewed(row.opening)
    record("hiring.rated", actor=by, subject=row)
    return made


def _there(application: Application, by: Member) -> Application:
    row = held(application)
    require(rules.may_assess(by, row))
    if row.erased_at is not None or row.applicant_id is None:
        raise Conflict(_("What was sent with this application has been erased."))
    return row


def _bounded(words: str) -> str:
    text = words.strip()
    if not text:
        raise Refusal(_("Please write something first."))
    require(len(text) <= NOTE_LIMIT, _("Please write at most %(n)s letters.") % {"n": NOTE_LIMIT})
    return text
