"""A small logistic regression that begins as the rules and is moved by what a community teaches. Deterministic.

The weights of the signals begin where `signals.WEIGHTS` has them, those of the words at nothing; what is taught moves
them against a pull back to where they began. So a community that has taught little judges by the rules, one that has
taught much by its own experience, and nothing has to be switched over. Nothing leaves the machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collegium.sorting.features import SIGNAL_ROOM, SIZE
from collegium.sorting.signals import BIAS, WEIGHTS

Numbers = NDArray[np.float64]
ROUNDS = 300
PULL_SIGNALS, PULL_WORDS = 8.0, 0.2
"""How strongly a weight is held where it began, in lessons: the rules more, for they were thought about."""
LEAST_SAID = 3
"""Words of fewer lessons teach nothing: who sends the same words again must not see that somebody judged them."""
WANTED_COUNTS = 3.0
"""An ordinary note that is held does more harm than a pitch that comes through, so what is said of it counts more."""


@dataclass(frozen=True)
class Weights:
    """Log odds for every feature; the last is that of a letter that shows nothing."""

    values: Numbers

    def score(self, places: Sequence[int]) -> float:
        """The log odds that a letter with these features is unwanted."""
        return float(self.values[-1] + self.values[_at(places)] @ _scale(places))

    def part(self, places: Sequence[int]) -> float:
        """How much of it comes from the words."""
        words = [place for place in places if place >= SIGNAL_ROOM]
        return float(self.values[_at(words)] @ _scale(places)[len(places) - len(words) :])

    def to_bytes(self) -> bytes:
        """For a row."""
        return self.values.astype("<f4").tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Weights":
        """From a row."""
        return cls(np.frombuffer(kept, dtype="<f4").astype(np.float64))


def _at(places: Sequence[int]) -> NDArray[np.intp]:
    return np.array(places, dtype=np.intp)


def _scale(places: Sequence[int]) -> Numbers:
    """A signal counts whole; the words of a letter count together, however many there are."""
    words = sum(place >= SIGNAL_ROOM for place in places)
    return np.array([1.0 if place < SIGNAL_ROOM else words**-0.5 for place in places])


def rules() -> Weights:
    """What ships."""
    values = np.zeros(SIZE + 1)
    values[: len(WEIGHTS)] = list(WEIGHTS.values())
    values[-1] = BIAS
    return Weights(values)


@dataclass(frozen=True)
class Lessons:
    """What was taught, as one long list of places with the letter each belongs to."""

    letters: Sequence[Sequence[int]]
    unwanted: Sequence[bool]

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Of all letters, one after the other; the last feature, which every letter has, at the end of each."""
        return np.concatenate([_at([*letter, SIZE]) for letter in self.letters])

    @cached_property
    def scales(self) -> Numbers:
        """How much each of the places counts."""
        return np.concatenate([np.append(_scale(letter), 1.0) for letter in self.letters])

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """Which letter each place belongs to."""
        return np.repeat(np.arange(len(self.letters)), [len(letter) + 1 for letter in self.letters])

    @cached_property
    def known(self) -> NDArray[np.intp]:
        """In how many lessons each feature is found; the signals are known without any."""
        found = np.bincount(self.places, minlength=SIZE + 1)[:SIZE]
        found[:SIGNAL_ROOM] = LEAST_SAID
        return found

    @cached_property
    def worth(self) -> Numbers:
        """How much each lesson counts."""
        return np.where(np.array(self.unwanted), 1.0, WANTED_COUNTS)

    def slope(self, values: Numbers) -> Numbers:
        """How the surprise at these lessons changes with each weight."""
        scores = np.bincount(self.owners, values[self.places] * self.scales, minlength=len(self.letters))
        surprise = 1 / (1 + np.exp(-np.clip(scores, -30, 30))) - np.array(self.unwanted, dtype=float)
        weights = (surprise * self.worth)[self.owners] * self.scales
        return np.bincount(self.places, weights, minlength=SIZE + 1).astype(np.float64)

    @cached_property
    def steepest(self) -> float:
        """No direction curves more than this."""
        norms = np.bincount(self.owners, self.scales**2)
        return float(0.25 * (norms * self.worth).sum())


def train(lessons: Lessons) -> Weights:
    """The weights after these lessons: gradient steps with momentum (Nesterov), the same number each time."""
    began = rules().values
    if not lessons.letters:
        return Weights(began)
    pull = np.full(SIZE + 1, PULL_WORDS)
    pull[:SIGNAL_ROOM] = PULL_SIGNALS
    # People say it of pitches far more often than of notes, so how often they say it says nothing: that stays.
    learns = np.append(lessons.known >= LEAST_SAID, False)
    step = 1 / (lessons.steepest + max(PULL_SIGNALS, PULL_WORDS))
    values = ahead = began
    for turn in range(1, ROUNDS + 1):
        moved = ahead - step * learns * (lessons.slope(ahead) + pull * (ahead - began))
        ahead = moved + (turn - 1) / (turn + 2) * (moved - values)
        values = moved
    return Weights(values)
