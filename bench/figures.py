"""Figures of a run: times in milliseconds, what they aim at, how they are kept and printed."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FILE = "network.json"
GROWTH_BELOW = 3.0


@dataclass(frozen=True)
class Aim:
    """So many milliseconds at most, for this share of the times."""

    share: float
    below: float

    def __str__(self) -> str:
        return f"p{self.share * 100:.0f} ≤ {self.below:g}"


# For a million members on two cores.
AIMS = {
    "degrees, 50 people": Aim(0.99, 1.0),
    "suggestions": Aim(0.99, 10.0),
    "path": Aim(0.99, 5.0),
    "typeahead": Aim(0.99, 10.0),
    "search, facets": Aim(0.99, 60.0),
    "home page": Aim(0.5, 20.0),
}


@dataclass
class Times:
    """How long one question took, asked by one group.

    Attributes:
        first: the round that is only to warm up.
        again: the rounds that count.
        floor: what no answer can do without.
        own: of the rounds that count, the processor's time of the asking thread: no waiting, no database.
    """

    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)


def at(times: list[float], share: float) -> float:
    """The time that this share of them stayed below."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


@dataclass
class Run:
    """All times of one run: question, then group."""

    members: int
    times: dict[str, dict[str, Times]] = field(default_factory=dict)

    def keep(self, folder: Path) -> None:
        """Remember them beside the network they were measured on."""
        (folder / FILE).write_text(json.dumps(asdict(self)))

    @classmethod
    def kept(cls, folder: Path) -> "Run | None":
        """What an earlier run measured there."""
        if not (folder / FILE).exists():
            return None
        return cls.told(json.loads((folder / FILE).read_text()))

    @classmethod
    def told(cls, told: Any) -> "Run":
        """From JSON."""
        times = {name: {who: Times(**each) for who, each in groups.items()} for name, groups in told["times"].items()}
        return cls(told["members"], times)


def table(run: Run, smaller: Run | None) -> list[str]:
    """The lines to print."""
    heads = ("first", "p50", "p99", "own", "floor", "x floor")
    beside = f"  from {smaller.members:,}" if smaller else ""
    lines = [f"{'milliseconds':20}{'asked by':10}" + "".join(f"{head:>9}" for head in heads) + f"  {'aim':24}{beside}"]
    for name, by_group in run.times.items():
        for who, times in by_group.items():
            before = smaller.times.get(name, {}).get(who) if smaller else None
            lines.append(_line(name, who, times, before))
    return lines


def _line(name: str, who: str, times: Times, before: Times | None) -> str:
    aim = AIMS.get(name)
    middle, late, floor = at(times.again, 0.5), at(times.again, 0.99), at(times.floor, 0.5)
    own = f"{at(times.own, 0.5):9.2f}" if times.own else " " * 9
    line = f"{name:20}{who:10}{at(times.first, 0.5):9.2f}{middle:9.2f}{late:9.2f}{own}{floor:9.2f}{middle / floor:9.1f}"
    said = ""
    if aim:
        reached = at(times.again, aim.share) <= aim.below
        said = f"{aim} {'reached' if reached else 'NOT REACHED'}"
    line += f"  {said:24}"
    if before and before.again:
        share = aim.share if aim else 0.99
        grown = at(times.again, share) / at(before.again, share)
        line += f"  x {grown:.1f} (p{share * 100:.0f}){'' if grown < GROWTH_BELOW else ' MORE THAN THREEFOLD'}"
    return line
