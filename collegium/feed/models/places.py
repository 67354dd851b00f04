"""What those who keep a group make of its posts: what is held back and why, what stands first, what it is about."""

from django.db import models
from django.db.models import Q

from collegium.feed.models.naming import Topic
from collegium.feed.models.posts import Post
from collegium.feed.models.talk import Comment
from collegium.groups.models import Ban, Group
from collegium.lib import clock, ids
from collegium.members.models import Member

WORDS_LIMIT = 500
# So many posts stand first on one wall, and so many topics may be named.
MOST_PINNED, MOST_TOPICS = 3, 20


class Held(models.Model):
    """Why a post of a group is not shown. The post itself says only that (`Post.place_state`)."""

    class Outcome(models.TextChoices):
        NONE = ""
        REFUSED = "refused"
        EXPIRED = "expired"

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="held")
    since = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="What its author was told.")
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True, default="")
    again = models.BooleanField(default=False, help_text="It stood there before, and was changed.")
    ban = models.ForeignKey(
        Ban, models.CASCADE, null=True, blank=True, related_name="+", help_text="With which its author was banned."
    )

    class Meta:
        indexes = [models.Index(fields=["since"], condition=Q(outcome="", by=None, ban=None), name="feed_held_waiting")]

    def __str__(self) -> str:
        return self.words or f"{self.post_id}"


class HeldComment(models.Model):
    """Why a comment in a group was hidden, where those who keep the group did it."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="held")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="What its writer was told.")
    ban = models.ForeignKey(
        Ban, models.CASCADE, null=True, blank=True, related_name="+", help_text="With which its writer was banned."
    )

    def __str__(self) -> str:
        return self.words or f"{self.comment_id}"


class GroupMark(models.Model):
    """A post that those who keep a group put first on its wall, or recommend."""

    class Kind(models.TextChoices):
        PINNED = "pinned"
        RECOMMENDED = "recommended"

    id = ids.IdField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="group_marks", db_index=False)
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=11, choices=Kind)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["group", "kind", "-post"], name="feed_marked")]
        constraints = [models.UniqueConstraint(fields=["post", "kind"], name="feed_marked_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"


class GroupTopic(models.Model):
    """A topic a group is about; whatever means the same (`Topic.same_as`) counts as it."""

    pk = models.CompositePrimaryKey("group_id", "topic_id")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.group_id} about {self.topic_id}"
