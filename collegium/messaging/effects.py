"""What removing people ends of conversations, for the previews of `network.effects`."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import ngettext

from collegium.members.models import Member
from collegium.messaging.models import Conversation
from collegium.network.effects import Change, Effects, called
from collegium.ui.text import number


def effects(member: Member, others: Sequence[Member], change: Change) -> Effects:
    """Conversations that stand on a connection alone can be read afterwards, and no more written in."""
    if change != Change.REMOVED or not (count := _standing_on_it(member, others)):
        return Effects()
    words = ngettext(
        "The conversation between you and %(name)s stays to be read; writing again begins with a first message.",
        "%(n)s conversations between you and %(name)s stay to be read; writing again begins with a first message.",
        count,
    )
    return Effects([words % {"n": number(count), "name": called(others)}], [])


def _standing_on_it(member: Member, others: Sequence[Member]) -> int:
    pair = Q(low=member, high__in=others) | Q(high=member, low__in=others)
    return Conversation.objects.filter(pair, consented_at=None, last_number__gt=0).count()
