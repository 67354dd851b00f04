"""What only the page of a person has: things pinned on top of it, and whether its guide was put away."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from collegium.career.models import OwnedQuerySet, level_of
from collegium.career.sections import Part
from collegium.lib import ids
from collegium.members.models import Member

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

TITLE_LIMIT, NOTE_LIMIT, URL_LIMIT = 200, 300, 500


class PinQuerySet(OwnedQuerySet):
    """How pinned things are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of people whose featured part is open to this viewer. Whether she sees a pinned post, `feed` says."""
        return self.seen(viewer, level_of(Part.FEATURED))

    def in_order(self) -> Self:
        """As the owner arranged them."""
        return self.order_by("rank", "-id")


class Pin(models.Model):
    """Something its owner pinned on top of her profile: a post of hers, a link, a picture or a document."""

    class Kind(models.TextChoices):
        """What it is; which columns it has follows from that."""

        POST = "post"
        LINK = "link"
        PICTURE = "picture"
        DOCUMENT = "document"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="pins", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    rank = models.IntegerField(default=0, help_text="Its place; the smallest stands first.")
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    url = models.CharField(max_length=URL_LIMIT, blank=True)
    post_key = models.BigIntegerField(null=True, blank=True, help_text="Of a post; the room of posts lies above.")
    file_key = models.CharField(max_length=64, blank=True, help_text="Of the stored file (see media).")
    file_name = models.CharField(max_length=TITLE_LIMIT, blank=True, help_text="As its owner called it.")
    file_size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    form_key = models.UUIDField(null=True, blank=True, help_text="Of the form that made it: twice sent is one pin.")

    objects = PinQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "rank"], name="profiles_pin_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "post_key"], condition=Q(post_key__isnull=False), name="profiles_pin_post_once"
            ),
            models.UniqueConstraint(fields=["member", "form_key"], name="profiles_pin_once"),
            models.CheckConstraint(
                condition=(
                    Q(kind="post", post_key__isnull=False)
                    | (Q(kind="link") & ~Q(url="") & ~Q(title=""))
                    | (Q(kind__in=["picture", "document"]) & ~Q(file_key="") & ~Q(title=""))
                ),
                name="profiles_pin_has_what_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.kind

    @property
    def is_file(self) -> bool:
        """Whether something of it lies on the disk."""
        return self.kind in (self.Kind.PICTURE, self.Kind.DOCUMENT)


class GuideRest(models.Model):
    """A member who has put the guide to a fuller profile away, for good."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="guide_rest")

    def __str__(self) -> str:
        return str(self.member_id)
