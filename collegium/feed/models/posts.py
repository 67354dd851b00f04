"""Posts: whose, for whom, and what hangs on them."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, cast

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from collegium.audience import rule
from collegium.audience.level import Level
from collegium.audience.rule import IN_PLACE, MEMBER, closeness
from collegium.feed.models import selections
from collegium.feed.models.placing import InPlace, PlaceState
from collegium.groups.models import Group
from collegium.lib import ids
from collegium.members.models import Fold, Member
from collegium.organizations.models import Organization

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

POST_LIMIT = 5000
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


class Origin(models.TextChoices):
    """Where something was first said, when not here."""

    HERE = "", _("here")
    LINKEDIN = "linkedin", "LinkedIn"


class Selection(models.IntegerChoices):
    """Whether people are named beside the level of a post (`models.selections.Selected`)."""

    NONE = 0
    EXCEPT = 1  # the level, without these
    ONLY = 2  # these alone, as far as the level lets them


class PostQuerySet(models.QuerySet["Post"]):
    """How posts are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those whose audience reaches this viewer, as far as the author lets her come on the side she speaks from.

        And those to which she was asked by name, and those in a place where she reads (`models.placing`).

        What deletes itself is gone at its hour, whenever the sweep comes; the database says what time it is, for this
        stands in statements that are written out once.
        """
        near = self.alias(near=closeness(viewer, "author", facet="facet"))
        reached = Q(near__gte=F("audience")) & Q(selections.passes(viewer))
        if viewer:
            reached |= Q(near__gte=MEMBER) & Q(selections.invited(viewer))
        placed = Q(audience=IN_PLACE) & Q(InPlace(viewer))
        return near.filter(reached | placed).filter(Q(ends_at=None) | Q(ends_at__gt=Now()))

    def with_author(self) -> Self:
        """Who speaks, the author or a page, and the facet of the author's own that does, in the same query."""
        return self.select_related("author", "side", "page")


class Post(models.Model):
    """Something said to the people its author chose, from one side of the author.

    What else hangs on it (pictures, a poll, the preview of a link) belongs to rooms above; `has_parts` says whether
    anything does (`feed.attachments`).
    """

    id = ids.IdField()
    author = models.ForeignKey(
        Member,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="posts",
        db_index=False,
        help_text="Whose words; nobody's where a page speaks, so that nothing a person is asked for finds it.",
    )
    body = models.CharField(max_length=POST_LIMIT, blank=True)
    html = models.CharField(max_length=POST_LIMIT * HTML_FACTOR, blank=True)
    has_parts = models.BooleanField(default=False, db_default=False)
    audience = models.SmallIntegerField(choices=Level, default=Level.CONNECTIONS)
    selection = models.SmallIntegerField(choices=Selection, default=Selection.NONE, db_default=0)
    facet = models.CharField(max_length=12, choices=Facet, default=Facet.PROFESSIONAL)
    side = models.ForeignKey(
        "feed.Side",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="The facet of the author's own that speaks, within one of the two.",
    )
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="posts", db_index=False, help_text="On whose wall."
    )
    place_state = models.SmallIntegerField(choices=PlaceState, default=PlaceState.SHOWN, db_default=0)
    page = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="posts",
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
    origin = models.CharField(
        max_length=12, choices=Origin, blank=True, default="", db_default="", help_text="Where it was first said."
    )
    stays = models.BooleanField(
        default=False, db_default=False, help_text="The rule that deletes old posts leaves it alone."
    )
    commenting = models.CharField(max_length=12, choices=Commenting, default=Commenting.ANYONE)
    approving = models.BooleanField(
        default=False, db_default=False, help_text="Comments wait until the author lets them in."
    )
    slow_seconds = models.PositiveIntegerField(
        default=0, db_default=0, help_text="One comment a person in so many seconds."
    )
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Nobody comments after this.")
    pinned = models.ForeignKey(
        "feed.Comment", models.SET_NULL, null=True, blank=True, related_name="+", help_text="Stands first below."
    )
    machine = models.BooleanField(default=False, db_default=False, help_text="The author says that a machine wrote it.")
    ends_at = models.DateTimeField(null=True, blank=True, help_text="It deletes itself then.")
    edited_at = models.DateTimeField(null=True, blank=True)
    reaction_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(
        null=True, blank=True, help_text="Of the form that made it: a double submit is one post."
    )

    # What it is called where it has no words; set by `titles.give`, not a column.
    instead: str

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["author", "-id"], include=["audience", "facet", "selection", "side"], name="feed_timeline"
            ),
            models.Index(
                fields=["group", "-id"],
                include=["author", "facet"],
                condition=Q(group__isnull=False, place_state=0),
                name="feed_in_group",
            ),
            models.Index(
                fields=["group", "id"], condition=Q(group__isnull=False, place_state__gt=0), name="feed_kept_back"
            ),
            GinIndex(
                F("group"),
                OpClass(Fold("body"), "gin_trgm_ops"),
                condition=Q(group__isnull=False, place_state=0),
                name="feed_words_in_group",
                gin_pending_list_limit=512,
            ),
            models.Index(fields=["page", "-id"], condition=Q(page__isnull=False), name="feed_of_page"),
            models.Index(fields=["written_by"], condition=Q(written_by__isnull=False), name="feed_post_by"),
            models.Index(fields=["side"], condition=Q(side__isnull=False), name="feed_from_side"),
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="feed_ending"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "form_key"], name="feed_post_once"),
            models.UniqueConstraint(
                fields=["page", "form_key"], condition=Q(page__isnull=False), name="feed_post_of_page_once"
            ),
            models.CheckConstraint(
                condition=Q(page=None, author__isnull=False, written_by=None) | Q(page__isnull=False, author=None),
                name="feed_post_has_one_voice",
            ),
            models.CheckConstraint(condition=~Q(body="") | Q(has_parts=True), name="feed_post_says_something"),
            models.CheckConstraint(
                condition=Q(audience=IN_PLACE, group__isnull=False, page=None)
                | Q(audience=IN_PLACE, group=None, page__isnull=False)
                | Q(audience__lt=IN_PLACE, group=None, page=None),
                name="feed_post_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(place_state=0) | Q(group__isnull=False), name="feed_post_waits_in_a_group"
            ),
            models.CheckConstraint(
                condition=Q(selection=0) | Q(audience__gte=Level.MEMBERS), name="feed_post_selects_members"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def speaker(self) -> Member | Organization:
        """Who says it to everybody: the page, or the author."""
        return self.page or cast(Member, self.author)

    @property
    def path(self) -> str:
        """The post's own page."""
        return f"/posts/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was posted."""
        return ids.instant(self.id)
