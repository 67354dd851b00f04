"""What the clock does: it deletes what is due, a bounded number at a time, and says once a week how many went."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import IntegerField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from procrastinate.contrib.django import app

from collegium.feed.expiry import actions, due, notices
from collegium.feed.models import Expiry
from collegium.journal.models import Entry
from collegium.journal.record import record
from collegium.lib import clock, ids
from collegium.members.models import Member

# Of one member and of all, in one run.
BATCH, MOST = 200, 1_000
EXPIRED = "feed.posts_expired"
log = logging.getLogger(__name__)


@app.task(name="feed.expire_posts", queue="chores")
def expire(timestamp: int = 0) -> None:
    """Delete old posts by the rules of their authors, the oldest first; what is left waits for the next run."""
    begun = Expiry.objects.filter(since__lte=clock.now() - due.PAUSE, member__standing=Member.Standing.ACTIVE)
    left = MOST
    for rule in begun.select_related("member").order_by("since"):
        if left <= 0:
            return
        keys = list(due.of(rule).order_by("pk").values_list("pk", flat=True)[: min(BATCH, left)])
        left -= len(keys)
        _delete(rule.member_id, keys)


def _delete(owner: int, keys: list[int]) -> None:
    """Each in a transaction of its own; how many went is written down for the week's word."""
    gone = 0
    try:
        for key in keys:
            gone += _try(key, owner)
    finally:
        if gone:
            with transaction.atomic():
                record("feed.posts_expired", subject=owner, count=gone)


def _try(key: int, owner: int) -> bool:
    """One post that cannot be deleted must not keep the others."""
    try:
        return actions.expire(key, owner)
    except Exception:
        log.exception("post %s could not be deleted by the rule of its author", key)
        return False


@app.task(name="feed.say_expired", queue="chores")
def say(timestamp: int = 0) -> None:
    """Tell everybody how many posts went in the week that ended last Monday; twice is once."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    end = today - timedelta(days=today.weekday())
    begin = end - timedelta(days=7)
    rows = Entry.objects.filter(kind=EXPIRED, pk__gte=ids.floor_at(begin), pk__lt=ids.floor_at(end))
    number = Cast(KeyTextTransform("count", "data"), IntegerField())
    for member, count in rows.values_list("subject").annotate(number=Sum(number)).order_by("subject"):
        notices.tell(member, count, f"{begin:%G-%V}")
