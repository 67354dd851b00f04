"""The words of a search, put to the documents: PostgreSQL says which openings have them, here they are joined.

A word finds words that begin with it, in quotation marks it is whole, and words next to each other are a phrase; the
language is `lib.query.parse`. Whatever is left out by NOT is worked out here, on the few bytes of a mask: for the
database that would mean reading everything.
"""

from collections.abc import Iterable, Mapping
from functools import reduce

import numpy as np
from django.db import connection

from collegium.finding.table import Mask, Table
from collegium.lib.arrays import array
from collegium.lib.query.parse import Words
from collegium.lib.query.tree import All, Any, Node, Not, Term

FIELDS: Mapping[str, str] = {"title": "A", "company": "B", "skill": "C"}
"""What stands before a colon in a query, and how its words are marked."""
SHORT = 2
"""A word of fewer letters is whole: half of all words begin with one letter or another."""
AT_ONCE = 1_000
"""So many parts of searches are put into one statement."""
FEW = 2_000
"""Among so many openings it is quicker to look at each than to ask who has a word."""


def cut(texts: list[str]) -> list[Words]:
    """The words of each text, cut and folded as those of the documents are."""
    if not texts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT finding_words(t) FROM unnest(%s::text[]) WITH ORDINALITY AS x (t, n) ORDER BY n", [texts]
        )
        return [tuple(found) for (found,) in cursor.fetchall()]


def matching(node: Node, table: Table) -> Mask:
    """Which openings of the table have what is asked for. One statement, however much that is."""
    leaves: list[Node] = []
    _gather(node, leaves)
    found = dict(zip(leaves, _found(leaves, table), strict=True))
    return _joined(node, found)


def matching_each(nodes: Iterable[Node], table: Table) -> dict[Node, Mask]:
    """The same for many searches at once, in one statement for a thousand parts of them."""
    asked, leaves = list(dict.fromkeys(nodes)), dict[Node, None]()
    for node in asked:
        own: list[Node] = []
        _gather(node, own)
        leaves.update(dict.fromkeys(own))
    found = _found_each(list(leaves), table)
    return {node: _joined(node, found) for node in asked}


def _gather(node: Node, leaves: list[Node]) -> None:
    """The parts that the database answers whole."""
    if not _denies(node):
        if node not in leaves:
            leaves.append(node)
    elif isinstance(node, Not):
        _gather(node.part, leaves)
    elif not isinstance(node, Term):
        plain, rest = _parted(node)
        for part in [*plain, *rest]:
            _gather(part, leaves)


def _parted(node: All | Any) -> tuple[list[Node], list[Node]]:
    """The parts without NOT, as one, and the others."""
    plain = [part for part in node.parts if not _denies(part)]
    rest = [part for part in node.parts if _denies(part)]
    return ([type(node)(tuple(plain))] if len(plain) > 1 else plain), rest


def _denies(node: Node) -> bool:
    return isinstance(node, Not) or (not isinstance(node, Term) and any(map(_denies, node.parts)))


def _joined(node: Node, found: Mapping[Node, Mask]) -> Mask:
    if node in found:
        return found[node]
    if isinstance(node, Not):
        return ~_joined(node.part, found)
    assert not isinstance(node, Term)  # noqa: S101 - every term is a leaf, or in one
    plain, rest = _parted(node)
    return reduce(
        np.logical_and if isinstance(node, All) else np.logical_or, (_joined(part, found) for part in [*plain, *rest])
    )


def _found(leaves: list[Node], table: Table) -> list[Mask]:
    few = len(table) <= FEW
    among = " AND opening_id = ANY(%s::bigint[])" if few else ""
    one = (
        f"(SELECT string_agg(int8send(opening_id), ''::bytea) FROM finding_document WHERE words @@ %s::tsquery{among})"  # noqa: S608 - constants
    )
    given: list[str] = []
    for leaf in leaves:
        given += [written(leaf), *([array(table.columns.key.tolist())] if few else [])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join([one] * len(leaves)), given)
        row = cursor.fetchone()
    return [table.mask(np.frombuffer(each or b"", ">i8").astype(np.int64)) for each in row]


_EACH = """
    WITH d AS {materialized} (SELECT opening_id, words FROM finding_document {among})
    SELECT q.n, string_agg(int8send(d.opening_id), ''::bytea) FROM unnest(%s::text[]) WITH ORDINALITY AS q (words, n)
    JOIN d ON d.words @@ q.words::tsquery GROUP BY q.n"""


def _found_each(leaves: list[Node], table: Table) -> dict[Node, Mask]:
    few = len(table) <= FEW
    among = "WHERE opening_id = ANY(%s::bigint[])" if few else ""
    statement = _EACH.format(materialized="MATERIALIZED" if few else "NOT MATERIALIZED", among=among)
    keys = [array(table.columns.key.tolist())] if few else []
    found = {leaf: table.mask(np.zeros(0, np.int64)) for leaf in leaves}
    with connection.cursor() as cursor:
        for begin in range(0, len(leaves), AT_ONCE):
            some = leaves[begin : begin + AT_ONCE]
            cursor.execute(statement, [*keys, [written(leaf) for leaf in some]])
            for number, packed in cursor.fetchall():
                found[some[number - 1]] = table.mask(np.frombuffer(packed, ">i8").astype(np.int64))
    return found


def written(node: Node) -> str:
    """A part without NOT as a `tsquery`. Its words hold nothing but letters, digits, `+` and `#` (`finding_words`)."""
    if isinstance(node, Term):
        last, mark = len(node.words) - 1, FIELDS.get(node.field, "")
        return "(" + " <-> ".join(_word(node, place, mark, last=place == last) for place in range(last + 1)) + ")"
    if isinstance(node, Not):
        raise TypeError("what is left out is not for the database")
    return "(" + (" & " if isinstance(node, All) else " | ").join(map(written, node.parts)) + ")"


def _word(term: Term, place: int, mark: str, *, last: bool) -> str:
    word = term.words[place]
    begins = last and term.beginning and len(word) >= SHORT
    return f"'{word}'" + (f":{'*' if begins else ''}{mark}" if begins or mark else "")
