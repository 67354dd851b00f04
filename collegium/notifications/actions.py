"""Saying that something was read. Nobody else learns of it, so nothing is recorded; one's own open pages look again."""

from django.db import transaction

from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.notifications import rules
from collegium.notifications.models import Notification
from collegium.notifications.tell import TOPIC
from collegium.realtime.poke import poke


@transaction.atomic
def read(told: Notification, *, by: Member) -> None:
    """It was opened."""
    require(rules.may_read(by, told))
    _mark(by, lowest=told.id, highest=told.id)


@transaction.atomic
def read_all(by: Member, *, until: int) -> None:
    """All were seen that the page showed; what came after it was made stays unread.

    Args:
        by: whose.
        until: the key of the newest that the page knew.
    """
    require(rules.may_read_all(by))
    _mark(by, lowest=0, highest=until)


def _mark(member: Member, *, lowest: int, highest: int) -> None:
    rows = Notification.objects.filter(recipient=member, id__gte=lowest, id__lte=highest).unread()
    if rows.update(read_at=clock.now()):
        poke([member.id], TOPIC)
