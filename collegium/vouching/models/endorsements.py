"""That somebody can do something, said by a person she is connected with."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from collegium.audience.rule import closeness
from collegium.career.models import Holding
from collegium.lib import ids
from collegium.members.models import Member
from collegium.ties.models import Connection, blocks_between

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer


# What somebody could do five years ago she may have left behind, and so may whoever saw it; a job is kept for about as
# long. In days, since keys count milliseconds: five years with a leap day in them.
COUNTED_FOR = timedelta(days=5 * 365 + 1)


def lately() -> Q:
    """Said, or said again, within `COUNTED_FOR`, by the clock of the database."""
    return Q(said__gte=ids.FloorAgo(COUNTED_FOR))


def stands() -> Q:
    """Between people who are connected; or kept by its giver, as long as neither has blocked the other."""
    tied = Connection.objects.filter(member=OuterRef("member"), other=OuterRef("giver"))
    return Q(Exists(tied)) | (Q(kept=True) & ~Q(Exists(blocks_between(OuterRef("member"), OuterRef("giver")))))


def hold(holding: int) -> Holding | None:
    """The skill of a person as it is now, which stays until the transaction ends; None when it was taken off."""
    return Holding.objects.kept().select_for_update(no_key=True).filter(pk=holding).first()


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    """How endorsements are asked for."""

    def counted_for(self, viewer: "Viewer") -> Self:
        """Those this viewer may know of, under skills that she is known to see.

        It must stand (`stands`), and its giver be somebody the viewer may come across in a list. A hidden one is known
        to the owner, and to its giver, to whom it looks like any other.
        """
        return (
            self.alias(near=closeness(viewer, "giver", second=False))
            .filter(near__gte=F("giver__visibility"))
            .filter(stands())
            .filter(Q(hidden_at=None) | Q(giver=viewer.id) | Q(member=viewer.id))
        )

    def visible_to(self, viewer: "Viewer") -> Self:
        """Those of skills that are open to this viewer."""
        seen = Holding.objects.visible_to(viewer).filter(pk=OuterRef("holding"))
        return self.counted_for(viewer).filter(Exists(seen))


class Endorsement(models.Model):
    """One person says of another that she can do this.

    Ends to count with the connection, unless its giver ended that and lets it stand, and after `COUNTED_FOR` unless it
    is said again; both judged when read.
    """

    id = ids.IdField()
    member = models.ForeignKey(
        Member, models.CASCADE, related_name="endorsements", db_index=False, help_text="Whose skill it is."
    )
    holding = models.ForeignKey(Holding, models.CASCADE, related_name="endorsements", db_index=False)
    giver = models.ForeignKey(Member, models.CASCADE, related_name="endorsements_given")
    # A key rather than a date: it sorts and pages the list, and tells the day (`ids.instant`).
    said = models.BigIntegerField(db_default=ids.NewId(), editable=False, help_text="When it was said last, as a key.")
    hidden_at = models.DateTimeField(null=True, blank=True)
    kept = models.BooleanField(
        default=False, db_default=False, help_text="Its giver ended the connection and lets it stand."
    )

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "holding"], name="vouching_endorsed")]
        constraints = [
            models.UniqueConstraint(fields=["holding", "giver"], name="vouching_endorsed_once"),
            models.CheckConstraint(condition=~Q(giver=F("member")), name="vouching_endorsed_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} endorses {self.holding_id}"

    @property
    def said_at(self) -> datetime:
        """When it was said last."""
        return ids.instant(self.said)

    @property
    def year(self) -> int:
        """The year of that."""
        return timezone.localtime(self.said_at).year
