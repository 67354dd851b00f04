"""Applying: one transaction, in which everything that is sent is a copy of its own."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import judging, papers, rules
from collegium.applications import snapshot as snapshots
from collegium.applications.actions.stepping import step
from collegium.applications.consenting import Consent
from collegium.applications.judging import Judged
from collegium.applications.models import Application, Cv, Given, Sent, Standing, Step
from collegium.applications.models.sent import LETTER_LIMIT
from collegium.applications.papers import Copies
from collegium.applications.snapshot import Snapshot
from collegium.audience.viewer import Viewer
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, Refusal, require
from collegium.members.models import Member
from collegium.openings.models import Opening, Question


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes along; see `send`."""

    snapshot: Snapshot
    answers: Mapping[int, str]
    letter: str
    copies: Copies
    consent: Consent
    form_key: uuid.UUID | None


def send(
    opening: Opening,
    *,
    by: Member,
    snapshot: Snapshot,
    answers: Mapping[int, str] | None = None,
    letter: str = "",
    cv: Cv | None = None,
    consent: Consent,
    form_key: uuid.UUID | None = None,
) -> Application:
    """Apply. Where a question that must be passed is not, the application ends in the same moment.

    Args:
        opening: one that stands and that she reads.
        by: who applies.
        snapshot: what of her is read (`snapshot.of`).
        answers: by key of the question.
        letter: to those who hire.
        cv: one of hers; what is sent is a copy.
        consent: what she agreed to (`consenting.of`).
        form_key: of the form; the same form sent twice gives the same application.

    Raises:
        Refusal: she does not read it, hires for it herself, or something in it is not as it must be.
        Conflict: it does not stand any more, she applied before, or its days have changed since she read them.
    """
    require(cv is None or cv.member_id == by.pk)
    copies = papers.copied(cv, snapshot.photo)
    parcel = Parcel(snapshot, answers or {}, letter.strip(), copies, consent, form_key)
    try:
        made, fresh = _send(opening, by, parcel)
    except BaseException:
        copies.drop()
        raise
    if not fresh:
        copies.drop()
    return made


@transaction.atomic
def _send(opening: Opening, by: Member, parcel: Parcel) -> tuple[Application, bool]:
    row, form_key, letter = _held(opening, by), parcel.form_key, parcel.letter
    before = Application.objects.of(by).filter(opening=row).first()
    if before is not None and form_key is not None and before.form_key == form_key:
        return before, False
    if hindrance := rules.hindrance_to_applying(by, row):
        raise Conflict(hindrance)
    if parcel.consent.days != row.kept_days:
        raise Conflict(_("The days for which this is kept have changed since you read them. Please look again."))
    require(len(letter) <= LETTER_LIMIT, _("Please write at most %(n)s letters.") % {"n": LETTER_LIMIT})
    judged = _judged(row, parcel.answers)
    made = Application.objects.create(
        opening=row,
        organization_id=row.organization_id,
        applicant=by,
        kept_days=parcel.consent.days,
        form_key=form_key,
    )
    _keep(made, parcel)
    _give(made, judged)
    first = Step.objects.create(application=made, standing=Standing.SENT, at=made.sent_at)
    failed = next((each for each in judged if each.ends), None)
    record("applications.sent", subject=made, step=first.pk, unfit=failed is not None)
    if failed is not None:
        ended = step(made, Standing.UNFIT, words=failed.question.words)
        record("applications.unfit", subject=made, step=ended.pk)
    return made, True


def _held(opening: Opening, by: Member) -> Opening:
    """The opening, locked against being closed meanwhile; for these eyes, at this moment."""
    row = Opening.objects.select_for_update(of=("self",)).select_related("organization").get(pk=opening.pk)
    require(by.is_active)
    if not Opening.objects.visible_to(Viewer(by)).filter(pk=row.pk).exists():
        if Opening.objects.once_visible_to(Viewer(by)).filter(pk=row.pk).exists():
            raise Conflict(_("One can no longer apply to this."))
        raise Refusal
    return row


def _judged(opening: Opening, answers: Mapping[int, str]) -> list[Judged]:
    """Every question with what was answered.

    Raises:
        Conflict: one was left out, or has changed since it was read.
    """
    asked = list(Question.objects.filter(opening=opening).order_by("place"))
    found = [judging.judge(each, answers.get(each.pk, "").strip()) for each in asked]
    for each in found:
        if problem := judging.problem_of(each.question, each.answer):
            raise Conflict(f"{each.question.words} {problem}")
    return found


def _keep(made: Application, parcel: Parcel) -> None:
    snapshot, copies, consent = parcel.snapshot, parcel.copies, parcel.consent
    head = snapshot.document.header
    Sent.objects.create(
        application=made,
        name=head.name,
        headline=head.headline,
        photo=copies.photo,
        email=snapshot.email,
        email_mark=papers.mark(snapshot.email),
        phone=snapshot.phone,
        letter=parcel.letter,
        profile=snapshots.dump(snapshot.document),
        cv_name=copies.cv_name,
        cv_stored=copies.cv,
        cv_type=copies.cv_type,
        consent=consent.words,
        consented_at=clock.now(),
    )


def _give(made: Application, judged: list[Judged]) -> None:
    Given.objects.bulk_create(
        Given(
            application=made,
            question=each.question,
            words=each.question.words,
            answer=each.answer,
            passed=each.passed,
            place=place,
        )
        for place, each in enumerate(judged)
    )
