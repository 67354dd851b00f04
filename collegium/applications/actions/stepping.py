"""What every change of an application shares: the row held, the step, the moments that follow from how it stands."""

from datetime import timedelta

from collegium.applications.models import Application, Standing, Step
from collegium.applications.models.applications import FIRST_END
from collegium.lib import clock
from collegium.members.models import Member
from collegium.openings.models import Opening, State


def held(application: Application) -> Application:
    """The row as it is now, with its opening: first the opening is locked, as closing locks it, then the row."""
    Opening.objects.select_for_update().get(pk=application.opening_id)
    return held_alone(application)


def held_alone(application: Application) -> Application:
    """The row as it is now, locked; for changes that leave the opening as it is."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("opening__organization", "applicant")
    return rows.get(pk=application.pk)


def step(row: Application, standing: Standing, *, by: Member | None = None, words: str = "") -> Step:
    """Let it stand so from now on, and write the step down."""
    now = clock.now()
    row.standing = standing
    if standing >= FIRST_END:
        row.ended_at, row.erase_at = now, now + timedelta(days=row.kept_days)
    else:
        row.ended_at = row.erase_at = None
    row.save(update_fields=["standing", "ended_at", "erase_at", "answered_at", "owed_since"])
    return Step.objects.create(application=row, standing=standing, by=by, words=words, at=now)


def answered(row: Application) -> None:
    """A person of the employer answered: the first time counts for the figures, and nothing is owed any more."""
    row.answered_at = row.answered_at or clock.now()
    row.owed_since = None


def reviewed(opening: Opening) -> None:
    """Somebody of the team was at work on it, so it does not go stale; called by verbs that have asked their rule."""
    Opening.objects.filter(pk=opening.pk, state=State.LIVE).update(reviewed_at=clock.now())
