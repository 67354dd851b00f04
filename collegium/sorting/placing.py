"""Where a message from somebody new is put (`judging`), by what this community has taught so far (`learning`)."""

from collegium.sorting import learning
from collegium.sorting.judging import judge
from collegium.sorting.letter import Letter, Place

__all__ = ["Letter", "Place", "place"]


def place(letter: Letter) -> Place:
    """Put a message somewhere, with the names of the reasons."""
    return judge(letter, learning.weights())
