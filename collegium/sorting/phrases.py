"""What pitches are made of, and what they are not made of, in the languages Collegium's members write most.

`phrases.toml` holds each kind as expressions over text that was folded: lower case, no accents, single spaces, straight
apostrophes. A kind counts once however often it is said. They are about what is asked and offered, not about manners:
nobody is held for being clumsy or enthusiastic.
"""

import re
import tomllib
import unicodedata
from pathlib import Path

SPACES = re.compile(r"\s+")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "ß": "ss"})

MOST_READ = 4000
# Accents, and signs without a shape, with which words are broken so that nothing finds them.
UNSEEN = {"Mn", "Cf"}


def fold(text: str) -> str:
    """Text as it is compared; of very long ones the beginning."""
    plain = unicodedata.normalize("NFKD", text[:MOST_READ].translate(QUOTES)).casefold()
    return SPACES.sub(" ", "".join(letter for letter in plain if unicodedata.category(letter) not in UNSEEN)).strip()


def _read() -> dict[str, dict[str, re.Pattern[str]]]:
    """The kinds of both parts, each as one expression."""
    told = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    return {
        part: {kind: re.compile("|".join(f"(?:{each})" for each in found["any"])) for kind, found in kinds.items()}
        for part, kinds in told.items()
    }


_READ = _read()
PITCH, PLAIN = _READ["pitch"], _READ["plain"]
