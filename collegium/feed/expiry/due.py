"""Which posts a rule would delete."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from collegium.feed.attachments import kinds
from collegium.feed.models import Comment, Expiry, Post, PostQuerySet, Reaction, Saved, State
from collegium.feed.models.talk import STANDING
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.profiles.models import Pin
from collegium.ties.models import blocks_between

# In which it can be taken back.
PAUSE = timedelta(days=1)
LONGEST = 36_500


def begins_at(rule: Expiry) -> datetime:
    """From when on it deletes."""
    return rule.since + PAUSE


def has_begun(rule: Expiry) -> bool:
    """Whether it deletes by now."""
    return begins_at(rule) <= clock.now()


def of(rule: Expiry) -> PostQuerySet:
    """The posts that are old enough now and fall under no exception."""
    old = ids.floor_at(clock.now() - timedelta(days=rule.days))
    found = Post.objects.filter(author=rule.member_id, pk__lt=old, stays=False)
    if rule.keeps_brought:
        found = found.filter(origin="")
    if rule.keeps_pinned:
        pins = Pin.objects.filter(member=rule.member_id, kind=Pin.Kind.POST, post_key__isnull=False)
        found = found.exclude(pk__in=pins.values("post_key"))
    if rule.keeps_saved:
        found = found.filter(~Exists(Saved.objects.filter(member=rule.member_id, post=OuterRef("pk"))))
    if rule.keeps_articles:
        for kind in kinds:
            found = found.filter(**{f"{kind.lasting}__isnull": True}) if kind.lasting else found
    if rule.loved:
        found = found.annotate(felt=_felt(rule.member_id)).filter(felt__lt=rule.loved)
    if rule.discussed:
        found = found.annotate(talked=_talked(rule.member_id)).filter(talked__lt=rule.discussed)
    return found


def most_loved(author: Member, posts: PostQuerySet, most: int) -> list[Post]:
    """Those of them that she would miss first, with `felt` and `talked`: the numbers she knows."""
    counted = posts.annotate(felt=_felt(author.pk), talked=_talked(author.pk))
    return list(counted.order_by("-felt", "-talked", "-pk")[:most])


def _felt(author: int) -> Any:
    """Reactions that the author may know of: as many as stand under her post."""
    rows = Reaction.objects.filter(post=OuterRef("pk"))
    return F("reaction_count") - _count(rows.filter(_unseen("member", author)))


def _talked(author: int) -> Any:
    """Comments that she can see."""
    rows = Comment.objects.filter(post=OuterRef("pk"), state=State.SHOWN)
    rows = rows.filter(Q(parent=None) | Q(parent__state__in=STANDING))
    by, below = _unseen("author", author), _unseen("parent__author", author)
    return F("comment_count") - _count(rows.filter(by | below))


def _unseen(path: str, viewer: int) -> Q:
    """Whom she must not learn of (`feed.unseen`)."""
    blocked = Exists(blocks_between(viewer, OuterRef(path)))
    return Q(blocked) | (~Q(**{f"{path}__standing": Member.Standing.ACTIVE}) & Q(**{f"{path}__isnull": False}))


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many rows, for a post."""
    counted = rows.order_by().values("post").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
