"""Somebody asks a second to introduce her to a third.

The life of such a letter (what the asker sees in brackets):

    asked ──pass on──► forwarded ──accept──► accepted [a conversation of the three, among the messages]
      │                    └── decline ────► declined [still waiting]
      ├── decline ───────► kept               [still waiting]
      ├── withdraw, from whatever looks like waiting ──► withdrawn
      └── a connection under it ends, or the two connect ──► ended [gone]

A decline can be taken back by the one who said it (kept ──► asked, declined ──► forwarded). After `EXPIRES_AFTER` what
looks like waiting has run out, whatever its state, and without clockwork: it is judged when read.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.messaging.models import Conversation
from collegium.ties.models import Connection, Disclaimer, blocks_between

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

EXPIRES_AFTER = timedelta(days=30)
NOTE_LIMIT = 600
ANSWER_LIMIT = 300
PAIRS = (("asker", "introducer"), ("introducer", "target"), ("asker", "target"))


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """What each of the three may know of; judged when read."""

    def waiting(self) -> Self:
        """In the eyes of the asker: neither accepted nor withdrawn nor run out, the declined among them."""
        return self.filter(state__in=Introduction.OPEN, id__gte=ids.FloorAgo(EXPIRES_AFTER))

    def alive(self) -> Self:
        """Waiting, and everything under it still holds: three in good standing, two connections, no block, no third."""
        rows = self.waiting().filter(
            asker__standing=Member.Standing.ACTIVE,
            introducer__standing=Member.Standing.ACTIVE,
            target__standing=Member.Standing.ACTIVE,
        )
        for one, other in PAIRS:
            rows = rows.exclude(Exists(blocks_between(OuterRef(one), OuterRef(other))))
        tied = [Exists(Connection.objects.filter(member=OuterRef(one), other=OuterRef(other))) for one, other in PAIRS]
        return rows.filter(tied[0], tied[1]).exclude(tied[2])

    def through(self, member: Member) -> Self:
        """Those this member was asked to pass on and has not declined; those passed on stay with her."""
        return self.alive().filter(introducer=member).exclude(state=Introduction.State.KEPT)

    def to(self, member: Member) -> Self:
        """Those that were passed on to this member and wait for her; nobody's of whom she said not to know them."""
        return self.arrived(member).filter(state=Introduction.State.FORWARDED)

    def arrived(self, member: Member) -> Self:
        """Those too that she has declined, and may take up again."""
        unknown = Disclaimer.objects.filter(member=member, stranger=OuterRef("asker"))
        seen = [Introduction.State.FORWARDED, Introduction.State.DECLINED]
        return self.alive().filter(target=member, state__in=seen).exclude(Exists(unknown))

    def begun(self, viewer: "Viewer") -> Self:
        """Those that became a conversation in which this viewer still is, whomever she meets there."""
        seen = Conversation.objects.visible_to(viewer)
        return self.filter(state=Introduction.State.ACCEPTED, conversation__in=seen)

    def between(self, one: Any, other: Any) -> Self:
        """Those in which both have a part."""
        return self.filter(of(one)).filter(of(other))

    def overdue(self) -> Self:
        """Open in their row, though their time is over."""
        return self.filter(state__in=Introduction.OPEN, id__lt=ids.floor_at(clock.now() - EXPIRES_AFTER))

    def with_people(self) -> Self:
        """All three in the same query."""
        return self.select_related("asker", "introducer", "target")


class Introduction(models.Model):
    """One person asks another to introduce her to a third, with words for both."""

    class State(models.TextChoices):
        ASKED = "asked"
        KEPT = "kept"
        FORWARDED = "forwarded"
        DECLINED = "declined"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"

    OPEN = (State.ASKED, State.KEPT, State.FORWARDED, State.DECLINED)

    id = ids.IdField()
    asker = models.ForeignKey(Member, models.CASCADE, related_name="introductions_asked", db_index=False)
    introducer = models.ForeignKey(Member, models.CASCADE, related_name="introductions_through", db_index=False)
    target = models.ForeignKey(Member, models.CASCADE, related_name="introductions_received", db_index=False)
    to_introducer = models.CharField(max_length=NOTE_LIMIT, blank=True, help_text="For the introducer's eyes alone.")
    to_target = models.CharField(max_length=NOTE_LIMIT, help_text="As the asker wrote it.")
    passed_on = models.CharField(max_length=NOTE_LIMIT, blank=True, help_text="The same, as the introducer sent it on.")
    cover = models.CharField(
        max_length=NOTE_LIMIT, blank=True, help_text="The introducer's words, for the target alone."
    )
    answer = models.CharField(max_length=ANSWER_LIMIT, blank=True, help_text="A courteous no, for the introducer.")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    forwarded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    conversation = models.OneToOneField(
        Conversation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of the three, once there is a yes.",
    )

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asker", "-id"], name="introductions_asked"),
            models.Index(fields=["introducer", "-id"], name="introductions_through"),
            models.Index(fields=["target", "-id"], name="introductions_to"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "target", "introducer"],
                condition=Q(state__in=["asked", "kept", "forwarded", "declined"]),
                name="introductions_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(asker=F("introducer")) & ~Q(introducer=F("target")) & ~Q(asker=F("target")),
                name="introductions_three_people",
            ),
            models.CheckConstraint(condition=~Q(to_target=""), name="introductions_have_words"),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} asks {self.introducer_id} to meet {self.target_id}"

    @property
    def path(self) -> str:
        """Its address, the same for all three."""
        return f"/network/introductions/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was asked."""
        return ids.instant(self.id)

    @property
    def expires_at(self) -> datetime:
        """When it runs out by itself."""
        return self.created_at + EXPIRES_AFTER

    @property
    def edited(self) -> bool:
        """Whether the introducer changed the asker's words."""
        return bool(self.forwarded_at) and self.passed_on != self.to_target

    @property
    def people(self) -> tuple[int, int, int]:
        """The keys of the three."""
        return self.asker_id, self.introducer_id, self.target_id


def of(member: Any) -> Q:
    """In which this member (or key) has a part."""
    return Q(asker=member) | Q(introducer=member) | Q(target=member)
