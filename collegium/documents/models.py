"""The files of posts, and those whose rows are gone."""

from typing import Self

from django.db import models
from django.db.models import Q

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.lib import ids
from collegium.media import kinds

NAME_LIMIT = 200
MOST = 10
"""On one post."""


class DocumentQuerySet(models.QuerySet["Document"]):
    """How documents are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on posts the viewer sees."""
        return self.filter(post__in=Post.objects.visible_to(viewer))

    def arriving(self) -> Self:
        """Those whose file is not on the shelf yet."""
        return self.filter(stored="")


class Document(models.Model):
    """One file. It is put on the shelf once its post stands (`settling`), and until then lies where it came in."""

    id = ids.IdField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="documents")
    name = models.CharField(max_length=NAME_LIMIT, help_text="As it was called where it came from.")
    stored = models.CharField(max_length=120, blank=True, help_text="What `media.keeping` calls it.")
    upload = models.CharField(max_length=64, blank=True, help_text="Key of what came in, until it is on the shelf.")
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="Bytes.")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(stored=""), name="documents_arriving")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_hold_something"),
            models.CheckConstraint(condition=~Q(name=""), name="documents_have_a_name"),
            models.CheckConstraint(condition=~Q(stored="", upload=""), name="documents_lie_somewhere"),
            # What came in hangs on one post alone.
            models.UniqueConstraint(fields=["upload"], condition=~Q(upload=""), name="documents_came_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Under which it is fetched by those who see its post."""
        return f"/posts/documents/{self.pk}/"

    @property
    def is_here(self) -> bool:
        """Whether it can be fetched."""
        return bool(self.stored)

    @property
    def words(self) -> str:
        """What it is and how large, for people."""
        return f"{kinds.family_of(self.name)[0]} · {kinds.size_of(self.size)}"

    @property
    def icon(self) -> str:
        """Of the shared set."""
        return kinds.family_of(self.name)[1]


class GoneFile(models.Model):
    """A file on the shelf whose row is gone, whatever took it; a trigger writes these rows (as `pictures.Gone`)."""

    name = models.CharField(primary_key=True, max_length=120)

    def __str__(self) -> str:
        return self.name
