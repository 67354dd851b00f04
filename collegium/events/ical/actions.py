"""Having a feed of one's own, and ending it."""

from django.db import transaction

from collegium.events.models import CalendarFeed
from collegium.events.models.feeds import new_secret
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import require
from collegium.members.models import Member


@transaction.atomic
def make_feed(by: Member) -> CalendarFeed:
    """Have a feed under a new secret; whoever knew the old one reads no more. Never written down anywhere else."""
    require(by.is_active)
    fresh = {"secret": new_secret(), "made_at": clock.now()}
    feed, _made = CalendarFeed.objects.update_or_create(member=by, defaults=fresh)
    record("events.feed_made", actor=by)
    return feed


@transaction.atomic
def end_feed(by: Member) -> None:
    """Have none; every program that read it is told that there is nothing."""
    require(by.is_active)
    gone, _rows = CalendarFeed.objects.filter(member=by).delete()
    if gone:
        record("events.feed_ended", actor=by)


@transaction.atomic
def widen(by: Member, *, wider: bool) -> None:
    """Let it hold what she might come to as well, or only what she comes to."""
    require(by.is_active)
    if CalendarFeed.objects.filter(member=by).exclude(wider=wider).update(wider=wider):
        record("events.feed_changed", actor=by, wider=wider)
