"""What was read of those who changed, so that putting them together anew reads only what is new; within bounds."""

import threading
from collections.abc import Mapping

from collegium.search.corpus.docs import Doc

MOST_BYTES = 32_000_000
"""What texts a process remembers, about. Whoever is forgotten is read again: it costs a statement, never an answer."""
PER_PERSON, PER_TEXT, PER_FACT = 500, 180, 260
"""What the parts of a document take beside their letters, in bytes."""

Read = Mapping[int, Doc | None]


class Remembered:
    """Documents by their members' keys, each as it was after one change; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._docs: dict[int, tuple[int, Doc | None, int]] = {}
        self.bytes = 0

    def among(self, versions: Mapping[int, int]) -> dict[int, Doc | None]:
        """Those that are remembered as of these changes; None where there was nobody any more."""
        found = {}
        for key, version in versions.items():
            known = self._docs.get(key)
            if version and known is not None and known[0] == version:
                found[key] = known[1]
        return found

    def keep(self, versions: Mapping[int, int], docs: Read) -> None:
        """Remember these, as of these changes; what is of no known change is as old as its transaction, and is not."""
        with self._lock:
            for key, doc in docs.items():
                if version := versions[key]:
                    self._forget(key)
                    weight = weigh(doc)
                    self._docs[key] = version, doc, weight
                    self.bytes += weight
            while self.bytes > MOST_BYTES:
                self._forget(next(iter(self._docs)))

    def _forget(self, key: int) -> None:
        known = self._docs.pop(key, None)
        if known is not None:
            self.bytes -= known[2]


def weigh(doc: Doc | None) -> int:
    """About how many bytes of memory a document takes."""
    if doc is None:
        return PER_PERSON
    letters = sum(len(text) for text, _zone, _level in doc.spans)
    return PER_PERSON + letters + PER_TEXT * len(doc.spans) + PER_FACT * len(doc.facts)
