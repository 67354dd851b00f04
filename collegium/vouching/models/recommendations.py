"""Words one person writes for another's profile.

    write ──► waiting ──approve──► shown ──hide──► hidden ──approve──► shown
               │   ▲ ▲                                ▲
               │   │ └───────edit──────── returned ───┤ hide
               │   │                          ▲  │    │
               │   └──────────────────────────┼──┘    │
               ├─────────────return───────────┘       │
               └─────────────hide─────────────────────┘

    state       the recipient's page           everybody else's page     the author is told
    waiting     "to approve"                   nothing                   "not on the profile"
    returned    "returned", with the remark    nothing                   "returned", with the remark
    shown       the text                       the approved text         "on the profile"
    hidden      "hidden"                       nothing                   "not on the profile"

Whatever the state, the author may take it back: the row is deleted, and nothing of it is left anywhere. An edit of what
is shown waits as a `draft` beside the approved text, which stays on the page until the draft is approved; an edit of
anything else replaces the text. What is hidden stays hidden when it is edited, and nobody is told of either. Each edit
raises `version`, and approving names the version that was read, so that nobody approves words she has not seen.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from collegium.audience import people
from collegium.audience.rule import PUBLIC, closeness
from collegium.career.models import Item, level_of
from collegium.career.sections import Part
from collegium.lib import ids
from collegium.members.models import Member
from collegium.ties.models import blocks_between

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

BODY_LIMIT = 3000
NOTE_LIMIT = 500


class Relationship(models.TextChoices):
    """How the author of a recommendation knows the recipient; what each says in words is in `phrases`."""

    MANAGER = "manager", _("Manager")
    REPORT = "report", _("Direct report")
    TEAM = "team", _("Colleague in the same team")
    COLLEAGUE = "colleague", _("Colleague in another team")
    CLIENT = "client", _("Client")
    SUPPLIER = "supplier", _("Supplier")
    PARTNER = "partner", _("Business partner")
    TEACHER = "teacher", _("Teacher")
    STUDENT = "student", _("Student")
    CLASSMATE = "classmate", _("Fellow student")
    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")
    VOLUNTEER = "volunteer", _("Fellow volunteer")
    OTHER = "other", _("Something else")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """How recommendations are asked for."""

    def standing_for(self, viewer: "Viewer") -> Self:
        """Without those whose author the viewer may not meet, and those between two of whom one blocked the other."""
        return (
            self.alias(met=closeness(viewer, "author", second=False))
            .filter(met__gte=PUBLIC)
            .filter(~Exists(blocks_between(OuterRef("author"), OuterRef("recipient"))))
        )

    def on_profile(self, viewer: "Viewer") -> Self:
        """Those shown on profiles that are known to open to this viewer."""
        return (
            self.standing_for(viewer)
            .filter(state=Recommendation.State.SHOWN)
            .filter(Q(met__gte=F("author__visibility")) | Q(author=viewer.id))
            .alias(near=closeness(viewer, "recipient"), level=level_of(Part.RECOMMENDATIONS, owner="recipient_id"))
            .filter(near__gte=F("level"))
        )

    def shown_to(self, viewer: "Viewer") -> Self:
        """Those on the profiles of people, as this viewer finds them there."""
        return self.on_profile(viewer).filter(Exists(people.visible_to(viewer).filter(pk=OuterRef("recipient"))))

    def visible_to(self, viewer: "Viewer") -> Self:
        """What is shown, and in any state what the viewer wrote or was written for her."""
        shown, received, given = (
            rows.filter(pk=OuterRef("pk"))
            for rows in (
                Recommendation.objects.shown_to(viewer),
                Recommendation.objects.received(viewer),
                Recommendation.objects.given(viewer),
            )
        )
        return self.filter(Exists(shown) | Exists(received) | Exists(given))

    def received(self, viewer: "Viewer") -> Self:
        """Those written for the viewer. People she may not look up show here too: she must be able to hide them."""
        return self.standing_for(viewer).filter(recipient=viewer.id)

    def given(self, viewer: "Viewer") -> Self:
        """Those the viewer wrote, for people she may meet."""
        near = closeness(viewer, "recipient", second=False)
        return self.filter(author=viewer.id).alias(met=near).filter(met__gte=PUBLIC)

    def with_people(self) -> Self:
        """Author, recipient and position in the same query."""
        return self.select_related("author", "recipient", "item", "item__organization")


class Recommendation(models.Model):
    """What somebody writes of somebody else, about one of her positions or in general."""

    class State(models.TextChoices):
        """Where it stands; see the top of this file."""

        WAITING = "waiting"
        RETURNED = "returned"
        SHOWN = "shown"
        HIDDEN = "hidden"

    id = ids.IdField()
    recipient = models.ForeignKey(Member, models.CASCADE, related_name="recommendations", db_index=False)
    author = models.ForeignKey(Member, models.CASCADE, related_name="recommendations_given", db_index=False)
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="recommendations", help_text="Of the recipient."
    )
    general = models.BooleanField(
        default=False, help_text="Written about no position; a position may be deleted, and leaves the words behind."
    )
    relationship = models.CharField(max_length=12, choices=Relationship)
    body = models.CharField(max_length=BODY_LIMIT)
    draft = models.CharField(max_length=BODY_LIMIT, blank=True, help_text="An edit of what is shown, not yet approved.")
    draft_relationship = models.CharField(max_length=12, choices=Relationship, blank=True)
    remark = models.CharField(max_length=NOTE_LIMIT, blank=True, help_text="What the recipient asks to change.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    approved_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "state", "-id"], name="vouching_recommended"),
            models.Index(fields=["author", "-id"], name="vouching_recommendations_by"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "recipient", "item"], name="vouching_recommended_once"),
            models.UniqueConstraint(
                fields=["author", "recipient"], condition=Q(general=True), name="vouching_recommended_once_in_general"
            ),
            models.CheckConstraint(condition=~Q(author=F("recipient")), name="vouching_recommended_not_oneself"),
            models.CheckConstraint(condition=~Q(body=""), name="vouching_recommends_something"),
            models.CheckConstraint(condition=Q(draft="") | Q(state="shown"), name="vouching_draft_of_what_is_shown"),
            models.CheckConstraint(
                condition=Q(draft="", draft_relationship="") | ~Q(draft="") & ~Q(draft_relationship=""),
                name="vouching_draft_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} recommends {self.recipient_id}"

    @property
    def path(self) -> str:
        """Its address, under which its answers lie."""
        return f"/vouching/recommendations/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return ids.instant(self.id)

    @property
    def newest(self) -> str:
        """The words as the author last left them."""
        return self.draft or self.body

    @property
    def newest_relationship(self) -> str:
        """The relationship as the author last stated it."""
        return self.draft_relationship or self.relationship

    @property
    def asks(self) -> bool:
        """Whether there is something the recipient has not answered yet."""
        return self.state == self.State.WAITING or bool(self.draft and not self.remark)

    @property
    def is_returned(self) -> bool:
        """Whether the recipient asks for a change, of the whole or of the draft."""
        return self.state == self.State.RETURNED or bool(self.draft and self.remark)
