"""The verbs of videos: hanging one on a post, describing it, taking it off; captions."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from collegium.feed.locking import fresh
from collegium.feed.models import Post
from collegium.journal.record import record
from collegium.lib.refusal import Conflict, require
from collegium.media.videos import Facts
from collegium.members.models import Member
from collegium.uploads.models import Upload
from collegium.videos import rules, sources
from collegium.videos.models import MOST_CAPTIONS, Captions, Gone, State, Video

# So many captions may wait for their videos; more take the place of the oldest.
MOST_WAITING = 40


@transaction.atomic
def hang(
    post: Post, upload: Upload, facts: Facts, *, by: Member, alt: str = "", poster_at: float | None = None
) -> Video:
    """Let this be the video of a post; another comes off it.

    Args:
        post: of one's own.
        upload: the whole file.
        facts: what its header says.
        by: who posts.
        alt: what is to be seen.
        poster_at: the moment to show before it plays.
    """
    post = fresh(post)
    require(rules.may_hang(by, post) and upload.owner_id == by.pk)
    Video.objects.filter(post=post).delete()
    source = sources.take(upload.path)
    video = Video.objects.create(
        post=post,
        alt=alt,
        width=facts.width,
        height=facts.height,
        seconds=facts.seconds,
        poster_at=poster_at,
        source=source,
        upload=upload.key,
    )
    if not post.has_parts:
        post.has_parts = True
        post.save(update_fields=["has_parts"])
    record("videos.hung", actor=by, subject=video, post=post.pk)
    return video


@transaction.atomic
def describe(post: Post, *, by: Member, alt: str, captions: Sequence[Captions]) -> None:
    """Say what is to be seen, and let these be the captions; others come off.

    Raises:
        Conflict: the video is gone, captions are on another, or there are too many.
    """
    post = fresh(post)
    require(rules.may_hang(by, post))
    video = Video.objects.select_for_update().filter(post=post).first()
    if video is None:
        raise Conflict(_("The video is no longer on this post."))
    if len(captions) > MOST_CAPTIONS:
        raise Conflict(_("A video has room for captions in %(n)s languages.") % {"n": MOST_CAPTIONS})
    keys = [row.pk for row in captions]
    rows = Captions.objects.select_for_update().filter(owner=by, pk__in=keys).in_bulk()
    if len(rows) != len(keys) or any(row.video_id not in (None, video.pk) for row in rows.values()):
        raise Conflict(_("These captions are no longer here, or are on another video. Please choose them again."))
    Video.objects.filter(pk=video.pk).update(alt=alt)
    video.captions.exclude(pk__in=keys).delete()
    Captions.objects.filter(pk__in=keys).update(video=video)
    record("videos.described", actor=by, subject=video, post=post.pk)


@transaction.atomic
def pose(post: Post, at: float, picture: str, *, by: Member) -> None:
    """Show another moment before the video plays; the picture of the one before goes after the commit.

    Args:
        post: of one's own.
        at: the moment.
        picture: the name of its file, from `posing.taken`.
        by: who asks.

    Raises:
        Conflict: the video is gone, or another is being prepared in its place.
    """
    post = fresh(post)
    require(rules.may_hang(by, post))
    video = Video.objects.select_for_update().filter(post=post, state=State.READY).first()
    if video is None:
        raise Conflict(_("The video is no longer on this post."))
    Gone.objects.filter(file=picture).delete()
    if video.poster:
        Gone.objects.get_or_create(file=video.poster)
    video.poster, video.poster_at = picture, at
    video.save(update_fields=["poster", "poster_at"])
    record("videos.posed", actor=by, subject=video, post=post.pk)


@transaction.atomic
def take_off(post: Post, *, by: Member) -> None:
    """Take the video off a post; its files go after the commit."""
    post = fresh(post)
    require(rules.may_hang(by, post))
    Video.objects.filter(post=post).delete()
    record("videos.taken_off", actor=by, subject=post)


@transaction.atomic
def take_in(owner: Member, language: str, text: str) -> Captions:
    """Keep captions for a video that is being written about.

    Args:
        owner: who writes.
        language: its tag.
        text: as `webvtt.written` made it.
    """
    require(rules.may_caption(owner))
    row = Captions.objects.create(owner=owner, language=language, text=text)
    mine = Captions.objects.filter(owner=owner, video=None).order_by("-pk")
    old = list(mine.values_list("pk", flat=True)[MOST_WAITING:])
    Captions.objects.filter(pk__in=old, video=None).delete()
    record("videos.captioned", actor=owner, subject=row)
    return row
