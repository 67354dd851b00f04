"""One person asks another for a recommendation.

    ask ──► open ──write──► written
             │ ▲
     decline ▼ │ reopen (undo)       open, declined ──withdraw──► withdrawn
           declined

To the asker open and declined are one thing: "asked on …". A reminder of a declined one does not arrive.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from collegium.audience.rule import PUBLIC, closeness
from collegium.career.models import Item
from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.ties.models import Connection
from collegium.vouching.models.recommendations import NOTE_LIMIT, Relationship

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

REMIND_AFTER = timedelta(days=7)
MOST_STANDING = 20


class RequestQuerySet(models.QuerySet["RecommendationRequest"]):
    """How requests are asked for. They end with the connection, judged when read."""

    def standing(self) -> Self:
        """Those neither answered nor withdrawn, in the eyes of the asker; between people still connected."""
        tied = Connection.objects.filter(member=OuterRef("asker"), other=OuterRef("writer"))
        return self.filter(Exists(tied), state__in=RecommendationRequest.STANDING)

    def to(self, viewer: "Viewer") -> Self:
        """Those that wait for the viewer's words."""
        return self.answerable_by(viewer).filter(state=RecommendationRequest.State.OPEN)

    def answerable_by(self, viewer: "Viewer") -> Self:
        """Those too that the viewer has declined, and may take up again."""
        met = self.alias(met=closeness(viewer, "asker", second=False)).filter(met__gte=PUBLIC)
        return met.standing().filter(writer=viewer.id)

    def by(self, viewer: "Viewer") -> Self:
        """Those the viewer waits for, the declined among them."""
        met = self.alias(met=closeness(viewer, "writer", second=False)).filter(met__gte=PUBLIC)
        return met.standing().filter(asker=viewer.id)

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those that the viewer sent or has to answer."""
        mine = (RecommendationRequest.objects.to(viewer), RecommendationRequest.objects.by(viewer))
        return self.filter(
            Exists(mine[0].filter(pk=OuterRef("pk"))) | Exists(mine[1].filter(pk=OuterRef("pk"))),
        )

    def with_people(self) -> Self:
        """Both people and the position in the same query."""
        return self.select_related("asker", "writer", "item", "item__organization")


class RecommendationRequest(models.Model):
    """Somebody asks for a recommendation, with a note, how she sees their relation, and about which position."""

    class State(models.TextChoices):
        """Where it stands; see the top of this file."""

        OPEN = "open"
        DECLINED = "declined"
        WRITTEN = "written"
        WITHDRAWN = "withdrawn"

    STANDING = (State.OPEN, State.DECLINED)

    id = ids.IdField()
    asker = models.ForeignKey(Member, models.CASCADE, related_name="recommendations_asked", db_index=False)
    writer = models.ForeignKey(Member, models.CASCADE, related_name="recommendations_wished", db_index=False)
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Position of the asker."
    )
    relationship = models.CharField(max_length=12, choices=Relationship, blank=True)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["writer", "-id"], condition=Q(state="open"), name="vouching_requests_to"),
            models.Index(fields=["asker", "-id"], name="vouching_requests_by"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "writer"], condition=Q(state__in=["open", "declined"]), name="vouching_asked_once"
            ),
            models.CheckConstraint(condition=~Q(asker=F("writer")), name="vouching_asked_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} asks {self.writer_id}"

    @property
    def path(self) -> str:
        """Its address, under which its answers lie."""
        return f"/vouching/requests/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was sent."""
        return ids.instant(self.id)

    @property
    def remind_from(self) -> datetime:
        """From when on the one reminder is welcome."""
        return self.created_at + REMIND_AFTER

    @property
    def is_remindable(self) -> bool:
        """Whether the one reminder may be sent now."""
        return self.reminded_at is None and self.remind_from <= clock.now()
