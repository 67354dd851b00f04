"""What a load found and did, told so that a person can mend the bundle."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

# Beyond this many the rest is only counted: a file in the wrong encoding has one problem a row.
PROBLEMS_LISTED = 500
WORTH_A_RATE = 10_000  # of fewer connections the rate would tell of overheads only


class BundleError(Exception):
    """This cannot be read as a bundle at all; the message is one sentence for the operator."""


class Problem(NamedTuple):
    """One thing that is wrong, where it is wrong."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


@dataclass
class Report:
    """The outcome of one load. Without `loaded` nothing at all was written."""

    source: str = ""
    loaded: bool = False
    read: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    already: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    fatal: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

    def complain(self, file: str, line: int, text: str, *, fatal: bool = False) -> None:
        """Note a problem; a fatal one cannot be skipped, because what follows it could not be read."""
        self.problem_count += 1
        self.left_out[file] += 1
        self.fatal = self.fatal or fatal
        if len(self.problems) < PROBLEMS_LISTED:
            self.problems.append(Problem(file, line, text))

    @property
    def total_seconds(self) -> float:
        """How long the whole load took."""
        return sum(self.seconds.values())

    def lines(self) -> list[str]:
        """The report as text, a line each: problems first, then what came of every file."""
        out = [str(problem) for problem in sorted(self.problems)]
        if self.problem_count > len(self.problems):
            out.append(f"… and {self.problem_count - len(self.problems):,} more problems of this kind.")
        out += [f"Not known and left out: {name}" for name in self.unknown]
        out += [self._line(file) for file in self.read]
        if self.loaded:
            out.append(self._pace())
        if not self.loaded:
            out.append("Nothing was loaded. Mend the rows above, or leave them out with --skip-bad.")
        return out

    def _pace(self) -> str:
        """How long it took, and the rate of what there is most of."""
        said = f"{sum(self.read.values()):,} rows in {self.total_seconds:.1f} s."
        spent = sum(seconds for step, seconds in self.seconds.items() if "connections" in step)
        if (count := self.read["connections.csv"]) >= WORTH_A_RATE and spent:
            said += f" Connections, read to stored in both directions: {count / spent:,.0f} a second."
        return said

    def _line(self, file: str) -> str:
        parts = [
            (self.added[file], "added"),
            (self.kept[file], "kept for later"),
            (self.already[file], "already there"),
            (self.gone[file], "of people or posts that have gone since"),
            (self.left_out[file], "left out"),
        ]
        said = ", ".join(f"{count:,} {word}" for count, word in parts if count)
        return f"{file:20} {self.read[file]:>10,} rows{': ' if said else ''}{said}"
