"""Newsletters: whose they are, who reads them, which articles are their issues, and who was sent which."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from collegium.articles.models import Article
from collegium.audience import people
from collegium.lib import ids
from collegium.members.models import Member
from collegium.ties.models import blocks_between

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

NAME_LIMIT, SLUG_LIMIT, RHYTHM_LIMIT, ABOUT_LIMIT = 80, 80, 60, 600
# So many of one member that have not ended.
MOST = 20


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """How newsletters are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of people whose page the viewer may open."""
        return self.filter(owner__in=people.visible_to(viewer).values("pk"))

    def going_on(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)


class Newsletter(models.Model):
    """A series of articles under a name, which members ask to be sent.

    It has no audience of its own: it is seen with its owner, and each issue by whoever sees the post it hangs on.
    """

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="newsletters", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    slug = models.CharField(max_length=SLUG_LIMIT, blank=True)
    about = models.CharField(max_length=ABOUT_LIMIT, blank=True, help_text="What it is about, and for whom.")
    rhythm = models.CharField(
        max_length=RHYTHM_LIMIT, blank=True, help_text='In its owner\'s words: "every other week".'
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="newsletters_of")]
        constraints = [
            models.UniqueConstraint("owner", Lower("name"), name="newsletters_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="newsletters_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def here(self) -> str:
        """Where everything about it begins."""
        return f"/newsletters/{self.pk}/"

    @property
    def path(self) -> str:
        """Its own page."""
        return f"{self.here}{quote(self.slug or '-', safe='')}/"

    @property
    def goes_on(self) -> bool:
        """Whether there may be another issue."""
        return self.ended_at is None


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """How subscriptions are asked for."""

    def standing(self) -> Self:
        """Those that count now: the reader in good standing, and no block between her and the owner."""
        parted = blocks_between(OuterRef("newsletter__owner"), OuterRef("member"))
        return self.filter(member__standing=Member.Standing.ACTIVE).exclude(Exists(parted))


class Subscription(models.Model):
    """A member asked to be sent a newsletter. Its owner learns who she is; the other readers do not."""

    id = ids.IdField()
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="subscriptions", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="subscriptions")
    by_mail = models.BooleanField(default=False, help_text="In the app she is told in any case.")
    shares_address = models.BooleanField(default=False, help_text="The owner may see and export her mail address.")

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newsletter", "member"], name="newsletters_subscribed_once")]

    def __str__(self) -> str:
        return f"{self.member_id} reads {self.newsletter_id}"

    @property
    def since(self) -> datetime:
        """When she asked for it."""
        return ids.instant(self.id)


class Issue(models.Model):
    """An article in a series. Who sees it is said by the post of the article alone."""

    id = ids.IdField()
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="issues", db_index=False)
    article = models.OneToOneField(Article, models.CASCADE, related_name="issue")
    number = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When the last subscriber was reached.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newsletter", "number"], name="newsletters_numbered_once")]

    def __str__(self) -> str:
        return f"{self.newsletter_id} no. {self.number}"


class Delivery(models.Model):
    """One issue on its way to one subscriber. The pair is the key: nobody gets an issue twice.

    `begun_at` is written and committed before the mail leaves, and what was begun is never begun again, unless the
    mail server said that it did not take it for now.
    """

    pk = models.CompositePrimaryKey("issue_id", "member_id")
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    by_mail = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    tries = models.SmallIntegerField(default=0, help_text="How often a mail server refused it for now.")
    due_at = models.DateTimeField(null=True, blank=True, help_text="When it is tried again.")

    class Meta:
        indexes = [
            models.Index(
                fields=["issue", "member"], condition=Q(by_mail=True, begun_at=None), name="newsletters_to_mail"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} to {self.member_id}"
