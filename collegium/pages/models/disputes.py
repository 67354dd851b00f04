"""A page says that somebody does not work there; the person is heard before anything happens."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from collegium.career.models import Item
from collegium.lib import ids
from collegium.members.models import Member
from collegium.organizations.models import Organization

WORDS_LIMIT = 1000


class Dispute(models.Model):
    """One claim of employment that a page contests."""

    class State(models.TextChoices):
        """How it stands."""

        OPEN = "open"  # the person was told, and may answer
        ANSWERED = "answered"  # she did; an owner of the community decides
        YIELDED = "yielded"  # she took the claim back, or changed it
        UPHELD = "upheld"  # the page was right: the position no longer points at it
        DISMISSED = "dismissed"  # the person was right
        WITHDRAWN = "withdrawn"  # the page took it back

    id = ids.IdField()
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="disputes")
    member = models.ForeignKey(Member, models.CASCADE, related_name="disputed_positions")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="disputes")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=WORDS_LIMIT, help_text="What the page says.")
    answer = models.CharField(max_length=WORDS_LIMIT, blank=True, help_text="What the person says.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answer_by = models.DateTimeField(help_text="Until when she may answer; without an answer the page is believed.")
    settled_at = models.DateTimeField(null=True, blank=True)
    claim = models.CharField(
        max_length=200, blank=True, help_text="What the position was called when it was contested."
    )

    class Meta:
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(state="open"), name="pages_disputes_unanswered"),
            models.Index(fields=["-id"], condition=Q(state="answered"), name="pages_disputes_to_decide"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "item"],
                condition=Q(state__in=["open", "answered"]),
                name="pages_one_dispute_at_a_time",
            ),
        ]

    OPEN_STATES = (State.OPEN.value, State.ANSWERED.value)

    def __str__(self) -> str:
        return f"{self.organization_id} contests {self.item_id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled."""
        return self.state in self.OPEN_STATES

    @property
    def created_at(self) -> datetime:
        """When the page said so."""
        return ids.instant(self.pk)

    @property
    def path(self) -> str:
        """Its page, for the person, the administrators and whoever decides."""
        return f"/organizations/register/disputes/{self.pk}/"
