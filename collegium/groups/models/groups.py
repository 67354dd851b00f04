"""Groups: what they are called, who finds them, who reads in them, and how one comes in."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from collegium.lib import ids
from collegium.media import carriers
from collegium.members.models import Fold

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

NAME_LIMIT, LINE_LIMIT, PLACE_LIMIT = 100, 200, 100
ABOUT_LIMIT, RULES_LIMIT, WELCOME_LIMIT = 5000, 5000, 2000


class Visibility(models.TextChoices):
    """Who finds the group, and who reads in it."""

    PUBLIC = "public", _("Public")  # everybody finds it and reads in it
    PRIVATE = "private", _("Private")  # members of the community find it, its own members read in it
    UNLISTED = "unlisted", _("Unlisted")  # its own members alone know of it, and whom they invited


class Joining(models.TextChoices):
    """How one comes in."""

    OPEN = "open", _("Anyone may join")
    REQUEST = "request", _("On request")
    INVITATION = "invitation", _("By invitation")


class Posting(models.TextChoices):
    """Who may post."""

    MEMBERS = "members", _("All members")
    MODERATORS = "moderators", _("Those who keep the group")


class GroupQuerySet(models.QuerySet["Group"]):
    """How groups are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those the viewer may know of: what they are for and how one comes in. What is said in them is `read_by`."""
        if not viewer:
            return self.filter(visibility=Visibility.PUBLIC)
        from collegium.groups.models.doors import Invitation  # noqa: PLC0415 - the doors point at groups

        inside, asked = _seats(viewer), Invitation.objects.standing().filter(group=OuterRef("pk"), member=viewer.id)
        return self.filter(~Q(visibility=Visibility.UNLISTED) | Exists(inside) | Exists(asked))

    def read_by(self, viewer: "Viewer") -> Self:
        """Those in which the viewer reads: public ones, and those she is in. `groups.sight` says it for posts."""
        open_to_all = Q(visibility=Visibility.PUBLIC)
        return self.filter(open_to_all | Exists(_seats(viewer)) if viewer else open_to_all)


def _seats(viewer: "Viewer") -> models.QuerySet[models.Model]:
    from collegium.groups.models.memberships import Membership  # noqa: PLC0415 - memberships point at groups

    return Membership.objects.filter(group=OuterRef("pk"), member=viewer.id)


class Group(models.Model):
    """A circle of people around something; its own address, its own rules, kept by some of its members."""

    id = ids.IdField()
    handle = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=NAME_LIMIT)
    line = models.CharField(max_length=LINE_LIMIT, blank=True, help_text="What it is about, in one line.")
    about = models.CharField(max_length=ABOUT_LIMIT, blank=True)
    rules = models.CharField(max_length=RULES_LIMIT, blank=True, help_text="Accepted by everyone who joins.")
    rules_at = models.DateTimeField(null=True, blank=True, help_text="When the rules last changed.")
    welcome = models.CharField(max_length=WELCOME_LIMIT, blank=True, help_text="What somebody new reads first.")
    place = models.CharField(max_length=PLACE_LIMIT, blank=True)
    photo = models.CharField(max_length=64, blank=True, help_text="Key of the stored picture (see media).")
    cover = models.CharField(max_length=64, blank=True, help_text="As above.")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    joining = models.CharField(max_length=10, choices=Joining, default=Joining.OPEN)
    posting = models.CharField(max_length=10, choices=Posting, default=Posting.MEMBERS)
    approving = models.BooleanField(default=False, help_text="Posts of members wait until somebody lets them in.")
    on_topic = models.BooleanField(
        default=False, help_text="A post about none of the group's topics is asked back before it waits."
    )
    members_invite = models.BooleanField(default=True, help_text="Every member may invite, not its keepers alone.")
    member_count = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="Closed: it is read, and nothing happens in it any more."
    )
    folded_name = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    folded_words = models.GeneratedField(
        expression=Fold(Concat("name", models.Value(" "), "line", models.Value(" "), "place")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["folded_name"], name="groups_name", opclasses=["text_pattern_ops"]),
            models.Index(fields=["-member_count", "-id"], name="groups_by_size"),
            GinIndex(fields=["folded_words"], name="groups_trigram", opclasses=["gin_trgm_ops"]),
            models.Index(Fold("place"), name="groups_by_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="groups_has_a_name"),
            models.CheckConstraint(condition=Q(handle__regex=r"^[a-z0-9][a-z0-9-]*$"), name="groups_handle_form"),
            models.CheckConstraint(
                condition=~Q(visibility="unlisted") | Q(joining="invitation"), name="groups_unlisted_by_invitation"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where its wall is."""
        return f"/groups/{self.handle}/"

    @property
    def kind(self) -> str:
        """What `ui.avatar` cuts its face by."""
        return "group"

    @property
    def photo_url(self) -> str:
        """Address of the photo as lists show it; empty without one, and the drawn face stands in."""
        return carriers.address("groups", self.pk, "photo", self.photo, 192) if self.photo else ""

    @property
    def cover_url(self) -> str:
        """Address of the wide picture on top of its pages; empty without one."""
        return carriers.address("groups", self.pk, "cover", self.cover, 1600) if self.cover else ""

    @property
    def topic(self) -> str:
        """What open pages of it wait for (`realtime.poke`)."""
        return f"group-{self.pk}"

    @property
    def founded_at(self) -> datetime:
        """When it was founded."""
        return ids.instant(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether anything still happens in it."""
        return self.ended_at is None
