"""Articles: what readers see, the sheet one writes on, and how they read before."""

from datetime import datetime
from typing import Self
from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.lib import clock, ids
from collegium.lib.text.markdown import MOST_HTML
from collegium.media.decode import SIZES
from collegium.members.models import Member

TITLE_LIMIT = 150
LEAD_LIMIT = 300
SOURCE_LIMIT = 100_000
NOTE_LIMIT = 200
ALT_LIMIT = 300
SLUG_LIMIT = 80
# So many of one member, drafts and published together.
MOST = 1_000
WIDTHS = tuple(sorted(SIZES["posted"]))


class ArticleQuerySet(models.QuerySet["Article"]):
    """How articles are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on posts the viewer sees, and her own."""
        on_posts = Q(post__in=Post.objects.visible_to(viewer))
        there = self.filter(removed_at=None)
        return there.filter(on_posts | Q(author=viewer.member)) if viewer.member else there.filter(on_posts)


class Article(models.Model):
    """What readers see of a long text; nothing, until it is published.

    It hangs on a post, which says who sees it. When the post goes, the article is a draft again: nobody loses what
    took a week to write because a post was deleted.
    """

    id = ids.IdField()
    author = models.ForeignKey(Member, models.CASCADE, related_name="articles", db_index=False)
    post = models.OneToOneField(Post, models.SET_NULL, null=True, blank=True, related_name="article")
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    lead = models.CharField(max_length=LEAD_LIMIT, blank=True, help_text="What it is about, in a sentence or two.")
    source = models.TextField(blank=True, help_text="Markdown.")
    html = models.TextField(blank=True, help_text="Clean, of the source.")
    words = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=1, help_text="How long it takes to read.")
    slug = models.CharField(max_length=SLUG_LIMIT, blank=True)
    cover = models.CharField(max_length=64, blank=True, help_text="Of its files (`media.storage`).")
    cover_width = models.PositiveSmallIntegerField(default=0)
    cover_height = models.PositiveSmallIntegerField(default=0)
    cover_alt = models.CharField(max_length=ALT_LIMIT, blank=True, help_text="What one would hear who cannot see it.")
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="A draft that was deleted; it may come back.")
    form_key = models.UUIDField(help_text="Of the page it was begun on: begun twice is begun once.")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["author", "-id"], name="articles_of"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="articles_removed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="articles_begun_once"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("source"), SOURCE_LIMIT), name="articles_source_bounded"
            ),
            models.CheckConstraint(condition=LessThanOrEqual(Length("html"), MOST_HTML), name="articles_html_bounded"),
            models.CheckConstraint(
                condition=Q(post=None) | (~Q(title="") & Q(removed_at=None)), name="articles_published_has_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"article {self.pk}"

    @property
    def is_published(self) -> bool:
        """Whether anybody but its author may see it."""
        return self.post_id is not None

    @property
    def here(self) -> str:
        """Where everything about it begins."""
        return f"/articles/{self.pk}/"

    @property
    def path(self) -> str:
        """Its own address, for readers."""
        return f"{self.here}{quote(self.slug or '-', safe='')}/"

    @property
    def begun_at(self) -> datetime:
        """When the first words were kept."""
        return ids.instant(self.pk)

    def cover_url(self, width: int) -> str:
        """The address of one size of the cover."""
        return f"{self.here}cover/{self.cover}-{width}.webp"

    @property
    def cover_middle(self) -> str:
        """For a card."""
        return self.cover_url(WIDTHS[1])

    @property
    def cover_large(self) -> str:
        """For a page."""
        return self.cover_url(WIDTHS[-1])

    @property
    def cover_sources(self) -> str:
        """Its sizes with their true widths, for `srcset`; small pictures have fewer."""
        longer = max(self.cover_width, self.cover_height, 1)
        true = {max(round(self.cover_width * min(1, side / longer)), 1): side for side in reversed(WIDTHS)}
        return ", ".join(f"{self.cover_url(side)} {width}w" for width, side in sorted(true.items()))


class Sheet(models.Model):
    """What its author writes on: kept as she types, and shown to nobody else before she publishes it."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="sheet")
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    lead = models.CharField(max_length=LEAD_LIMIT, blank=True)
    source = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=1, help_text="How often it was kept: two tabs tell each other by it.")
    touched_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("source"), SOURCE_LIMIT), name="articles_sheet_bounded"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def texts(self) -> tuple[str, str, str]:
        """Title, lead and source."""
        return self.title, self.lead, self.source


class Revision(models.Model):
    """How an article read from one moment on; the newest is how it reads now."""

    id = ids.IdField()
    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions", db_index=False)
    title = models.CharField(max_length=TITLE_LIMIT)
    lead = models.CharField(max_length=LEAD_LIMIT, blank=True)
    source = models.TextField()
    html = models.TextField()
    note = models.CharField(max_length=NOTE_LIMIT, blank=True, help_text="What changed, in the author's words.")

    class Meta:
        indexes = [models.Index(fields=["article", "-id"], name="articles_revisions_of")]
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("source"), SOURCE_LIMIT), name="articles_revision_bounded"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("html"), MOST_HTML), name="articles_revision_html_bounded"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def at(self) -> datetime:
        """Since when it read so."""
        return ids.instant(self.id)
