"""Words that differ by one letter: one more, one less, another, or two that changed places.

Two words are that much alike exactly when they have a form in common, the forms of a word being itself and itself
without one of its letters (Garbe, "Symmetric Delete"). So the forms of all names are kept, as short numbers, sorted;
whoever is asked for is compared letter by letter in the end.
"""

from collections.abc import Iterator
from zlib import crc32

import numpy as np

from collegium.search.corpus.arrays import Array, Arrays, Shelf

FROM, UNTIL = 4, 24
"""Shorter words are like too many others; nobody's name is longer."""
_AT_ONCE = 200_000


def _forms(word: str) -> set[int]:
    kept = {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
    return {crc32(each.encode()) for each in kept}


def shelve(shelf: Shelf, name: str) -> None:
    """The forms of every word of a family that is on the shelf already."""
    letters, ends = bytes(shelf.arrays[f"{name}-letters"]), shelf.arrays[f"{name}-ends"].tolist()
    pairs: list[Array] = [np.zeros(0, np.uint64)]
    waiting: list[int] = []
    for place in range(len(ends) - 1):
        if ends[place + 1] - ends[place] > 4 * UNTIL:
            continue
        word = letters[ends[place] : ends[place + 1]].decode()
        if FROM - 1 <= len(word) <= UNTIL + 1 and word.isalpha():
            waiting.extend(form << 32 | place for form in _forms(word))
        if len(waiting) > _AT_ONCE:
            pairs.append(np.array(waiting, np.uint64))
            waiting = []
    joined = np.sort(np.concatenate([*pairs, np.array(waiting, np.uint64)]))
    shelf.put(f"{name}-forms", (joined >> np.uint64(32)).astype(np.uint32))
    shelf.put(f"{name}-formed", (joined & np.uint64(0xFFFFFFFF)).astype(np.uint32))


def near(arrays: Arrays, name: str, word: str) -> Iterator[int]:
    """Places of words that may be alike, each once; `differ_by_one` says whether they are."""
    if not FROM <= len(word) <= UNTIL:
        return
    forms, found = arrays[f"{name}-forms"], arrays[f"{name}-formed"]
    seen: set[int] = set()
    for form in _forms(word):
        start, end = np.searchsorted(forms, [form, form + 1])
        for place in found[start:end].tolist():
            if place not in seen:
                seen.add(place)
                yield place


def differ_by_one(one: str, other: str) -> bool:
    """Whether one becomes the other by a single slip (or by none)."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    a, b = one[same:], other[same:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a == b or a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
