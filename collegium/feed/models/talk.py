"""What people say under posts, and how they react."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, cast

from django.db import models
from django.db.models import Q

from collegium.audience.rule import PUBLIC, closeness
from collegium.feed.models.placing import OfPage
from collegium.feed.models.posts import HTML_FACTOR, Origin, Post
from collegium.lib import ids
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.pages.models.roles import SPEAKING, Role

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

COMMENT_LIMIT = 1250


class State(models.IntegerChoices):
    """Whether a comment stands under its post."""

    SHOWN = 0
    WAITING = 1  # for the author of the post, who lets comments in one by one
    HIDDEN = 2  # by the author of the post, or by one of those who keep the conversation with her
    REFUSED = 3  # by the same, before it was ever shown; its writer was told
    GONE = 4  # deleted, words and all; its place stays for the replies that were shown under it


# What a reply can stand under.
STANDING = (State.SHOWN, State.GONE)


class CommentQuerySet(models.QuerySet["Comment"]):
    """How comments are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those under a post this viewer sees, written by someone neither blocked nor suspended.

        A reply stands and falls with the comment it replies to. What is not shown its writer sees alone, and replies
        that were shown under it; where it waits, those who keep the conversation ask `feed.talking.queues`.
        """
        posts = Post.objects.visible_to(viewer).filter(pk=models.OuterRef("post"))
        above = heard(Comment.objects.filter(pk=models.OuterRef("parent")), viewer)
        under = Q(parent=None) | Q(parent__state__in=STANDING)
        own = Q(pk=None)
        if viewer.id:
            under |= Q(parent__author=viewer.id)
            own = (Q(author=viewer.id) | Q(_said_for(viewer))) & ~Q(state=State.GONE)
        shown = (Q(state=State.SHOWN) | own) & under
        seen = self.filter(models.Exists(posts)).filter(Q(parent=None) | models.Exists(above)).filter(shown)
        return cast(Self, heard(seen, viewer))


def heard(rows: "CommentQuerySet", viewer: "Viewer") -> "CommentQuerySet":
    """Those of people neither blocked nor suspended, and of pages, as long as they are pages."""
    near = rows.alias(near_writer=closeness(viewer, "author", second=False))
    return near.filter(Q(page=None, near_writer__gte=PUBLIC) | Q(OfPage("page_id")))


def _said_for(viewer: "Viewer") -> models.Exists:
    """What is said by a page for which the viewer may speak."""
    return models.Exists(Role.objects.filter(organization=models.OuterRef("page"), member=viewer.id, part__in=SPEAKING))


class Comment(models.Model):
    """Something said under a post; `parent` is the comment it replies to, one level deep."""

    id = ids.IdField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="comments")
    page = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        db_index=False,
        help_text="Which organisation speaks, instead of an author.",
    )
    written_by = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Who wrote for the page; told to those who work on it alone.",
    )
    state = models.SmallIntegerField(choices=State, default=State.SHOWN, db_default=0)
    body = models.CharField(max_length=COMMENT_LIMIT)
    html = models.CharField(max_length=COMMENT_LIMIT * HTML_FACTOR)
    origin = models.CharField(max_length=12, choices=Origin, blank=True, default="", db_default="")
    edited_at = models.DateTimeField(null=True, blank=True)
    reaction_count = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(null=True, blank=True)
    # How many reactions its reader may know of; set by `unseen.count_reactions`, not a column.
    felt: int

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["post", "id"], include=["author", "parent"], name="feed_thread"),
            models.Index(fields=["page"], condition=Q(page__isnull=False), name="feed_comment_of_page"),
            models.Index(fields=["written_by"], condition=Q(written_by__isnull=False), name="feed_comment_by"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="feed_comment_once"),
            models.UniqueConstraint(
                fields=["page", "form_key"], condition=Q(page__isnull=False), name="feed_comment_of_page_once"
            ),
            models.CheckConstraint(
                condition=Q(page=None, author__isnull=False, written_by=None) | Q(page__isnull=False, author=None),
                name="feed_comment_has_one_voice",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="feed_comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def speaker(self) -> Member | Organization:
        """Who says it to everybody: the page, or the author."""
        return self.page or cast(Member, self.author)

    @property
    def path(self) -> str:
        """The comment's place on its post's page."""
        return f"/comments/{self.id}/"

    @property
    def is_shown(self) -> bool:
        """Whether others read it."""
        return self.state == State.SHOWN

    @property
    def is_gone(self) -> bool:
        """Whether it was deleted, and its place alone is left."""
        return self.state == State.GONE

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


class Cohost(models.Model):
    """Somebody who keeps the conversation under a post in order, beside its author, who asked her to."""

    pk = models.CompositePrimaryKey("post_id", "member_id")
    post = models.ForeignKey(Post, models.CASCADE, related_name="cohosts", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.post_id}"
