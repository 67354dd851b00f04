"""Posts in line for home, and which of them a page shows."""

from dataclasses import dataclass
from typing import NamedTuple

from collegium.feed.models import Facet


class Line(NamedTuple):
    """A post in line for home: its key, its side, and the topic it comes along for, if it does."""

    key: int
    facet: str
    because: str = ""


@dataclass(frozen=True)
class Stretch:
    """Posts in line, newest first: down to `floor` none is missing; `quiet` are those that are to be left out."""

    lines: list[Line]
    floor: int
    more: bool
    quiet: set[int]


class Fold:
    """Lets at most one personal post in `one_in` through; every other one is left out, and counted."""

    def __init__(self, one_in: int, gap: int) -> None:
        self.one_in = one_in
        self.gap = gap
        self.gap_at_mark = gap
        self.left_out = self.hushed = 0
        self._pending = self._quiet = 0

    def keeps(self, facet: str) -> bool:
        """Whether the next post in line is shown; `gap` counts those shown since the last personal one, it included."""
        if facet != Facet.PERSONAL or self.one_in <= 1:
            self.gap += 1
            return True
        if self.gap >= self.one_in:
            self.gap = 1
            return True
        self._pending += 1
        return False

    def take(self, found: Stretch, kept: list[Line], page: int) -> None:
        """Let a stretch through, until one more than a page is kept; what is quiet is counted and left out."""
        for line in found.lines:
            if line.key in found.quiet:
                self._quiet += 1
            elif self.keeps(line.facet):
                kept.append(line)
                if len(kept) > page:
                    return
                self.mark()

    def mark(self) -> None:
        """Remember the state at the post just shown, for the cursor; what was left out before it counts now."""
        self.gap_at_mark = self.gap
        self.left_out, self._pending = self.left_out + self._pending, 0
        self.hushed, self._quiet = self.hushed + self._quiet, 0
