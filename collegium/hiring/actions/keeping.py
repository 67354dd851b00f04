"""What a team sets up: its stages, the lines of its scorecard, the replies of the organisation."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from collegium.applications.models import Standing
from collegium.hiring.models import Criterion, Reply, Stage
from collegium.hiring.models.assessing import MOST_CRITERIA
from collegium.hiring.models.stages import MOST_STAGES
from collegium.hiring.models.templates import MOST
from collegium.hiring.stages import MEANINGS
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member
from collegium.openings import rules
from collegium.openings.models import Opening


class Wanted(NamedTuple):
    """A stage as it shall be; key 0 for a new one."""

    key: int
    name: str
    standing: Standing


@transaction.atomic
def set_stages(opening: Opening, wanted: Sequence[Wanted], *, by: Member) -> None:
    """These and no others, in this order. What stood in one that goes stands where its standing has its home.

    Raises:
        Conflict: one of them was taken away meanwhile.
    """
    row = _held(opening, by)
    require(1 <= len(wanted) <= MOST_STAGES and all(each.standing in MEANINGS for each in wanted))
    there = {stage.pk: stage for stage in Stage.objects.filter(opening=row)}
    if any(each.key and each.key not in there for each in wanted):
        raise Conflict(_("Somebody else changed the stages meanwhile. Please look at them again."))
    Stage.objects.filter(opening=row).exclude(pk__in=[each.key for each in wanted]).delete()
    for place, each in enumerate(wanted):
        values = {"name": each.name, "place": place, "standing": each.standing}
        if each.key:
            Stage.objects.filter(pk=each.key).update(**values)
        else:
            Stage.objects.create(opening=row, **values)
    record("hiring.stages_set", actor=by, subject=row)


@transaction.atomic
def set_criteria(opening: Opening, wanted: Sequence[tuple[int, str]], *, by: Member) -> None:
    """The lines of the scorecard, as key (0 for a new one) and name; scores of those that go, go."""
    row = _held(opening, by)
    require(len(wanted) <= MOST_CRITERIA)
    there = set(Criterion.objects.filter(opening=row).values_list("pk", flat=True))
    if any(key and key not in there for key, _name in wanted):
        raise Conflict(_("Somebody else changed these lines meanwhile. Please look at them again."))
    Criterion.objects.filter(opening=row).exclude(pk__in=[key for key, _name in wanted]).delete()
    for place, (key, name) in enumerate(wanted):
        if key:
            Criterion.objects.filter(pk=key).update(name=name, place=place)
        else:
            Criterion.objects.create(opening=row, name=name, place=place)
    record("hiring.criteria_set", actor=by, subject=row)


@transaction.atomic
def keep_reply(opening: Opening, name: str, words: str, *, by: Member, reply: Reply | None = None) -> Reply:
    """Keep a reply for everybody who hires for this organisation, or change one.

    Raises:
        Conflict: there is one of that name, or there are as many as there can be.
    """
    row = _held(opening, by)
    require(reply is None or reply.organization_id == row.organization_id)
    if reply is None and Reply.objects.filter(organization=row.organization_id).count() >= MOST:
        raise Conflict(_("There are as many replies as there can be. Delete one first."))
    made = reply or Reply(organization_id=row.organization_id)
    made.name, made.words = name, words
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Conflict(_("There is a reply of this name already.")) from None
    record("hiring.reply_kept", actor=by, subject=row, reply=made.pk)
    return made


@transaction.atomic
def drop_reply(opening: Opening, reply: Reply, *, by: Member) -> None:
    """Delete one."""
    row = _held(opening, by)
    require(reply.organization_id == row.organization_id)
    gone, _rows = Reply.objects.filter(pk=reply.pk).delete()
    if gone:
        record("hiring.reply_dropped", actor=by, subject=row, reply=reply.pk)


def _held(opening: Opening, by: Member) -> Opening:
    row = Opening.objects.select_for_update(of=("self",)).select_related("organization").get(pk=opening.pk)
    require(rules.may_change(by, row))
    return row
