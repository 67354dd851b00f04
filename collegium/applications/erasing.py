"""When an application is over for good: what was sent goes, the row stays without a name, so that figures stay true."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from collegium.applications.models import Application, Given, Sent, Standing, Step
from collegium.lib import clock

ANSWER_WITHIN = timedelta(days=14)
Eraser = Callable[[Application], None]


class Erasers(list[Eraser]):
    """What other rooms keep of an application; each is asked inside the erasing, while the row still has its name."""

    def lay(self, table: Sequence[Eraser]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table


erasers = Erasers()


def erase(row: Application) -> None:
    """Erase what was sent with an application and what was said about it; called in a transaction, the row locked."""
    if row.erased_at is not None:
        return
    for each in erasers:
        each(row)
    Sent.objects.filter(application=row).delete()
    Given.objects.filter(application=row).delete()
    Step.objects.filter(application=row).update(words="", by=None)
    row.applicant, row.form_key, row.owed_since, row.erased_at = None, None, None, clock.now()
    row.save(update_fields=["applicant", "form_key", "owed_since", "erased_at"])


def answer_by(row: Application) -> datetime | None:
    """Until when somebody must answer; None while the opening stands, and once it has ended.

    Fourteen days from the closing, or from what a person of the employer last said, if that was later.
    """
    closed = row.opening.closed_at
    if closed is None or row.has_ended:
        return None
    # That it came, and that somebody read it, say nothing to her.
    spoken = Step.objects.filter(application=row).exclude(standing__in=(Standing.SENT, Standing.SEEN), words="")
    last = spoken.order_by("-at").first()
    return max(closed, last.at if last is not None else closed) + ANSWER_WITHIN


def is_overdue(row: Application) -> bool:
    """Whether the days in which it had to be answered are over."""
    until = answer_by(row)
    return until is not None and until <= clock.now()


def due() -> Q:
    """What is to be erased by now: its days are over, or the account is gone."""
    return Q(erased_at=None) & (Q(erase_at__lte=clock.now()) | Q(applicant=None))
