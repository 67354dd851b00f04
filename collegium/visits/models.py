"""Who looked at whose profile, as far as both show themselves."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from collegium.audience import people
from collegium.members.models import Member

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer


class Mode(models.IntegerChoices):
    """How much of oneself one shows to those whose profile one opens; the greater, the more."""

    PRIVATE = 0
    SEMI = 1
    NAMED = 2


# Until somebody chooses: a visit is shown, its visitor is not.
DEFAULT = Mode.SEMI


class Showing(models.Model):
    """The mode of a member who has chosen one; `previous` was true of what happened before `since`."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="showing")
    mode = models.SmallIntegerField(choices=Mode)
    previous = models.SmallIntegerField(choices=Mode, default=DEFAULT)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_mode_display()

    def at(self, moment: datetime) -> Mode:
        """What the member showed of herself then, and still does: a later choice opens nothing that was closed."""
        return Mode(self.mode if moment >= self.since else min(self.mode, self.previous))


def showing_of(column: str) -> Coalesce:
    """`Showing.at(row.at)` for the member in a column of a visit, as an expression."""
    chosen = Showing.objects.filter(member=OuterRef(column)).annotate(
        then=Case(When(since__lte=OuterRef("at"), then=F("mode")), default=Least("mode", "previous"))
    )
    return Coalesce(Subquery(chosen.values("then")), Value(DEFAULT.value))


class VisitQuerySet(models.QuerySet["Visit"]):
    """How visits are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """The visits a member may know of, each with `shown`: how much, at most as much as she shows of herself.

        The mode counts that the visitor had when she came and the one she has now, whichever shows less; the same
        holds for the owner. A visitor whose profile the owner may not open is never named, and one who is blocked,
        blocking or out of standing was never there.
        """
        rows = self.filter(owner_id=viewer.id).annotate(
            shown=Least(F("mode"), showing_of("visitor"), showing_of("owner")),
            known=models.Exists(people.visible_to(viewer).filter(pk=OuterRef("visitor"))),
            there=models.Exists(people.present_to(viewer).filter(pk=OuterRef("visitor"))),
        )
        return rows.filter(shown__gt=Mode.PRIVATE, there=True)


class Visit(models.Model):
    """A day on which somebody opened somebody's profile, and how much of herself she showed that day.

    Visits in private leave no row.
    """

    owner = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    visitor = models.ForeignKey(Member, models.CASCADE, related_name="+")
    day = models.DateField()
    mode = models.SmallIntegerField(choices=Mode)
    at = models.DateTimeField(help_text="The last time that day.")
    pk = models.CompositePrimaryKey("owner_id", "visitor_id", "day", "mode")

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-day"], name="visits_of"),
            models.Index(fields=["day"], name="visits_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} at {self.owner_id} on {self.day}"
