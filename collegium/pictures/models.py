"""A picture on a post, or on its way to one; and the files whose rows are gone."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Deferrable, Exists, OuterRef, Q
from django.db.models.functions import Cast

from collegium.audience.viewer import Viewer
from collegium.feed.models import Draft, Post
from collegium.lib import clock, ids
from collegium.media.decode import SIZES
from collegium.members.models import Member

ALT_LIMIT = 1000
MOST = 20
# How long a picture waits for its post.
WAITS = timedelta(days=1)
WIDTHS = tuple(sorted(SIZES["posted"]))


class PictureQuerySet(models.QuerySet["Picture"]):
    """How pictures are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on posts the viewer sees; what is on no post yet is its owner's alone."""
        posts = Post.objects.visible_to(viewer)
        on_posts = Q(post__in=posts)
        return self.filter(on_posts | Q(post=None, owner=viewer.member)) if viewer.member else self.filter(on_posts)

    def waiting(self) -> Self:
        """Those on no post, and in no draft either, so that a draft finds its pictures however long it lies."""
        text = Draft.objects.annotate(text=Cast("values", models.TextField()))
        drafts = text.filter(author=OuterRef("owner"), text__contains=OuterRef("key"))
        return self.filter(~Exists(drafts), post=None)

    def stale(self) -> Self:
        """Those that have waited long enough."""
        return self.waiting().filter(pk__lt=ids.floor_at(clock.now() - WAITS))


class Picture(models.Model):
    """One picture; its files lie under `key` in several widths, and what it shows is said in `alt`."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="pictures", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="pictures", db_index=False)
    key = models.CharField(max_length=64, unique=True, help_text="Of its files (`media.storage`).")
    width = models.PositiveSmallIntegerField(help_text="Of its largest file.")
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=ALT_LIMIT, blank=True, help_text="What one would hear who cannot see it.")
    place = models.PositiveSmallIntegerField(default=0)

    objects = PictureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="pictures_of")]
        constraints = [
            # Deferred, because an order is changed one row after the other.
            models.UniqueConstraint(
                fields=["post", "place"], name="pictures_one_a_place", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(place__lt=MOST), name="pictures_few"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="pictures_have_a_size"),
        ]

    def __str__(self) -> str:
        return self.alt[:60] or f"{self.width} × {self.height}"

    @property
    def path(self) -> str:
        """Its own page."""
        return f"/posts/pictures/{self.pk}/"

    def url(self, width: int) -> str:
        """The address of one size."""
        return f"{self.path}{self.key}-{width}.webp"

    @property
    def small(self) -> str:
        """For a thumbnail."""
        return self.url(WIDTHS[0])

    @property
    def middle(self) -> str:
        """For a card."""
        return self.url(WIDTHS[1])

    @property
    def large(self) -> str:
        """For a whole screen."""
        return self.url(WIDTHS[-1])

    @property
    def sources(self) -> str:
        """Its sizes with their true widths, for `srcset`; small pictures have fewer."""
        longer = max(self.width, self.height)
        true = {max(round(self.width * min(1, side / longer)), 1): self.url(side) for side in reversed(WIDTHS)}
        return ", ".join(f"{url} {width}w" for width, url in sorted(true.items()))


class Gone(models.Model):
    """The files of a picture whose row is gone, whatever took it.

    A trigger writes these rows, so that nothing that deletes pictures (a post, a member, a sweep) has to think of
    files, and none is deleted for a transaction that was taken back.
    """

    key = models.CharField(primary_key=True, max_length=64)

    def __str__(self) -> str:
        return self.key
