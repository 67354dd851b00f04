"""Where a message from somebody new is put: by a score that begins as the rules (`signals`, `model`).

The box is chosen by how sure it is, so that a mistake costs little: a doubtful message stands under Other, where it is
found, and only what is almost certain stands under Spam. Whoever has a key of the recipient stands with her own people.
"""

from collegium.sorting.features import numbers
from collegium.sorting.letter import Letter, Place
from collegium.sorting.model import Weights
from collegium.sorting.signals import WEIGHTS, signals

HELD_FROM = 0.0
SPAM_FROM = 2.5
MOST_REASONS = 3
LEARNED_FROM = 0.5


def judge(letter: Letter, weights: Weights) -> Place:
    """Put a message somewhere by these weights, with the names of the reasons."""
    if letter.keyed:
        return Place("focused", ("key",))
    score = weights.score(numbers(letter))
    if score < HELD_FROM:
        return Place("requests", ("first", *_for_it(letter)))
    box = "spam" if score >= SPAM_FROM else "other"
    return Place(box, _against_it(letter, weights))


def _against_it(letter: Letter, weights: Weights) -> tuple[str, ...]:
    """The signals that weigh most, by the weights that judged; and that the community taught it, where that did it."""
    shown = signals(letter)
    heavy = sorted((name for name in shown if WEIGHTS[name] > 0), key=lambda name: -WEIGHTS[name])
    learned = ["learned"] if weights.part(numbers(letter)) >= LEARNED_FROM or not heavy else []
    return (*learned, *heavy)[:MOST_REASONS]


def _for_it(letter: Letter) -> tuple[str, ...]:
    """What the two have in common."""
    return tuple(name for name in signals(letter) if name in ("mutual", "group"))
