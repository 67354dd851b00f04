"""What a post shows of this network itself."""

from django.db import models
from django.db.models import Q

from collegium.feed.models import Post

KIND_LIMIT = 12


class Share(models.Model):
    """One thing on one post. It is named, never copied: each reader sees of it what she may see at that moment."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="share")
    kind = models.CharField(max_length=KIND_LIMIT, help_text="A name in `things.things`.")
    thing = models.BigIntegerField(help_text="Its key there; what it named may be gone.")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(kind=""), name="shares_says_what")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
