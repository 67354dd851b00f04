"""What each term counts for one reader: whole numbers from 0 to 10."""

from collections.abc import Mapping

from django.http import Http404

from collegium.feed.models import Mix
from collegium.feed.ranking.terms import TERMS

MOST = 10
Weights = Mapping[str, int]
DEFAULT: dict[str, int] = {term.name: term.weight for term in TERMS}
# Of each weight in the one number that a cursor carries.
BITS = 4


def of(mix: Mix) -> dict[str, int]:
    """Her own, and the usual ones where she chose none; what is none of ours is passed over."""
    kept = mix.weights if isinstance(mix.weights, dict) else {}
    return {name: kept[name] if is_weight(kept.get(name)) else usual for name, usual in DEFAULT.items()}


def is_weight(value: object) -> bool:
    """Whether this can be a weight; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def pack(weights: Weights) -> int:
    """All of them as one number, in the order of the terms."""
    packed = 0
    for term in TERMS:
        packed = packed << BITS | weights[term.name]
    return packed


def unpack(packed: int) -> dict[str, int]:
    """Out of a cursor.

    Raises:
        Http404: `pack` never made it.
    """
    weights = {}
    for term in reversed(TERMS):
        packed, weights[term.name] = packed >> BITS, packed & (1 << BITS) - 1
    if packed or any(weight > MOST for weight in weights.values()):
        raise Http404
    return weights
