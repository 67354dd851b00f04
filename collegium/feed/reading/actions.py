"""The verbs of reading. What is recorded names the row, never a word that somebody wants quiet."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from collegium.feed.locking import fresh
from collegium.feed.models import Post, Quiet, Saved, Topic, TopicFollow
from collegium.feed.reading import rules, topics
from collegium.journal.record import record
from collegium.lib import clock
from collegium.lib.refusal import Conflict, require
from collegium.members.models import Member

MOST_SAVED = 2_000
MOST_QUIET = 200
MOST_FOLLOWED = 100
FOR_GOOD = 0


@transaction.atomic
def save(post: Post, *, by: Member) -> None:
    """Keep a post for later; twice is once."""
    post = fresh(post)
    require(rules.may_keep(by, post))
    if (
        Saved.objects.filter(member=by).count() >= MOST_SAVED
        and not Saved.objects.filter(member=by, post=post).exists()
    ):
        raise Conflict("You keep as many posts as there is room for. Take one out first.")
    _row, new = Saved.objects.get_or_create(member=by, post=post)
    if new:
        record("feed.saved", actor=by, subject=post)


@transaction.atomic
def unsave(post: Post, *, by: Member) -> None:
    """Keep it no longer."""
    require(rules.may_choose(by))
    gone, _ = Saved.objects.filter(member=by, post=post).delete()
    if gone:
        record("feed.unsaved", actor=by, subject=post)


@transaction.atomic
def hide(post: Post, *, by: Member) -> Quiet:
    """Leave one post out of one's home."""
    post = fresh(post)
    require(rules.may_hide(by, post))
    return _keep_quiet(by, FOR_GOOD, post=post)


@transaction.atomic
def unhide(post: Post, *, by: Member) -> None:
    """Let it come home again."""
    require(rules.may_choose(by))
    gone, _ = Quiet.objects.filter(member=by, post=post).delete()
    if gone:
        record("feed.unquieted", actor=by, post=post.pk)


@transaction.atomic
def mute_word(word: str, *, by: Member, days: int = FOR_GOOD) -> Quiet:
    """Leave posts out that say a word.

    Args:
        word: folded, with a letter or a digit in it.
        by: who does not want to read it.
        days: for how long; 0 is for good.
    """
    require(rules.may_choose(by))
    _room_for_quiet(by, word=word)
    return _keep_quiet(by, days, word=word)


@transaction.atomic
def mute_topic(topic: Topic, *, by: Member, days: int = FOR_GOOD) -> Quiet:
    """Leave posts about a topic out, and about what means the same."""
    require(rules.may_choose(by))
    topic = topics.root(topic)
    _room_for_quiet(by, topic=topic)
    return _keep_quiet(by, days, topic=topic)


@transaction.atomic
def change(quiet: Quiet, *, by: Member, days: int) -> Quiet:
    """Keep it quiet from now for so many days, or for good."""
    require(rules.may_change(by, quiet))
    quiet.until = _end(days)
    if not Quiet.objects.filter(pk=quiet.pk).update(until=quiet.until):
        raise Conflict("This is no longer quiet.")
    record("feed.quiet_changed", actor=by, subject=quiet)
    return quiet


@transaction.atomic
def unmute(quiet: Quiet, *, by: Member) -> None:
    """Let it come home again."""
    require(rules.may_change(by, quiet))
    gone, _ = Quiet.objects.filter(pk=quiet.pk).delete()
    if gone:
        record("feed.unquieted", actor=by, post=quiet.post_id)


@transaction.atomic
def follow_topic(topic: Topic, *, by: Member) -> None:
    """Have posts about a topic come home; twice is once."""
    require(rules.may_choose(by))
    topic = topics.root(topic)
    mine = TopicFollow.objects.filter(member=by)
    if mine.count() >= MOST_FOLLOWED and not mine.filter(topic=topic).exists():
        raise Conflict("You follow as many topics as there is room for. Leave one first.")
    _row, new = TopicFollow.objects.get_or_create(member=by, topic=topic)
    if new:
        record("feed.topic_followed", actor=by, subject=topic)


@transaction.atomic
def unfollow_topic(topic: Topic, *, by: Member) -> None:
    """Follow it no longer, under whatever name it was followed."""
    require(rules.may_choose(by))
    topic = topics.root(topic)
    gone, _ = TopicFollow.objects.filter(member=by, topic__in=topics.family(topic)).delete()
    if gone:
        record("feed.topic_unfollowed", actor=by, subject=topic)


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: Member | None) -> Topic:
    """Make two topics one; what led to the first leads to the second from now on.

    Args:
        topic: the one that becomes part of the other.
        into: the other.
        by: an owner of the network; None for its operator, from the command line.

    Returns:
        The topic that stands.

    Raises:
        Conflict: they are one already.
    """
    require(by is None or rules.may_merge(by))
    _one_at_a_time()
    topic, into = _as_it_is(topic), topics.root(_as_it_is(into))
    if topics.root(topic).pk == into.pk:
        raise Conflict("These topics are one already.")
    Topic.objects.filter(pk__in=[*topics.family(topic).values_list("pk", flat=True)]).update(same_as=into)
    record("feed.topic_merged", actor=by, subject=topic, into=into.pk)
    return into


@transaction.atomic
def part(topic: Topic, *, by: Member | None) -> bool:
    """Let a topic stand for itself again; of one that does nothing changes.

    Returns:
        Whether it was part of another.
    """
    require(by is None or rules.may_merge(by))
    _one_at_a_time()
    parted = bool(Topic.objects.filter(pk=topic.pk, same_as__isnull=False).update(same_as=None))
    if parted:
        record("feed.topic_parted", actor=by, subject=topic)
    return parted


def _keep_quiet(by: Member, days: int, **what: Any) -> Quiet:
    row, _new = Quiet.objects.update_or_create(member=by, **what, defaults={"until": _end(days)})
    record("feed.quieted", actor=by, subject=row)
    return row


def _room_for_quiet(by: Member, **what: Any) -> None:
    """Words and topics are looked for in every post of a page: there is room for so many."""
    mine = Quiet.objects.filter(member=by, post=None)
    if mine.count() >= MOST_QUIET and not mine.filter(**what).exists():
        raise Conflict("You keep as many words and topics quiet as there is room for. Let one go first.")


def _end(days: int) -> datetime | None:
    return clock.now() + timedelta(days=days) if days else None


def _one_at_a_time() -> None:
    """Topics are merged one after the other, so that none ever leads to one that leads on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('feed.topics'))")


def _as_it_is(topic: Topic) -> Topic:
    found = Topic.objects.select_related("same_as").filter(pk=topic.pk).first()
    if found is None:
        raise Conflict("This topic is no longer here.")
    return found
