"""Words of others, on their way from an archive to the room that keeps them privately (`vouching`)."""

from collections.abc import Mapping
from typing import Any

from collegium.members.models import Member
from collegium.portability.linkedin.things import Endorsement, Recommendation
from collegium.vouching.foreign import ForeignText, ForeignWord
from collegium.vouching.models import ForeignEndorsement, ForeignRecommendation

Key = tuple[str, ...]


def _direction(*, given: bool) -> str:
    return "given" if given else "received"


def word(said: Endorsement) -> ForeignWord:
    """An endorsement as `vouching` takes it."""
    return ForeignWord(
        _direction(given=said.given),
        said.skill,
        f"{said.first} {said.last}".strip(),
        f"https://www.linkedin.com/in/{said.slug}" if said.slug else "",
        said.status,
        said.at[:10],
    )


def text(said: Recommendation) -> ForeignText:
    """A recommendation as `vouching` takes it."""
    return ForeignText(
        _direction(given=said.given),
        f"{said.first} {said.last}".strip(),
        said.title,
        said.company,
        said.text,
        said.status,
        said.at[:10],
    )


def of_data(data: Mapping[str, Any]) -> Endorsement | Recommendation:
    """The thing that `dataclasses.asdict` made this of."""
    return Endorsement(**data) if "skill" in data else Recommendation(**data)


def key(said: Endorsement | Recommendation) -> Key:
    """By which `vouching` knows that it has this already."""
    nobody = Member()
    if isinstance(said, Endorsement):
        row = word(said).row(nobody)
        return row.direction, row.skill, row.name, row.url
    kept = text(said).row(nobody)
    return kept.direction, kept.fingerprint


def nameless(said: Endorsement | Recommendation) -> bool:
    """Whether nobody, or nothing, is named in it."""
    return not (said.first or said.last) or not (said.skill if isinstance(said, Endorsement) else said.text)


def kept(member: Member) -> set[Key]:
    """What is kept for her already."""
    words = ForeignEndorsement.objects.filter(member=member).values_list("direction", "skill", "name", "url")
    texts = ForeignRecommendation.objects.filter(member=member).values_list("direction", "fingerprint")
    return {tuple(row) for row in words} | {tuple(row) for row in texts}
