"""Numbers by day as a picture: bars from a line, one a day or, of many days, one a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDE, HIGH, GAP = 720, 160, 0.22
# With more days than these a bar is a week.
SINGLE = 45
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place and size, what it stands for."""

    x: float
    y: float
    width: float
    height: float
    since: date
    until: date
    number: int
    below: bool = False


@dataclass(frozen=True)
class Picture:
    """Bars above a line, and below it where something is taken away.

    Attributes:
        bars: all of them.
        line: how far down the line is.
        marks: how far down, and the number that stands there.
        weekly: whether a bar is a week.
    """

    bars: Sequence[Bar]
    line: float
    marks: Sequence[tuple[float, int]]
    weekly: bool

    wide, high = WIDE, HIGH


def picture(days: Sequence[date], up: Sequence[int], down: Sequence[int] = ()) -> Picture:
    """Draw it.

    Args:
        days: in their order.
        up: what stands above the line, by day.
        down: what stands below it.
    """
    width = 1 if len(days) <= SINGLE else 7
    spans = [range(start, min(start + width, len(days))) for start in range(0, len(days), width)]
    above = [sum(up[day] for day in span) for span in spans]
    below = [sum(down[day] for day in span) for span in spans] if down else [0] * len(spans)
    top, bottom = _round(max(above, default=0)), _round(max(below, default=0)) if any(below) else 0
    scale = HIGH / max(top + bottom, 1)
    line = top * scale
    step = WIDE / max(len(spans), 1)
    bars = []
    for place, span in enumerate(spans):
        x, each = place * step + step * GAP / 2, step * (1 - GAP)
        first, last = days[span[0]], days[span[-1]]
        if above[place]:
            height = above[place] * scale
            bars.append(Bar(x, line - height, each, height, first, last, above[place]))
        if below[place]:
            bars.append(Bar(x, line, each, below[place] * scale, first, last, below[place], below=True))
    marks = [(0.0, top), *([(float(HIGH), bottom)] if bottom else [])]
    return Picture(bars, line, marks, width > 1)


def _round(number: int) -> int:
    """The next round number: 1, 2 or 5 with noughts."""
    size = 1
    while True:
        for step in STEPS:
            if step * size >= number:
                return step * size
        size *= 10
