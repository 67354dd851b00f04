"""A query as a tree: words and phrases, joined by AND, OR and NOT."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Words that follow each other.

    Attributes:
        words: folded; one for a word, several for a phrase.
        shown: as it was typed.
        beginning: the last word may go on.
        field: where it must stand (a name the room knows); "" for anywhere.
        handle: it may also be the beginning of a handle.
    """

    words: tuple[str, ...]
    shown: str
    beginning: bool = True
    field: str = ""
    handle: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


Node = Term | All | Any | Not


def terms(node: Node | None, *, wanted: bool = True) -> list[Term]:
    """The terms that are wanted; what is left out by NOT is not among them."""
    if node is None:
        return []
    if isinstance(node, Term):
        return [node] if wanted else []
    if isinstance(node, Not):
        return terms(node.part, wanted=not wanted)
    return [term for part in node.parts for term in terms(part, wanted=wanted)]


def every(node: Node | None) -> list[Term]:
    """All the terms, those left out by NOT among them."""
    return [*terms(node), *terms(node, wanted=False)]


def is_plain(node: Node | None) -> bool:
    """Nothing but words one after the other, as somebody types a name."""
    if isinstance(node, All):
        return all(is_plain(part) for part in node.parts)
    return isinstance(node, Term) and not node.field and len(node.words) == 1 and node.beginning
