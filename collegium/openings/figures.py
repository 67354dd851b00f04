"""What rooms above tell of an employer and of an opening, which this room cannot know: how applications fare."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Figures:
    """How an organisation treats those who apply.

    Attributes:
        rate: of a hundred applications so many were answered by a person; None where there are too few to tell.
        days: the median of days until the first answer; None likewise.
        counted: how many applications this is made of.
        owed: since when an interviewed applicant waits for an answer, as a date for people; "" when nobody does.
    """

    rate: int | None = None
    days: int | None = None
    counted: int = 0
    owed: str | Promise = ""


OfEmployers = Callable[[Iterable[int]], Mapping[int, Figures]]
Waiting = Callable[[Iterable[int]], Mapping[int, int]]


class Laid:
    """Asked by key, in a constant number of statements; nothing is known until the roof lays it."""

    def __init__(self) -> None:
        self._of: OfEmployers | None = None
        self._waiting: Waiting | None = None
        self._applied: Waiting | None = None

    def lay(self, *, of: OfEmployers, waiting: Waiting, applied: Waiting) -> None:
        """Take what the roof gives.

        Args:
            of: figures by key of the organisation.
            waiting: how many applications nobody has read yet, by key of the opening.
            applied: how many were ever sent, by key of the opening.
        """
        self._of, self._waiting, self._applied = of, waiting, applied

    def of(self, organizations: Iterable[int]) -> Mapping[int, Figures]:
        """Figures by key of the organisation; those without any are left out."""
        return self._of(organizations) if self._of is not None else {}

    def waiting(self, openings: Iterable[int]) -> Mapping[int, int]:
        """Applications nobody has read yet, by key of the opening."""
        return self._waiting(openings) if self._waiting is not None else {}

    def applied(self, openings: Iterable[int]) -> Mapping[int, int]:
        """Applications ever sent, by key of the opening."""
        return self._applied(openings) if self._applied is not None else {}


laid = Laid()
