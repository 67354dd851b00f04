"""Posts, what people say under them, and how they react."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from collegium.audience import rule
from collegium.audience.level import Level
from collegium.audience.rule import reaches, written_by_visible
from collegium.lib import ids
from collegium.members.models import Member

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

POST_LIMIT = 5000
COMMENT_LIMIT = 1250
# Rendered HTML is longer than its text: every word may become a link.
HTML_FACTOR = 40


class Facet(models.TextChoices):
    """Which side of the person speaks."""

    PROFESSIONAL = "professional"
    PERSONAL = rule.PERSONAL


class Commenting(models.TextChoices):
    """Who may comment, among those who see the post."""

    ANYONE = "anyone"
    CONNECTIONS = "connections"
    MENTIONED = "mentioned"
    NOBODY = "nobody"


class PostQuerySet(models.QuerySet["Post"]):
    """How posts are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those whose audience reaches this viewer, as far as the author lets her come on the side she speaks from."""
        return reaches(self, viewer, owner="author", facet="facet")

    def with_author(self) -> Self:
        """The author in the same query."""
        return self.select_related("author")


class Post(models.Model):
    """A text for the people its author chose, from one side of the author."""

    id = ids.IdField()
    author = models.ForeignKey(Member, models.CASCADE, related_name="posts", db_index=False)
    body = models.CharField(max_length=POST_LIMIT)
    html = models.CharField(max_length=POST_LIMIT * HTML_FACTOR)
    audience = models.SmallIntegerField(choices=Level, default=Level.CONNECTIONS)
    facet = models.CharField(max_length=12, choices=Facet, default=Facet.PROFESSIONAL)
    commenting = models.CharField(max_length=12, choices=Commenting, default=Commenting.ANYONE)
    edited_at = models.DateTimeField(null=True, blank=True)
    reaction_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(
        null=True, blank=True, help_text="Of the form that made it: a double submit is one post."
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["author", "-id"], include=["audience", "facet"], name="feed_timeline"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="feed_post_once"),
            models.CheckConstraint(condition=~Q(body=""), name="feed_post_says_something"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def path(self) -> str:
        """The post's own page."""
        return f"/posts/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was posted."""
        return ids.instant(self.id)


class CommentQuerySet(models.QuerySet["Comment"]):
    """How comments are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those under a post this viewer sees, written by someone neither blocked nor suspended.

        A reply stands and falls with the comment it replies to.
        """
        posts = Post.objects.visible_to(viewer).filter(pk=models.OuterRef("post"))
        above = written_by_visible(Comment.objects.filter(pk=models.OuterRef("parent")), viewer, owner="author")
        seen = self.filter(models.Exists(posts)).filter(Q(parent=None) | models.Exists(above))
        return written_by_visible(seen, viewer, owner="author")


class Comment(models.Model):
    """Something said under a post; `parent` is the comment it replies to, one level deep."""

    id = ids.IdField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(Member, models.CASCADE, related_name="comments")
    body = models.CharField(max_length=COMMENT_LIMIT)
    html = models.CharField(max_length=COMMENT_LIMIT * HTML_FACTOR)
    edited_at = models.DateTimeField(null=True, blank=True)
    reaction_count = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(null=True, blank=True)
    # How many reactions its reader may know of; set by `unseen.count_reactions`, not a column.
    felt: int

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["post", "id"], include=["author", "parent"], name="feed_thread")]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="feed_comment_once"),
            models.CheckConstraint(condition=~Q(body=""), name="feed_comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def path(self) -> str:
        """The comment's place on its post's page."""
        return f"/comments/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was said."""
        return ids.instant(self.id)


class Reaction(models.Model):
    """One person's reaction to one post or one comment."""

    class Kind(models.TextChoices):
        LIKE = "like"
        CELEBRATE = "celebrate"
        SUPPORT = "support"
        LOVE = "love"
        INSIGHTFUL = "insightful"
        FUNNY = "funny"

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="reactions", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="reactions")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="reactions")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="feed_one_reaction_a_post"),
            models.UniqueConstraint(fields=["member", "comment"], name="feed_one_reaction_a_comment"),
            models.CheckConstraint(
                condition=Q(post__isnull=False, comment__isnull=True) | Q(post__isnull=True, comment__isnull=False),
                name="feed_reaction_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Topic(models.Model):
    """A #topic that somebody wrote about; `slug` is the folded form under which spellings meet."""

    id = ids.IdField()
    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)

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


class Mix(models.Model):
    """What one member wants of the two sides of others, and how far down she has read."""

    class Sides(models.TextChoices):
        PROFESSIONAL = "professional"
        BOTH = "both"

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="mix")
    sides = models.CharField(max_length=12, choices=Sides, default=Sides.BOTH)
    one_in = models.SmallIntegerField(default=1, help_text="At most one personal post in this many; 1 is no cap.")
    seen = models.BigIntegerField(default=0, help_text="The newest post on the home page when it was last read.")

    def __str__(self) -> str:
        return f"{self.sides}, one in {self.one_in}"
