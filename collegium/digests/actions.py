"""Choosing how often one is mailed what one missed, and ending it."""

from django.db import transaction

from collegium.digests import rules
from collegium.digests.hours import next_due
from collegium.digests.models import GroupMail, Wish
from collegium.groups.models import Membership
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member
from collegium.notifications import actions as telling
from collegium.notifications.choices import rest_of


@transaction.atomic
def choose(member: Member, *, rhythm: str, weekday: int, hour: int, zone: str) -> Wish:
    """Say how often, and when; the next mail is due at the first such hour from now.

    Args:
        member: who is mailed.
        rhythm: one of `Wish.Rhythm`.
        weekday: of a weekly one; 0 is Monday.
        hour: on her clock.
        zone: the name of her time zone, for all that goes by her clock; empty is UTC.
    """
    require(rules.may_choose(member))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    row = Wish.objects.select_for_update().filter(member=member).first()
    if row is not None and row.rhythm == Wish.Rhythm.NEVER and rhythm != Wish.Rhythm.NEVER:
        row.delete()
        row = Wish(member=member, until=row.until)
    row = row or Wish(member=member)
    row.rhythm, row.weekday, row.hour = rhythm, weekday, hour
    row.due_at = next_due(row, zone, clock.now())
    row.save()
    if rest_of(member).zone != zone:
        telling.rest(member, zone=zone)
    record("digests.chosen", actor=member, subject=row, rhythm=rhythm)
    return row


@transaction.atomic
def end(key: int) -> None:
    """No more of them; who presses this holds the signed address, so nobody is asked who it is."""
    row = Wish.objects.select_for_update().filter(pk=key).exclude(rhythm=Wish.Rhythm.NEVER).first()
    if row is not None:
        row.rhythm, row.due_at = Wish.Rhythm.NEVER, None
        row.save(update_fields=["rhythm", "due_at"])
        record("digests.ended", actor=row.member_id, subject=row)


@transaction.atomic
def end_group(key: int) -> None:
    """Nothing of this group any more; as above, nobody is asked who it is. The row goes, and its address with it."""
    row = GroupMail.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return
    seats = Membership.objects.filter(member=row.member_id, group=row.group_id, since__lte=row.made_at, in_digest=True)
    if seats.update(in_digest=False):
        record("digests.group_ended", actor=row.member_id, group=row.group_id)
    row.delete()
