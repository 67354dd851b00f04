"""What everybody who makes something up must know: the people, who knows whom, and the moment."""

from dataclasses import dataclass, field

from collegium.portability.memory import Ids
from collegium.portability.synth.graph import Array, Chance, Ties


@dataclass(frozen=True)
class World:
    """A network under way. People are numbers; `keys` and `joined` (milliseconds) are in their order."""

    chance: Chance
    ties: Ties
    keys: Array
    joined: Array
    now: int
    ids: Ids = field(default_factory=Ids)
