"""Everybody's words into files, next to those of the graph and for the same numbers."""

from pathlib import Path
from typing import Any

from collegium.graph.view import Keys
from collegium.search.corpus.docs import Reader
from collegium.search.corpus.draft import Draft

NAME = "words-2"
"""What the files are registered as; another number when their form changes."""
AT_ONCE = 10_000


def build(cursor: Any, keys: Keys, folder: Path) -> None:
    """Write the arrays of all members.

    Args:
        cursor: inside the transaction that the rest of the files is read in.
        keys: of all members, sorted; a member's number is her key's place in it.
        folder: where the files go.
    """
    reader, draft = Reader(cursor), Draft(folder)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE].tolist()
        numbers = {key: number for number, key in enumerate(some, start)}
        for doc in reader.read(some):
            draft.add(numbers[doc.key], doc)
    draft.finish(len(keys)).close()
