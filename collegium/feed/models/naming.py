"""What posts are about, and whom they name."""

from django.db import models

from collegium.feed.models.posts import Post
from collegium.feed.models.talk import Comment
from collegium.lib import ids
from collegium.members.models import Member


class Topic(models.Model):
    """A #topic that somebody wrote about; `slug` is the folded form under which spellings meet."""

    id = ids.IdField()
    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="others", help_text="The topic it is merged into."
    )

    def __str__(self) -> str:
        return self.name


class PostTopic(models.Model):
    """A post is about a topic."""

    pk = models.CompositePrimaryKey("topic_id", "post_id")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="post_topics")

    def __str__(self) -> str:
        return f"{self.topic_id} {self.post_id}"


class Mention(models.Model):
    """A post or a comment names a person."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="mentions")
    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="mentions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "post", "comment"], nulls_distinct=False, name="feed_mentioned_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.post_id}"
