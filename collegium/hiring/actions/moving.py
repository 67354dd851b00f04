"""Moving an application to a column or to its end, and answering; what the applicant reads of it is `applications`'."""

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.applications import actions as applications
from collegium.applications.actions.stepping import held
from collegium.applications.models import Application, Standing, Step
from collegium.hiring import rules
from collegium.hiring.models import Card, Stage
from collegium.hiring.stages import columns, fits
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

ENDS = (Standing.HIRED, Standing.DECLINED)


@transaction.atomic
def move(
    application: Application, stage: Stage, *, by: Member, words: str = "", since: int | None = None
) -> Application:
    """Put it into a column. The applicant is told when that means something new to her, or when there are words.

    Args:
        application: of the opening that the stage belongs to.
        stage: where to.
        by: a recruiter or lead.
        words: for the applicant.
        since: key of the newest step that was known when this was decided; another one since then is a conflict.

    Raises:
        Conflict: it has ended, or changed since.
    """
    row = _held(application, by, since)
    require(stage.opening_id == row.opening_id)
    standing = Standing(row.standing) if fits(stage, row.standing) else Standing(stage.standing)
    if standing != row.standing or words.strip():
        row = applications.move(row, _told(standing), by=by, words=words)
    elif row.has_ended or row.applicant_id is None:
        raise Conflict(_("This application has ended meanwhile."))
    else:
        applications.reviewed(row.opening)
    Card.objects.update_or_create(application=row, defaults={"stage": stage, "moved_at": clock.now()})
    record("hiring.moved", actor=by, subject=row, stage=stage.pk)
    return row


@transaction.atomic
def end(
    application: Application, standing: Standing, *, by: Member, words: str = "", since: int | None = None
) -> Application:
    """Hire, or decline. It stands under its end from now on.

    Raises:
        Conflict: it has ended otherwise meanwhile, or changed since.
    """
    row = _held(application, by, since)
    require(standing in ENDS)
    if row.standing == standing and not words.strip():
        return row
    return applications.move(row, standing, by=by, words=words)


@transaction.atomic
def answer(application: Application, words: str, *, by: Member, since: int | None = None) -> Application:
    """Write to the applicant; it stays where it is.

    Raises:
        Conflict: nobody would read it, or something changed since.
    """
    return applications.answer(_held(application, by, since), words, by=by)


@transaction.atomic
def bring(application: Application, standing: Standing, *, by: Member) -> Application:
    """Bring an application as far as this where it does not stand there or beyond; an interview that is set does so."""
    row = _held(application, by, None)
    if row.standing >= standing:
        return row
    return move(row, columns(row.opening).home(standing), by=by)


def _held(application: Application, by: Member, since: int | None) -> Application:
    """The row as it is now, locked.

    Raises:
        Conflict: it was erased, or took a step that was not known yet.
    """
    row = held(application)
    require(rules.may_move(by, row))
    if since is not None and newest_step(row) != since:
        raise Conflict(_("Something happened to this application meanwhile. Please look at it again."))
    return row


def newest_step(row: Application) -> int:
    """The key of the last step; 0 without one."""
    return Step.objects.filter(application=row).order_by("-pk").values_list("pk", flat=True).first() or 0


def _told(standing: Standing) -> Standing:
    """Whoever writes or moves has read it."""
    return Standing(max(standing, Standing.SEEN))
