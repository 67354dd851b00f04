"""A video on a post, the sizes it was made in, its captions; and files whose rows are gone."""

import secrets
from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast, Now

from collegium.audience.viewer import Viewer
from collegium.feed.models import Draft, Post
from collegium.lib import clock, ids
from collegium.media.keeping import NAME_LENGTH
from collegium.media.pieces import Piece
from collegium.media.videos import MOST_SECONDS, PROBLEMS
from collegium.members.models import Member

ALT_LIMIT = 1000
KEY = 32
LANGUAGE_LIMIT = 12
# Of a file of captions, once we have written it anew; in letters and in bytes.
CAPTIONS_LIMIT = 400_000
MOST_CAPTIONS = 8
# How long captions wait for their post.
WAITS = timedelta(days=1)


def new_key() -> str:
    """What nobody can guess."""
    return secrets.token_hex(KEY // 2)


class State(models.TextChoices):
    """How far a video is."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class VideoQuerySet(models.QuerySet["Video"]):
    """How videos are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on posts the viewer sees."""
        return self.filter(post__in=Post.objects.visible_to(viewer))


class Video(models.Model):
    """One video of one post. Its size is known before it is ready, so that nothing on the page moves then."""

    id = ids.IdField()
    post = models.OneToOneField(Post, models.CASCADE, related_name="video")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True, help_text="A word of `media.videos.PROBLEMS`.")
    alt = models.CharField(max_length=ALT_LIMIT, blank=True, help_text="What is to be seen.")
    width = models.PositiveIntegerField(help_text="As it is shown, upright.")
    height = models.PositiveIntegerField()
    seconds = models.FloatField(null=True, blank=True)
    poster_at = models.FloatField(null=True, blank=True, help_text="The moment its author chose to show before.")
    poster = models.CharField(max_length=NAME_LENGTH, blank=True)
    source = models.CharField(max_length=KEY, unique=True, help_text="Of the file as it came (`sources`).")
    upload = models.CharField(max_length=KEY, blank=True, help_text="Of the upload it came by.")
    run = models.CharField(max_length=KEY, blank=True, help_text="Of whoever works on it: only they may end it.")
    attempts = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(default=clock.now)

    objects = VideoQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["touched_at"], condition=~Q(state=State.READY), name="videos_not_ready"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="videos_have_a_size"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="videos_percent"),
            models.CheckConstraint(
                condition=Q(seconds=None) | Q(seconds__gte=0, seconds__lte=MOST_SECONDS + 60), name="videos_length"
            ),
        ]

    def __str__(self) -> str:
        return self.alt[:60] or f"{self.width} × {self.height}"

    @property
    def path(self) -> str:
        """Where its state and its files are asked for."""
        return f"/posts/videos/{self.pk}/"

    @property
    def topic(self) -> str:
        """What open pages hear when it changes."""
        return f"video-{self.pk}"

    @property
    def is_ready(self) -> bool:
        """Whether it can be played."""
        return self.state == State.READY

    @property
    def has_failed(self) -> bool:
        """Whether it never will."""
        return self.state == State.FAILED

    @property
    def reason(self) -> str:
        """Why it failed, as a sentence."""
        return str(PROBLEMS.get(self.problem, PROBLEMS["stuck"]))


class Size(models.Model):
    """One size of a video: a whole MP4, and where its pieces lie in it."""

    id = ids.IdField()
    video = models.ForeignKey(Video, models.CASCADE, related_name="sizes")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    file = models.CharField(max_length=NAME_LENGTH)
    codecs = models.CharField(max_length=60)
    head = models.PositiveIntegerField(help_text="Bytes before the first piece.")
    pieces = models.JSONField(help_text="Place, length and seconds of each.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["video", "width", "height"], name="videos_one_of_a_size"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="videos_sizes_are_some"),
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def name(self) -> str:
        """What it is called among the sizes of its video."""
        return str(min(self.width, self.height))

    @property
    def parts(self) -> list[Piece]:
        """Its pieces."""
        return [Piece(int(at), int(length), float(seconds)) for at, length, seconds in self.pieces]


class CaptionsQuerySet(models.QuerySet["Captions"]):
    """How captions are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of videos the viewer sees; what is on no video yet is its owner's alone."""
        shown = Q(video__in=Video.objects.visible_to(viewer))
        return self.filter(shown | Q(video=None, owner=viewer.member)) if viewer.member else self.filter(shown)

    def stale(self) -> Self:
        """Those that have waited a day for their video and stand in no draft."""
        texts = Draft.objects.annotate(text=Cast("values", models.TextField()))
        drafts = texts.filter(author=OuterRef("owner"), text__contains=OuterRef("key"))
        old = self.filter(video=None, pk__lt=ids.floor_at(clock.now() - WAITS))
        return old.filter(~Exists(drafts))


class Captions(models.Model):
    """What is said and heard, in one language: WebVTT as we wrote it, from plain text."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="+")
    video = models.ForeignKey(Video, models.CASCADE, null=True, blank=True, related_name="captions")
    key = models.CharField(max_length=KEY, unique=True, default=new_key)
    language = models.CharField(max_length=LANGUAGE_LIMIT, help_text="BCP 47 tag.")
    text = models.CharField(max_length=CAPTIONS_LIMIT)

    objects = CaptionsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["video", "language"], name="videos_one_a_language"),
        ]

    def __str__(self) -> str:
        return self.language


class GoneQuerySet(models.QuerySet["Gone"]):
    """How gone files are asked for."""

    def due(self) -> Self:
        """Those that may be deleted now, by the clock of the database, which also wrote them."""
        return self.filter(due_at__lte=Now())


class Gone(models.Model):
    """A file whose row is gone, whatever took it; or one whose row is still to be written.

    A trigger writes the first kind, so that nothing that deletes videos has to think of files, and none is deleted for
    a transaction that was taken back. Who makes files writes the second kind beforehand and takes it away in the
    transaction that writes the row, so that nothing stays behind when a process dies in between.
    """

    file = models.CharField(primary_key=True, max_length=NAME_LENGTH)
    due_at = models.DateTimeField(db_default=Now())

    objects = GoneQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file


def rows_of(pieces: list[Piece]) -> list[list[Any]]:
    """Pieces as they are kept."""
    return [[piece.at, piece.length, round(piece.seconds, 5)] for piece in pieces]
