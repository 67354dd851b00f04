"""`bin/bench pitches`: how well first messages are told apart, on four hundred that were written for it.

`letters.jsonl` holds two hundred ordinary notes and two hundred pitches, in the order of the SHA-256 of their text. The
first two hundred are the development half: the rules were looked at with these. The others are held out: what is
printed is about them alone. `Held` is what nobody is told of, under Other or Spam.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collegium.sorting.features import numbers
from collegium.sorting.judging import judge
from collegium.sorting.letter import Letter
from collegium.sorting.model import Lessons, Weights, rules, train

LETTERS = Path(__file__).parent / "letters.jsonl"
HALF = 200


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter, and whether it was written as a pitch."""

    letter: Letter
    is_pitch: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of one half.

    Attributes:
        precision: of what was held, how much were pitches.
        recall: of the pitches, how many were held.
        wrongly: of the ordinary notes, how many were held.
        spam: of the ordinary notes, how many were put under Spam.
    """

    precision: float
    recall: float
    wrongly: float
    spam: float


def read() -> tuple[list[Labelled], list[Labelled]]:
    """The development half and the one held out."""
    rows = [_labelled(json.loads(line)) for line in LETTERS.read_text(encoding="utf-8").splitlines()]
    return rows[:HALF], rows[HALF:]


def _labelled(told: dict[str, Any]) -> Labelled:
    is_pitch = told.pop("label") == "pitch"
    told.pop("language")
    return Labelled(Letter(**told), is_pitch)


def taught(rows: Sequence[Labelled]) -> Weights:
    """The weights of a community that said of each of these what it is."""
    return train(Lessons([numbers(row.letter) for row in rows], [row.is_pitch for row in rows]))


def measure(rows: Sequence[Labelled], weights: Weights) -> Figures:
    """How these letters are put, by these weights."""
    places = [(row.is_pitch, judge(row.letter, weights)) for row in rows]
    held = [is_pitch for is_pitch, place in places if place.is_held]
    pitches = sum(is_pitch for is_pitch, _place in places)
    notes = len(places) - pitches
    return Figures(
        precision=sum(held) / max(1, len(held)),
        recall=sum(held) / pitches,
        wrongly=(len(held) - sum(held)) / notes,
        spam=sum(place.box == "spam" for is_pitch, place in places if not is_pitch) / notes,
    )


def main(arguments: Sequence[str]) -> None:
    """Print both ways of judging."""
    parser = argparse.ArgumentParser(prog="bin/bench pitches", description=__doc__)
    parser.add_argument("--development", action="store_true", help="judge the development half by the rules instead")
    options = parser.parse_args(arguments)
    development, held_out = read()
    ways = {"rules alone": rules()}
    if not options.development:
        ways["rules and lessons"] = taught(development)
    rows = development if options.development else held_out
    pitches = sum(row.is_pitch for row in rows)
    print(
        f"{len(rows)} first messages, {pitches} of them pitches; an ordinary note should hardly ever be held (<= 2 %)"
    )
    print(f"{'':20}{'precision':>11}{'recall':>9}{'notes held':>12}{'as spam':>9}")
    for name, weights in ways.items():
        told = measure(rows, weights)
        print(f"{name:20}{told.precision:11.1%}{told.recall:9.1%}{told.wrongly:12.1%}{told.spam:9.1%}")
