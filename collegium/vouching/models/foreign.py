"""What a member brought along from elsewhere: endorsements and recommendations by people who said it there.

They name people who need not be members and never agreed to stand here, so they are the member's own and private. One
kind may be shown: a recommendation that was visible there, by its recipient's choice, marked as not confirmed here.
"""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from collegium.audience import people
from collegium.audience.rule import closeness
from collegium.career import partial
from collegium.career.models import level_of
from collegium.career.sections import Part
from collegium.lib import ids
from collegium.members.models import Member

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

NAME_LIMIT, SKILL_LIMIT, URL_LIMIT, TITLE_LIMIT, TEXT_LIMIT = 200, 100, 500, 200, 5000
VISIBLE = "VISIBLE"


class Direction(models.TextChoices):
    """Who said it of whom."""

    RECEIVED = "received"
    GIVEN = "given"


class ForeignEndorsementQuerySet(models.QuerySet["ForeignEndorsement"]):
    """How they are asked for."""

    def visible_to(self, viewer: "Viewer") -> Self:
        """The viewer's own."""
        return self.filter(member=viewer.id)


class ForeignEndorsement(models.Model):
    """An endorsement as an archive tells of it. For the member alone."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="foreign_endorsements", db_index=False)
    direction = models.CharField(max_length=8, choices=Direction)
    skill = models.CharField(max_length=SKILL_LIMIT)
    name = models.CharField(max_length=NAME_LIMIT, help_text="Of the other person, as in the archive.")
    url = models.CharField(max_length=URL_LIMIT, blank=True)
    status = models.CharField(max_length=20, blank=True, help_text="As in the archive: ACCEPTED …")
    said = partial.PartialDateField(help_text="When, as exactly as the archive knows.")

    objects = ForeignEndorsementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "direction", "skill", "name", "url"], name="vouching_foreign_endorsement_once"
            ),
            models.CheckConstraint(condition=Q(said__regex=partial.FORM), name="vouching_foreign_endorsed_form"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.skill}"


class ForeignRecommendationQuerySet(models.QuerySet["ForeignRecommendation"]):
    """How they are asked for."""

    def on_profile(self, viewer: "Viewer") -> Self:
        """Those shown by their recipients' choice, on profiles that are known to open to this viewer."""
        near = closeness(viewer, "member")
        return (
            self.filter(shown=True).alias(near=near, level=level_of(Part.RECOMMENDATIONS)).filter(near__gte=F("level"))
        )

    def shown_to(self, viewer: "Viewer") -> Self:
        """Those on the profiles of people, as this viewer finds them there."""
        return self.on_profile(viewer).filter(Exists(people.visible_to(viewer).filter(pk=OuterRef("member"))))

    def visible_to(self, viewer: "Viewer") -> Self:
        """What is shown, and the viewer's own."""
        shown = ForeignRecommendation.objects.shown_to(viewer).filter(pk=OuterRef("pk"))
        return self.filter(Q(member=viewer.id) | Exists(shown))


class ForeignRecommendation(models.Model):
    """A recommendation as an archive tells of it. Private until its recipient chooses to show it."""

    id = ids.IdField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="foreign_recommendations", db_index=False)
    direction = models.CharField(max_length=8, choices=Direction)
    name = models.CharField(max_length=NAME_LIMIT)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True)
    company = models.CharField(max_length=TITLE_LIMIT, blank=True)
    text = models.CharField(max_length=TEXT_LIMIT)
    status = models.CharField(max_length=20, blank=True, help_text="As in the archive: VISIBLE, HIDDEN …")
    said = partial.PartialDateField()
    fingerprint = models.CharField(max_length=64, help_text="Of the text, so that an archive in twice is in once.")
    shown = models.BooleanField(default=False)

    objects = ForeignRecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "direction", "fingerprint"], name="vouching_foreign_recommendation_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="vouching_foreign_says_something"),
            models.CheckConstraint(condition=Q(said__regex=partial.FORM), name="vouching_foreign_said_form"),
            models.CheckConstraint(
                condition=Q(shown=False) | Q(direction="received", status=VISIBLE), name="vouching_foreign_showable"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    @property
    def path(self) -> str:
        """Its address, under which its answers lie."""
        return f"/vouching/elsewhere/{self.id}/"

    @property
    def is_showable(self) -> bool:
        """Received, and visible where it comes from."""
        return self.direction == Direction.RECEIVED and self.status == VISIBLE

    @property
    def said_words(self) -> str:
        """When it was written, for people."""
        return partial.words(self.said)
