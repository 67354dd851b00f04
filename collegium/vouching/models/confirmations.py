"""Two people say that they were at the same place in the same time.

propose ──► waiting ──confirm──► confirmed        either of the two may end it at any time: the row is deleted
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from collegium.audience.rule import PUBLIC, closeness
from collegium.career import partial
from collegium.career.history import SECTIONS, years
from collegium.career.models import Item
from collegium.lib import ids
from collegium.members.models import Fold, Member
from collegium.organizations.models import NAME_LIMIT, Organization
from collegium.ties.models import Connection

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """How confirmations are asked for. They end with the connection and with the rows they are about, when read."""

    def of(self, one: int, others: list[int]) -> Self:
        """Those between one person and these others."""
        return self.filter(Q(low=one, high__in=others) | Q(high=one, low__in=others))

    def standing(self) -> Self:
        """Those between people still connected."""
        return self.filter(Exists(Connection.objects.filter(member=OuterRef("low"), other=OuterRef("high"))))

    def visible_to(self, viewer: "Viewer") -> Self:
        """Both said it, both still have the place on their profiles, and the viewer may read it on both.

        The two themselves see one that waits too, and one whose place is gone: they may end it.
        """
        met = self.standing()
        for side in ("low", "high"):
            met = met.alias(**{f"{side}_near": closeness(viewer, side, second=False)})
            met = met.filter(**{f"{side}_near__gte": PUBLIC})
        said = ~Q(confirmed_at=None) & Q(*(Exists(_rows(viewer, side)) for side in ("low", "high")))
        return met.filter(said | Q(low=viewer.id) | Q(high=viewer.id))

    def with_people(self) -> Self:
        """Both people and the record in the same query."""
        return self.select_related("low", "high", "organization")


def _rows(viewer: "Viewer", side: str) -> models.QuerySet[Item]:
    """The rows at the place of a confirmation that this viewer may read on one of the two profiles."""
    same = Q(organization=OuterRef("organization")) | Q(folded_organization=OuterRef("folded"))
    return Item.objects.visible_to(viewer).filter(same, member=OuterRef(side), section__in=SECTIONS)


class Confirmation(models.Model):
    """That two people worked together at X, 2019–21: said by one of them and confirmed by the other.

    The pair is canonical: `low` is the smaller key.
    """

    id = ids.IdField()
    low = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    high = models.ForeignKey(Member, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    since = partial.PartialDateField()
    until = partial.PartialDateField()
    asked_by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high", "folded"], name="vouching_confirmed_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="vouching_confirmed_canonical"),
            models.CheckConstraint(
                condition=Q(asked_by=F("low")) | Q(asked_by=F("high")), name="vouching_confirmed_asked_by_one"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="vouching_confirms_a_place"),
            models.CheckConstraint(condition=Q(since__regex=partial.FORM), name="vouching_since_form"),
            models.CheckConstraint(condition=Q(until__regex=partial.FORM), name="vouching_until_form"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id} at {self.name}"

    @property
    def path(self) -> str:
        """Its address, under which its answers lie."""
        return f"/vouching/confirmations/{self.id}/"

    @property
    def created_at(self) -> datetime:
        """When it was proposed."""
        return ids.instant(self.id)

    @property
    def years(self) -> str:
        """The time for people: "2019–21"."""
        return years(self.since, self.until)

    def other_than(self, member: Member) -> Member:
        """The other of the two."""
        return self.high if member.pk == self.low_id else self.low
