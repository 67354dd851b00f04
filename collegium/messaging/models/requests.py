"""What strangers write first, and what was said of it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from collegium.lib import clock, ids
from collegium.members.models import Member
from collegium.members.rules import is_owner
from collegium.messaging.models.conversations import Conversation
from collegium.messaging.models.messages import TEXT_LIMIT, Message
from collegium.reach.purposes import Purpose

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

WORDS_LIMIT = 1000
CLOSED_LIMIT = 10
FIRST_LIMIT = 1000
"""How much somebody may write who is not connected and has had no answer."""
WAITS_FOR = timedelta(days=60)
"""How long a first message waits; after that it is over, declined or not."""


class ApproachQuerySet(models.QuerySet["Request"]):
    """Requests in the eyes of the two."""

    def waiting(self) -> Self:
        """Unanswered as the sender sees them: those that were declined without a word among them."""
        return self.filter(state__in=Request.SILENT, id__gte=ids.FloorAgo(WAITS_FOR))

    def overdue(self) -> Self:
        """Open in their row, though their time is over, declined or not."""
        return self.filter(state__in=Request.SILENT, id__lt=ids.FloorAgo(WAITS_FOR))

    def visible_to(self, viewer: "Viewer") -> Self:
        """Of conversations the viewer is in."""
        return self.filter(conversation__in=Conversation.objects.visible_to(viewer))


class Request(models.Model):
    """Somebody wrote to a person she is not connected with. One waits at a time between two, in either direction."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DECLINED = "declined"
        ACCEPTED = "accepted"
        OVER = "over"

    class Verdict(models.TextChoices):
        """What the one who was written to says of it."""

        NONE = "", _("Nothing")
        WANTED = "wanted", _("Welcome")
        NOT_FOR_ME = "not_for_me", _("Not for me")
        PITCH = "pitch", _("This is a pitch")
        MISDECLARED = "misdeclared", _("Not what it says it is for")
        SPAM = "spam", _("Spam or worse")

    SILENT = (State.WAITING, State.DECLINED)

    id = ids.IdField()
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="requests", db_index=False)
    sender = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    recipient = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    message = models.OneToOneField(Message, models.CASCADE, related_name="request")
    purpose = models.CharField(max_length=10, choices=Purpose)
    keyed = models.BooleanField(default=False, help_text="Written with a contact key that the recipient gave out.")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ApproachQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sender", "-id"], name="messaging_requests_by"),
            models.Index(fields=["recipient", "-id"], name="messaging_requests_to"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(state__in=["waiting", "declined"]),
                name="messaging_one_request_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(sender=F("recipient")), name="messaging_request_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} writes to {self.recipient_id}: {self.state}"

    @property
    def sent_at(self) -> datetime:
        """When it was written."""
        return ids.instant(self.pk)

    @property
    def is_overdue(self) -> bool:
        """Nobody answered in time."""
        return self.sent_at + WAITS_FOR <= clock.now()

    @property
    def is_waiting(self) -> bool:
        """In the eyes of its sender: neither answered nor over."""
        return self.state in self.SILENT and not self.is_overdue


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports in the eyes of those who run the place."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """For owners; never for the one it is about, whoever she is, since she is not to learn who reported her."""
        if viewer.member is None or not (viewer.member.is_active and is_owner(viewer.member.user)):
            return self.none()
        return self.exclude(author=viewer.member)


class Report(models.Model):
    """A message that one of its readers shows to those who run the place: this copy, never the conversation."""

    class Outcome(models.TextChoices):
        """What came of it, in words; the acts themselves are done elsewhere."""

        NONE = "", _("Open")
        NOTHING = "nothing", _("There is nothing to do")
        SPOKEN = "spoken", _("Spoke with the member")
        RESTRICTED = "restricted", _("The member is restricted")
        SUSPENDED = "suspended", _("The member is suspended")

    id = ids.IdField()
    reporter = models.ForeignKey(Member, models.CASCADE, related_name="+")
    author = models.ForeignKey(Member, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="reports")
    text = models.CharField(max_length=TEXT_LIMIT, blank=True, help_text="As the reporter saw it.")
    sent_at = models.DateTimeField()
    words = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="What the reporter says about it.")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=CLOSED_LIMIT, choices=Outcome, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-id"], condition=Q(closed_at=None), name="messaging_open_reports")]
        constraints = [
            models.UniqueConstraint(fields=["reporter", "message"], name="messaging_reported_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="messaging_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporter_id} about {self.author_id}"

    @property
    def path(self) -> str:
        """Its page, for those who run the place."""
        return f"/messages/reports/{self.pk}/"
