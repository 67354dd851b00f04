"""The columns of a pipeline: which there are, and in which one an application stands."""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from collegium.applications.models import Standing
from collegium.applications.models.applications import FIRST_END
from collegium.hiring.models import Stage
from collegium.openings.models import Opening

# Where everything stands that has ended; no stage has this key.
ENDED = 0
LIVING = tuple(each for each in Standing if each < FIRST_END)
# What a stage may mean to the applicant. That an application was sent or read is no difference the team makes.
MEANINGS = (Standing.SEEN, Standing.LISTED, Standing.INTERVIEW, Standing.OFFER)


@dataclass(frozen=True)
class Columns:
    """The stages of one opening, in their order."""

    stages: tuple[Stage, ...]

    def home(self, standing: int) -> Stage:
        """Where an application stands that nobody put into a column: the last one that does not go beyond it.

        Of several with the same meaning it is the first.
        """
        same = [stage for stage in self.stages if fits(stage, standing)]
        before = [stage for stage in self.stages if stage.standing < standing]
        return same[0] if same else before[-1] if before else self.stages[0]

    def named(self, key: int) -> Stage | None:
        """The stage with this key."""
        return next((stage for stage in self.stages if stage.pk == key), None)

    def column(self) -> Case:
        """The key of its column, in the database.

        A card counts while it says what the application's standing says; a standing that changed elsewhere (an
        interview was set) brings the application to the home of that standing.
        """
        cards = [
            When(Q(card__stage=stage.pk, standing__in=_standings(stage)), then=_key(stage.pk)) for stage in self.stages
        ]
        homes = [When(standing=each.value, then=_key(self.home(each).pk)) for each in LIVING]
        ended = When(standing__gte=FIRST_END, then=_key(ENDED))
        return Case(ended, *cards, *homes, default=_key(ENDED), output_field=models.BigIntegerField())

    def order(self) -> Case:
        """Within a column: who waits longest stands first; of what has ended, the newest."""
        return Case(
            When(standing__gte=FIRST_END, then=-F("id")), default=F("id"), output_field=models.BigIntegerField()
        )


def fits(stage: Stage, standing: int) -> bool:
    """Whether the applicant reads the same of this stage and of this standing."""
    return stage.standing == standing or max(stage.standing, standing) <= Standing.SEEN


def columns(opening: Opening) -> Columns:
    """Those of an opening; made when they are looked at for the first time."""
    found = tuple(Stage.objects.filter(opening=opening).order_by("place"))
    return Columns(found or _made(opening))


@transaction.atomic
def _made(opening: Opening) -> tuple[Stage, ...]:
    Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)
    there = tuple(Stage.objects.filter(opening=opening).order_by("place"))
    if there:
        return there
    usual = (
        (_("New"), Standing.SEEN),
        (_("Looked at closely"), Standing.LISTED),
        (_("First talk"), Standing.INTERVIEW),
        (_("Interview"), Standing.INTERVIEW),
        (_("Offer"), Standing.OFFER),
    )
    rows = [Stage(opening=opening, name=name, place=place, standing=means) for place, (name, means) in enumerate(usual)]
    Stage.objects.bulk_create(rows)
    return tuple(Stage.objects.filter(opening=opening).order_by("place"))


def _standings(stage: Stage) -> list[int]:
    return [each.value for each in LIVING if fits(stage, each)]


def _key(key: int) -> Value:
    """As the database knows keys; what is said to be a plain integer has 32 bits there."""
    return Value(key, output_field=models.BigIntegerField())
