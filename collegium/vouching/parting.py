"""What a block ends for good: whatever two people said for each other. Reading has judged so from its first moment."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from collegium.vouching.models import Confirmation, Endorsement, Recommendation, RecommendationRequest


@dataclass(frozen=True, slots=True)
class Swept:
    """The keys of what is gone; of endorsements, the skills they were of."""

    skills: list[int]
    words: list[int]
    requests: list[int]
    confirmations: list[int]


@transaction.atomic
def sweep(one: int, other: int) -> Swept:
    """Delete what these two said for each other."""
    endorsements = endorsements_between(one, other)
    skills = list(endorsements.values_list("holding", flat=True))
    endorsements.delete()
    words = Recommendation.objects.filter(Q(author=one, recipient=other) | Q(author=other, recipient=one))
    wishes = RecommendationRequest.objects.filter(Q(asker=one, writer=other) | Q(asker=other, writer=one))
    pairs = Confirmation.objects.of(one, [other])
    return Swept(skills, _gone(words), _gone(wishes), _gone(pairs))


def endorsements_between(one: int, other: int) -> QuerySet[Endorsement]:
    """In either direction."""
    return Endorsement.objects.filter(Q(member=one, giver=other) | Q(member=other, giver=one))


def _gone(rows: QuerySet[Model]) -> list[int]:
    keys = list(rows.values_list("pk", flat=True))
    rows.delete()
    return keys
