"""What a page says of itself, and which posts show it."""

from django.db import models
from django.db.models import Q

from collegium.feed.models import Post
from collegium.lib import ids

LONGEST_URL = 2048
TITLE, DESCRIPTION, SITE, PROBLEM = 300, 500, 100, 40


class Preview(models.Model):
    """One page of the web, as it described itself when it was last asked; one row an address.

    Without a title there is nothing to show: `problem` then says in one word why, and when it was tried.
    """

    id = ids.IdField()
    print = models.CharField(max_length=64, unique=True, help_text="A hash of the address; addresses are long.")
    url = models.CharField(max_length=LONGEST_URL)
    title = models.CharField(max_length=TITLE, blank=True)
    description = models.CharField(max_length=DESCRIPTION, blank=True)
    site = models.CharField(max_length=SITE, blank=True)
    image = models.CharField(max_length=64, blank=True, help_text="Key of its picture in `media.storage`.")
    width = models.PositiveSmallIntegerField(default=0, help_text="Of the picture's smaller size.")
    height = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(db_index=True)
    problem = models.CharField(max_length=PROBLEM, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") | ~Q(problem=""), name="previews_title_or_problem"),
            models.CheckConstraint(
                condition=Q(image="") | Q(width__gt=0, height__gt=0), name="previews_picture_has_a_size"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.problem

    @property
    def is_wide(self) -> bool:
        """Whether its picture can stand across the card; others stand small beside the words."""
        return self.width >= 400 and self.width >= 1.4 * self.height

    def picture(self, width: int) -> str:
        """Where one size of its picture lies."""
        return f"/posts/previews/{self.pk}/{self.image}-{width}.webp"


class Shown(models.Model):
    """A post shows a preview; or its author has taken it off, and it stays off while the link is the same."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="shown_preview")
    preview = models.ForeignKey(Preview, models.CASCADE, related_name="shown")
    taken_off = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.preview_id} under {self.post_id}"
