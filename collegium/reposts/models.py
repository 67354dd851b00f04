"""What is passed on, and what its author keeps from being passed on."""

from django.db import models

from collegium.feed.models import Post


class Repost(models.Model):
    """A post that passes another one on.

    What is passed on is never itself a repost, so that there are no chains. It may be gone; the words above it stay.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="repost")
    of = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="reposts")
    plain = models.BooleanField(default=False, help_text="Passed on without a word; words may have come later.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(of=None) | ~models.Q(of=models.F("post")), name="reposts_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} of {self.of_id}"


class NoReposts(models.Model):
    """Its author does not want this post passed on."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="no_reposts")

    def __str__(self) -> str:
        return str(self.post_id)
