"""Who draws pinned things of rooms above this one; the roof lays them (`config/wiring.py`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from collegium.audience.viewer import Viewer


@dataclass(frozen=True)
class Card:
    """A pinned thing of another room, as far as one viewer sees it.

    Attributes:
        owner: the key of the member whose thing it is.
        title: what stands first; "" when it has none.
        excerpt: the beginning of its words, plain.
        path: where it is.
        when: since when.
    """

    owner: int
    title: str
    excerpt: str
    path: str
    when: datetime


Cards = Callable[[Viewer, Sequence[int]], Mapping[int, Card]]


class Providers(dict[str, Cards]):
    """By kind of pin: what gives the cards of those keys that the viewer sees."""

    def lay(self, table: Mapping[str, Cards]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.update(table)

    def cards(self, kind: str, viewer: Viewer, keys: Sequence[int]) -> Mapping[int, Card]:
        """The cards of one kind; none where nobody draws it."""
        return self[kind](viewer, keys) if keys and kind in self else {}


providers = Providers()
