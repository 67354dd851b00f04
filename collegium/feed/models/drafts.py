"""What is not posted yet, and how posts read before they were edited."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from collegium.feed.models.posts import HTML_FACTOR, POST_LIMIT, Post
from collegium.lib import ids
from collegium.members.models import Member


class Draft(models.Model):
    """The composer as it was left: for its author alone, and posted by the clock where `due_at` says when.

    `values` are the fields of the form as they were typed; they are judged when it is posted.
    """

    id = ids.IdField()
    author = models.ForeignKey(Member, models.CASCADE, related_name="drafts", db_index=False)
    values = models.JSONField()
    touched_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True, help_text="Why it could not be posted at its hour.")

    class Meta:
        indexes = [
            models.Index(fields=["author", "-touched_at"], name="feed_drafts_of"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="feed_drafts_due"),
        ]

    def __str__(self) -> str:
        return str(self.values.get("body", ""))[:60]

    @property
    def path(self) -> str:
        """Where it is gone on with."""
        return f"/posts/drafts/{self.id}/"


class Version(models.Model):
    """How a post read before an edit."""

    id = ids.IdField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="versions", db_index=False)
    body = models.CharField(max_length=POST_LIMIT, blank=True)
    html = models.CharField(max_length=POST_LIMIT * HTML_FACTOR, blank=True)

    class Meta:
        indexes = [models.Index(fields=["post", "-id"], name="feed_versions_of")]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def until(self) -> datetime:
        """When it was replaced."""
        return ids.instant(self.id)
