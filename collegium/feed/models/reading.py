"""What one member wants to read, and what she keeps."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from collegium.feed.models.naming import Topic
from collegium.feed.models.posts import Post
from collegium.lib import clock, ids
from collegium.members.models import Member

WORD = 80


class Mix(models.Model):
    """What one member wants of the two sides of others, in which order, and how far down she has read.

    Whom she chose sides of by name is in `models.sides.Wanted`; the mix speaks for everybody else.
    """

    class Sides(models.TextChoices):
        PROFESSIONAL = "professional"
        BOTH = "both"

    class View(models.TextChoices):
        NEWEST = "newest"
        RANKED = "ranked"

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="mix")
    sides = models.CharField(max_length=12, choices=Sides, default=Sides.PROFESSIONAL)
    one_in = models.SmallIntegerField(default=1, help_text="At most one personal post in this many; 1 is no cap.")
    view = models.CharField(max_length=12, choices=View, default=View.NEWEST, db_default=View.NEWEST)
    weights = models.JSONField(default=dict, db_default={}, help_text="Term of the published formula to its weight.")
    no_machines = models.BooleanField(
        default=False, db_default=False, help_text="Posts that their authors say a machine wrote are left out."
    )
    seen = models.BigIntegerField(default=0, help_text="The newest post on the home page when it was last read.")

    def __str__(self) -> str:
        return f"{self.sides}, one in {self.one_in}"


class Saved(models.Model):
    """A post somebody keeps for later; nobody else learns of it."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="saved_posts", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="feed_saved_once")]
        indexes = [models.Index(fields=["member", "-id"], name="feed_saved_of")]

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.post_id}"

    @property
    def since(self) -> datetime:
        """When it was kept."""
        return ids.instant(self.id)


class Quiet(models.Model):
    """What a member does not want at home: a post, a word, a topic; until a time, or for good.

    People are muted by distance (`ties.models.Distance`). Nobody learns of either.
    """

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="quiets", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    word = models.CharField(max_length=WORD, blank=True, help_text="Folded; a word or some words in a row.")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "post", "topic", "word"], nulls_distinct=False, name="feed_quiet_once"
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False, topic=None, word="")
                | Q(post=None, topic__isnull=False, word="")
                | (Q(post=None, topic=None) & ~Q(word="")),
                name="feed_quiet_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.word or f"{self.topic_id or self.post_id}"

    @property
    def is_over(self) -> bool:
        """Its time has run out."""
        return self.until is not None and self.until <= clock.now()


class TopicFollow(models.Model):
    """A member reads what is posted about a topic by whoever lets her see it."""

    pk = models.CompositePrimaryKey("member_id", "topic_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="followed_topics", db_index=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.member_id} follows {self.topic_id}"


class Expiry(models.Model):
    """The rule by which one member's old posts delete themselves, with its exceptions."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="expiry")
    days = models.PositiveIntegerField(help_text="A post is deleted so many days after it was made.")
    loved = models.PositiveIntegerField(null=True, blank=True, help_text="Posts with so many reactions stay.")
    discussed = models.PositiveIntegerField(null=True, blank=True, help_text="Posts with so many comments stay.")
    keeps_pinned = models.BooleanField(default=True, db_default=True, help_text="What stands on the own profile stays.")
    keeps_saved = models.BooleanField(default=True, db_default=True, help_text="What the author saved herself stays.")
    keeps_articles = models.BooleanField(default=True, db_default=True, help_text="Articles stay.")
    keeps_brought = models.BooleanField(default=True, db_default=True, help_text="What was first said elsewhere stays.")
    since = models.DateTimeField(help_text="When the rule was last changed; it begins to delete a day after.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="feed_expiry_in_days")]

    def __str__(self) -> str:
        return f"after {self.days} days"
