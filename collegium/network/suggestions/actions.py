"""The two verbs: never suggest this person again, and do after all. Nobody else learns of either."""

from django.db import transaction

from collegium.journal.record import record
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.network.models import Dismissal
from collegium.network.suggestions import rules


@transaction.atomic
def dismiss(member: Member, other: Member) -> None:
    """Suggest this person no more, for good. Twice is once."""
    require(rules.may_dismiss(member, other))
    _row, fresh = Dismissal.objects.get_or_create(member=member, other=other)
    if fresh:
        record("network.dismissed", actor=member, subject=other)


@transaction.atomic
def take_back(member: Member, other: Member) -> None:
    """Let this person be suggested again. Changes nothing where she was not dismissed."""
    require(rules.may_take_back(member, other))
    gone, _rows = Dismissal.objects.filter(member=member, other=other).delete()
    if gone:
        record("network.suggested_again", actor=member, subject=other)
