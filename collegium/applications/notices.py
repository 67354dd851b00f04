"""Who hears of what happens to an application: whose it is, of every step; those who hire, that one came or went."""

from collegium.applications import erasing, settling
from collegium.applications.models import Application, Standing
from collegium.applications.saying import ARRIVED, CLOSING, KINDS, LEFT, STEPPED, WRITTEN
from collegium.journal.models import Entry
from collegium.notifications.tell import notify, retract
from collegium.openings.models import Opening, Part, Seat
from collegium.openings.rules import HIRING
from collegium.pages.models import Role
from collegium.ui.text import day

__all__ = ["KINDS"]


def sent(entry: Entry) -> None:
    """Those who hire hear of it, not of one that a question ended in the same moment; nobody else does."""
    row = _row(entry)
    if row is not None and not entry.data.get("unfit"):
        _tell_team(row, ARRIVED, f"application-sent:{row.pk}")


def withdrawn(entry: Entry) -> None:
    """Those who hire hear that it was taken back; that it came is no news any more."""
    row = _row(entry)
    retract(cause=f"application-sent:{entry.subject}")
    if row is not None:
        _tell_team(row, LEFT, f"application-left:{row.pk}")


def stepped(entry: Entry) -> None:
    """The applicant hears how it stands now."""
    row = _row(entry)
    if row is not None and row.applicant_id is not None:
        standing = entry.data.get("standing", row.standing)
        _tell(entry, row, STEPPED, standing=_STANDINGS.get(entry.kind, standing))


def written(entry: Entry) -> None:
    """The applicant hears that somebody wrote to her."""
    row = _row(entry)
    if row is not None:
        _tell(entry, row, WRITTEN)


def closed(entry: Entry) -> None:
    """Whoever still waits hears that the opening is closed, and by when an answer is owed."""
    rows = Application.objects.living().filter(opening=entry.subject or 0, applicant__isnull=False)
    for row in rows.select_related("opening"):
        until = erasing.answer_by(row)
        if until is not None:
            _tell(entry, row, CLOSING, day=day(until))


def erased(entry: Entry) -> None:
    """Nobody is told any more of what is erased, and its files go now, not only by the clock."""
    for kind in KINDS:
        retract(kind=kind.name, subject=entry.subject or 0)
    settling.clear()


def cleared(entry: Entry) -> None:
    """Files that belong to nothing go now."""
    settling.clear()


# The steps that the journal tells apart by their kind.
_STANDINGS = {
    "applications.read": Standing.SEEN.value,
    "applications.unfit": Standing.UNFIT.value,
    "applications.lapsed": Standing.UNANSWERED.value,
}


def _tell(entry: Entry, row: Application, kind: str, **data: object) -> None:
    if row.applicant_id is not None:
        cause = f"application:{row.pk}:{entry.pk}"
        notify([row.applicant_id], kind=kind, actor=None, cause=cause, subject=row.pk, **data)


def _tell_team(row: Application, kind: str, cause: str) -> None:
    """Without a name: those who hire may be sifting blind, and the row is to be nameless one day."""
    told = recruiters(row.opening)
    notify(told, kind=kind, actor=None, cause=cause, subject=row.pk, opening=row.opening_id)


def _row(entry: Entry) -> Application | None:
    rows = Application.objects.filter(pk=entry.subject or 0, erased_at=None)
    return rows.select_related("opening__organization").first()


def recruiters(opening: Opening) -> set[int]:
    """Who is told: those who take care of this opening; for a page, where none of them is left, all who hire for it."""
    seated = Seat.objects.filter(opening=opening, part__gte=Part.RECRUITER).values_list("member_id", flat=True)
    if not opening.organization.is_page:
        return set(seated)
    roles = Role.objects.filter(organization=opening.organization, part__in=HIRING)
    hiring = set(roles.values_list("member_id", flat=True))
    return (hiring & ({opening.poster_id} | set(seated))) or hiring
