"""Queries for people: the language of `lib.query`, with the fields of a profile."""

from collegium.lib.query import parse
from collegium.lib.query.parse import fold, shown
from collegium.lib.query.tree import Node
from collegium.search.corpus.zones import FIELDS

__all__ = ["fold", "read", "read_many", "shown"]


def read(query: str) -> Node | None:
    """What is asked for; None when there is nothing to look for."""
    return read_many([query])[0]


def read_many(queries: list[str]) -> list[Node | None]:
    """Several queries; their words are folded in one statement."""
    return parse.read_many(queries, FIELDS)
