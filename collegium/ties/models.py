"""Who stands how to whom. Rows only: the verbs are in `network`.

The life of an invitation (sender's view in brackets):

    pending ──accept──► (row gone, two connection rows)
       ├── decline, silent ──► declined  [still pending, until it expires or is withdrawn]
       ├── decline with words ► answered  [declined, with the answer]
       ├── "I don't know" ───► unknown   [still pending; later ones never arrive either: see Disclaimer]
       ├── withdraw ─────────► withdrawn [may ask again after 21 days]
       └── six months ───────► expired   [may ask again]

A silent decline and an "I don't know" can be taken back by the one who said so (declined, unknown ──► pending).

The verbs of the rows (`tie`, `untie`, `start`, `end`) keep the counters of `Member` equal to the rows; whoever calls
them holds both members (`ties.pairs.hold`).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from collegium.lib import clock, ids
from collegium.members.models import Fold, Member

EXPIRES_AFTER = timedelta(days=183)
COOLDOWN = timedelta(days=21)
REMIND_AFTER = timedelta(days=7)
NOTE_LIMIT = 300
CIRCLE_NAME = 60


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """How connections are asked for."""

    def between(self, one: Any, other: Any) -> Self:
        """Both halves of the connection of these two; none when they are not connected."""
        return self.filter(Q(member=one, other=other) | Q(member=other, other=one))


class Connection(models.Model):
    """Half of a connection: each is stored in both directions, so that every read is one index range."""

    pk = models.CompositePrimaryKey("member_id", "other_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="connections", db_index=False)
    other = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(member=F("other")), name="ties_connection_not_oneself")]

    def __str__(self) -> str:
        return f"{self.member_id} – {self.other_id}"

    @classmethod
    def tie(cls, one: Member, other: Member) -> "Connection":
        """Both halves and both counters.

        Returns:
            The half that belongs to `one`.

        Raises:
            IntegrityError: they are connected already.
        """
        since = clock.now()
        half = Connection(member=one, other=other, since=since)
        Connection.objects.bulk_create([half, Connection(member=other, other=one, since=since)])
        Member.objects.filter(pk__in=[one.pk, other.pk]).update(connection_count=F("connection_count") + 1)
        return half

    @classmethod
    def untie(cls, one: Member, other: Member) -> bool:
        """Take both halves away; False when there were none."""
        gone, _ = cls.objects.between(one, other).delete()
        if gone:
            Member.objects.filter(pk__in=[one.pk, other.pk]).update(connection_count=F("connection_count") - 1)
        return bool(gone)


class Follow(models.Model):
    """One person reads another; needs no consent, says nothing about being connected."""

    pk = models.CompositePrimaryKey("follower_id", "followee_id")
    follower = models.ForeignKey(Member, models.CASCADE, related_name="follows", db_index=False)
    followee = models.ForeignKey(Member, models.CASCADE, related_name="followers")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(follower=F("followee")), name="ties_follow_not_oneself")]

    def __str__(self) -> str:
        return f"{self.follower_id} → {self.followee_id}"

    @classmethod
    def start(cls, follower: Member, followee: Member) -> bool:
        """Begin to follow; False when it was so already."""
        _, fresh = cls.objects.get_or_create(follower=follower, followee=followee)
        if fresh:
            Member.objects.filter(pk=followee.pk).update(follower_count=F("follower_count") + 1)
        return fresh

    @classmethod
    def end(cls, follower: Member, followee: Member) -> bool:
        """Follow no more; False when it was so already."""
        gone, _ = cls.objects.filter(follower=follower, followee=followee).delete()
        if gone:
            Member.objects.filter(pk=followee.pk).update(follower_count=F("follower_count") - 1)
        return bool(gone)


class Block(models.Model):
    """One person wants nothing of another, both ways, on every surface."""

    pk = models.CompositePrimaryKey("blocker_id", "blocked_id")
    blocker = models.ForeignKey(Member, models.CASCADE, related_name="blocks", db_index=False)
    blocked = models.ForeignKey(Member, models.CASCADE, related_name="blocked_by")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="ties_block_not_oneself")]

    def __str__(self) -> str:
        return f"{self.blocker_id} ⊘ {self.blocked_id}"


class Distance(models.Model):
    """How far one keeps a person away without parting: the lower rungs of the ladder, none of which is ever told.

    MUTED: what the other posts does not come to one's home.
    WORK_ONLY: between the two only work: of the other's posts only professional ones come to one's home, and of one's
        personal ones the other sees what any member sees.
    RESTRICTED: the other sees of one what any member sees, connected or not, and nothing of his comes to one's home.
    """

    class Rung(models.IntegerChoices):
        MUTED = 1
        WORK_ONLY = 2
        RESTRICTED = 3

    pk = models.CompositePrimaryKey("member_id", "other_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="distances", db_index=False)
    other = models.ForeignKey(Member, models.CASCADE, related_name="+")
    rung = models.SmallIntegerField(choices=Rung)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("other")), name="ties_distance_not_oneself"),
            models.CheckConstraint(condition=Q(rung__in=[1, 2, 3]), name="ties_distance_is_a_rung"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} keeps {self.other_id} at {self.rung}"


class Circle(models.Model):
    """Some people under a name, for their owner alone: nobody in it knows."""

    id = ids.IdField()
    owner = models.ForeignKey(Member, models.CASCADE, related_name="circles", db_index=False)
    name = models.CharField(max_length=CIRCLE_NAME)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("owner"), Fold("name"), name="ties_circle_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="ties_circle_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Circling(models.Model):
    """A person is in a circle. That she is connected with its owner is asked when the circle is read."""

    pk = models.CompositePrimaryKey("circle_id", "person_id")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="circlings", db_index=False)
    person = models.ForeignKey(Member, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.person_id} in {self.circle_id}"


class Disclaimer(models.Model):
    """One person said not to know another: what that other ever sends does not arrive, and looks as if it did.

    Outlives the invitation it was said of; ends when the person says otherwise (asks the other, or takes it back).
    """

    pk = models.CompositePrimaryKey("member_id", "stranger_id")
    member = models.ForeignKey(Member, models.CASCADE, related_name="disclaimers", db_index=False)
    stranger = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(member=F("stranger")), name="ties_disclaimer_not_oneself")]

    def __str__(self) -> str:
        return f"{self.member_id} does not know {self.stranger_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """What a sender and a receiver may know of invitations; judged when read, so expiry needs no clockwork."""

    def standing(self) -> Self:
        """Not withdrawn, answered or run out."""
        return self.filter(state__in=Invitation.OPEN, id__gte=ids.FloorAgo(EXPIRES_AFTER))

    def to(self, member: Member) -> Self:
        """Those that wait for this member's answer; declined ones and those of suspended or blocked people do not."""
        return (
            self.standing()
            .filter(recipient=member, state=Invitation.State.PENDING, sender__standing=Member.Standing.ACTIVE)
            .exclude(models.Exists(blocks_between(models.OuterRef("sender"), models.OuterRef("recipient"))))
        )

    def sent_by(self, member: Member) -> Self:
        """Those that look pending to their sender, the silently declined among them."""
        return self.standing().filter(sender=member, recipient__standing=Member.Standing.ACTIVE)

    def between(self, one: Any, other: Any) -> Self:
        """In either direction, ended ones too."""
        return self.filter(Q(sender=one, recipient=other) | Q(sender=other, recipient=one))

    def overdue(self) -> Self:
        """Open in their row, though their six months are over."""
        return self.filter(state__in=Invitation.OPEN, id__lt=ids.floor_at(clock.now() - EXPIRES_AFTER))

    def expire(self) -> int:
        """End the overdue ones among these, so that the pair may ask again; tells how many there were."""
        return self.overdue().update(state=Invitation.State.EXPIRED, ended_at=clock.now())

    def with_people(self) -> Self:
        """Sender and recipient in the same query."""
        return self.select_related("sender", "recipient")


class Invitation(models.Model):
    """One person asks another to connect, with a note."""

    class State(models.TextChoices):
        PENDING = "pending"
        DECLINED = "declined"
        UNKNOWN = "unknown"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    OPEN = (State.PENDING, State.DECLINED, State.UNKNOWN)

    id = ids.IdField()
    sender = models.ForeignKey(Member, models.CASCADE, related_name="invitations_sent", db_index=False)
    recipient = models.ForeignKey(Member, models.CASCADE, related_name="invitations_received", db_index=False)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    reply = models.CharField(max_length=NOTE_LIMIT, blank=True, help_text="The courteous answer of a decline.")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], condition=Q(state="pending"), name="ties_invitations_in"),
            models.Index(fields=["sender", "-id"], name="ties_invitations_out"),
        ]
        constraints = [
            models.UniqueConstraint(
                Least("sender", "recipient"),
                Greatest("sender", "recipient"),
                condition=Q(state__in=["pending", "declined", "unknown"]),
                name="ties_one_invitation_a_pair",
            ),
            models.CheckConstraint(condition=~Q(sender=F("recipient")), name="ties_invitation_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} invites {self.recipient_id}"

    @property
    def path(self) -> str:
        """The invitation's address, under which its answers lie."""
        return f"/network/invitations/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was sent."""
        return ids.instant(self.id)

    @property
    def expires_at(self) -> datetime:
        """When it runs out by itself."""
        return self.created_at + EXPIRES_AFTER

    @property
    def has_expired(self) -> bool:
        """Nobody answered in six months."""
        return self.expires_at <= clock.now()


def blocks_between(one: Any, other: Any) -> models.QuerySet[Block]:
    """Blocks in either direction; `one` and `other` are keys or expressions."""
    return Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))


def blocks_among(one: int, others: Collection[int]) -> models.QuerySet[Block]:
    """Blocks in either direction between one person and any of these."""
    return Block.objects.filter(Q(blocker=one, blocked__in=others) | Q(blocker__in=others, blocked=one))
