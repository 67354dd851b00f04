"""Who may read one part of a profile."""

from django.db import transaction

from collegium.audience.level import Level
from collegium.career import rules
from collegium.career.models import PartAudience
from collegium.career.sections import Part
from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member


@transaction.atomic
def set_audience(member: Member, part: Part, level: Level) -> None:
    """Choose who may read one part; it never reaches further than the profile itself.

    Args:
        member: herself.
        part: which.
        level: EVERYONE is whoever can open the profile.
    """
    require(rules.may_write(member))
    PartAudience.objects.update_or_create(member=member, part=part, defaults={"audience": level})
    record("career.audience_set", actor=member, subject=member, part=part, audience=int(level))
