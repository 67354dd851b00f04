"""What the clock does with applications: ending those that nobody answered, erasing those whose days are over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from collegium.applications import erasing
from collegium.applications.actions.stepping import held, held_alone, step
from collegium.applications.models import Application, Begun, Cv, GoneCv, Sent, Standing
from collegium.journal.record import record
from collegium.lib import clock
from collegium.media import clearing, keeping

BATCH = 500
# So long after an opening closed what was being written for it is kept, in case one wants the words for another.
BEGUN_FOR = timedelta(days=30)


def settle() -> None:
    """Everything that is due; run twice, or late, it does the same."""
    now = clock.now()
    waiting = Application.objects.living().filter(opening__closed_at__lte=now - erasing.ANSWER_WITHIN)
    for key in _keys(waiting):
        lapse(key)
    for key in _keys(Application.objects.filter(erasing.due())):
        forget(key)
    Begun.objects.filter(opening__closed_at__lte=now - BEGUN_FOR).delete()
    clear()


def _keys(rows: QuerySet[Application]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[: BATCH * 100])


@transaction.atomic
def lapse(key: int) -> bool:
    """End an application that nobody answered in time; what is owed after an interview stays owed."""
    row = held(Application(pk=key, opening_id=_opening(key)))
    if row.has_ended or row.applicant_id is None or not erasing.is_overdue(row):
        return False
    made = step(row, Standing.UNANSWERED)
    record("applications.lapsed", subject=row, step=made.pk)
    return True


def _opening(key: int) -> int:
    return Application.objects.values_list("opening_id", flat=True).get(pk=key)


@transaction.atomic
def forget(key: int) -> bool:
    """Erase what was sent, when its days are over or the account is gone; what still lived is withdrawn then."""
    row = held_alone(Application(pk=key))
    gone = row.applicant_id is None
    if row.erased_at is not None or not (gone or (row.erase_at is not None and row.erase_at <= clock.now())):
        return False
    if not row.has_ended:
        step(row, Standing.WITHDRAWN)
    erasing.erase(row)
    record("applications.erased", subject=row)
    return True


def clear() -> None:
    """Delete the files of all rows that are gone."""
    clearing.clear(GoneCv.objects.all(), _needed, keeping.remove)


def _needed(names: list[str]) -> set[str]:
    kept = set(Cv.objects.filter(stored__in=names).values_list("stored", flat=True))
    kept |= set(Sent.objects.filter(cv_stored__in=names).values_list("cv_stored", flat=True))
    return kept | set(Sent.objects.filter(photo__in=names).values_list("photo", flat=True))
