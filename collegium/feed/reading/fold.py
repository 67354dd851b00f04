"""Posts in line for home, and which of them a page shows."""

from dataclasses import dataclass
from typing import NamedTuple

from collegium.feed.models import Facet

# The cap is kept in every stretch of so many posts, wherever it begins.
WINDOW = 50
MEMORY = (1 << (WINDOW - 1)) - 1


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
    """Lets at most one personal post in `one_in` through; every other one is left out, and counted.

    Personal posts stand `one_in` apart, and no `WINDOW` posts in a row hold more than their share. Distance alone would
    not do: of 50 posts that begin with a personal one, 13 could be personal at one in four.
    """

    def __init__(self, one_in: int, past: int = 0) -> None:
        """Begin.

        Args:
            one_in: at most one personal post in this many; 1 lets all through.
            past: the posts shown before as bits, the last one lowest, 1 for a personal one; 0 at the top of the page.
        """
        self.one_in = one_in
        self.past = past & MEMORY
        self.past_at_mark = self.past
        self.left_out = self.hushed = 0
        self._pending = self._quiet = 0

    def keeps(self, facet: str) -> bool:
        """Whether the next post in line is shown."""
        personal = facet == Facet.PERSONAL
        if personal and self._is_full():
            self._pending += 1
            return False
        self.past = (self.past << 1 | personal) & MEMORY
        return True

    def _is_full(self) -> bool:
        """Whether another personal post would stand too near to the last one, or be one too many."""
        if self.one_in <= 1:
            return False
        near = (1 << (self.one_in - 1)) - 1
        return bool(self.past & near) or self.past.bit_count() >= WINDOW // self.one_in

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
        self.past_at_mark = self.past
        self.left_out, self._pending = self.left_out + self._pending, 0
        self.hushed, self._quiet = self.hushed + self._quiet, 0
