"""The columns of a pipeline, and where each application stands in it."""

from django.db import models
from django.db.models import Q

from collegium.applications.models import Application, Standing
from collegium.lib import ids
from collegium.openings.models import Opening

NAME_LIMIT, MOST_STAGES = 40, 12


class Stage(models.Model):
    """A column. What it means to the applicant is a `Standing`, so that a stage never says what she cannot read."""

    id = ids.IdField()
    opening = models.ForeignKey(Opening, models.CASCADE, related_name="stages", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    place = models.PositiveSmallIntegerField()
    standing = models.SmallIntegerField(choices=Standing)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "place"], name="hiring_stage_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(name=""), name="hiring_stage_has_a_name"),
            models.CheckConstraint(condition=Q(standing__lt=Standing.HIRED.value), name="hiring_stage_goes_on"),
        ]

    def __str__(self) -> str:
        return self.name


class Card(models.Model):
    """An application in a column; without a row it stands in the first. The ended ones stand under their end."""

    application = models.OneToOneField(Application, models.CASCADE, primary_key=True, related_name="card")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="cards")
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application_id} in {self.stage_id}"
