"""Keeping what a member brings along, and showing of it what she chooses."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.vouching import rules
from collegium.vouching.foreign import MOST, ForeignText, ForeignWord
from collegium.vouching.models import ForeignEndorsement, ForeignRecommendation


@transaction.atomic
def keep_foreign(
    member: Member,
    *,
    endorsements: Iterable[ForeignWord] = (),
    recommendations: Iterable[ForeignText] = (),
) -> dict[str, int]:
    """Keep what an archive says, for the member alone; what is kept already is not kept twice.

    Args:
        member: whose archive it is.
        endorsements: as in the archive.
        recommendations: as in the archive.

    Returns:
        How many are new, by kind.
    """
    require(rules.may_keep_foreign(member))
    words = [each.row(member) for each in endorsements if each.name and each.skill]
    texts = [each.row(member) for each in recommendations if each.name and each.text]
    new = {
        "endorsements": _keep(ForeignEndorsement.objects.filter(member=member), words),
        "recommendations": _keep(ForeignRecommendation.objects.filter(member=member), texts),
    }
    if any(new.values()):
        record("vouching.foreign_kept", actor=member, subject=member, **new)
    return new


def _keep(mine: QuerySet[Any], rows: list[Any]) -> int:
    """How many of these rows are new; as many as there is room for are kept."""
    before = mine.count()
    mine.bulk_create(rows[: max(MOST - before, 0)], ignore_conflicts=True, batch_size=500)
    return mine.count() - before


@transaction.atomic
def show_foreign(row: ForeignRecommendation, *, by: Member, shown: bool) -> None:
    """Show a recommendation from elsewhere on one's profile, or no longer.

    Raises:
        Conflict: it was not visible there either.
    """
    require(rules.may_show_foreign(by, row))
    if shown and not row.is_showable:
        raise Conflict(_("What was not visible there is not shown here."))
    if ForeignRecommendation.objects.filter(pk=row.pk, shown=not shown).update(shown=shown):
        record("vouching.foreign_shown", actor=by, subject=row, shown=shown)
