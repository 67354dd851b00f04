"""Ways as something to look at: a column of faces for every step, and a line wherever two of them know each other.

Positions are counted in cells, so that the faces can be ordinary HTML on a grid and the lines an SVG stretched behind
them: a column is a hundred units wide, and the picture a hundred units high, whatever its size on the page.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.members.models import Member

MOST_IN_A_COLUMN = 5
UNIT = 100.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A face; or, where `person` is None, so many people more."""

    person: Member | None
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Columns from one end to the other, and the lines between them.

    Attributes:
        columns: the cells of every step.
        lines: from (column, height) to (column, height); columns in halves of `UNIT`, heights out of `UNIT`.
    """

    columns: Sequence[Sequence[Cell]]
    lines: Sequence[tuple[float, float, float, float]]

    @property
    def width(self) -> float:
        """Of the lines' box."""
        return UNIT * len(self.columns)

    @property
    def curves(self) -> list[str]:
        """Each line as the `d` of a path, along the page."""
        return [
            f"M{one:g} {high:g}C{(one + two) / 2:g} {high:g} {(one + two) / 2:g} {low:g} {two:g} {low:g}"
            for one, high, two, low in self.lines
        ]

    @property
    def drops(self) -> list[str]:
        """The same down the page, for a narrow one."""
        return [
            f"M{high:g} {one:g}C{high:g} {(one + two) / 2:g} {low:g} {(one + two) / 2:g} {low:g} {two:g}"
            for one, high, two, low in self.lines
        ]


def draw(me: Member, other: Member, told: Sequence[tuple[Member, ...]], total: int) -> Picture:
    """Lay the ways out.

    Args:
        me: where they begin.
        other: where they end.
        told: the people between, for each way that is told; all of one length, the first to be kept first.
        total: how many ways there are.
    """
    steps = len(told[0]) if told else 0
    kept = [_kept(told, step) for step in range(steps)]
    whole = [[me], *kept, [other]]
    rest = [len({way[step].pk for way in told}) - len(kept[step]) for step in range(steps)]
    if steps == 1:
        rest = [total - len(kept[0])]
    columns = [[Cell(person) for person in column] for column in whole]
    for step, more in enumerate(rest, 1):
        if more > 0:
            columns[step].append(Cell(None, more))
    return Picture(columns, _lines(whole, columns, told))


def _kept(told: Sequence[tuple[Member, ...]], step: int) -> list[Member]:
    """Whom a column shows: first those who stand first, then those most ways go through; in the order they come."""
    often = Counter(way[step].pk for way in told)
    people = {way[step].pk: way[step] for way in told}
    order = list(people)
    room = MOST_IN_A_COLUMN if len(order) <= MOST_IN_A_COLUMN else MOST_IN_A_COLUMN - 1
    shown = set(order[:room]) if step == 0 else {key for key, _ways in often.most_common(room)}
    return [people[key] for key in order if key in shown]


def _lines(
    whole: Sequence[Sequence[Member]], columns: Sequence[Sequence[Cell]], told: Sequence[tuple[Member, ...]]
) -> list[tuple[float, float, float, float]]:
    """Between every two who follow each other on a way, each line once; those not shown meet in one place."""
    places = [{person.pk: row for row, person in enumerate(column)} for column in whole]
    first, last = whole[0][0], whole[-1][0]
    ends = set()
    for way in told:
        full = (first, *way, last)
        rows = [places[step].get(person.pk, len(places[step])) for step, person in enumerate(full)]
        ends |= {(step, rows[step], rows[step + 1]) for step in range(len(full) - 1)}
    for step in (1,) if len(columns) == len(("me", "one", "other")) and len(columns[1]) > len(whole[1]) else ():
        ends |= {(0, 0, len(whole[step])), (1, len(whole[step]), 0)}
    return [
        (
            (step + 0.5) * UNIT,
            (row + 0.5) / len(columns[step]) * UNIT,
            (step + 1.5) * UNIT,
            (next_row + 0.5) / len(columns[step + 1]) * UNIT,
        )
        for step, row, next_row in sorted(ends)
    ]
