"""A query in words again, so that whoever typed it sees how it was understood."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from collegium.lib.query.tree import All, Any, Node, Not, Term


def said(node: Node | None) -> str:
    """The query in one plain form: operators in capitals, phrases in quotation marks, brackets where they matter."""
    if node is None:
        return ""
    return _said(node, inner=False)


def _said(node: Node, *, inner: bool) -> str:
    if isinstance(node, Term):
        bare = node.shown.strip("*")
        words = (
            f"“{bare}”" if not node.beginning or len(node.words) > 1 else (f"{bare}…" if bare[-1:].isalnum() else bare)
        )
        return f"{node.field}: {words}" if node.field else words
    if isinstance(node, Not):
        return f"{_('NOT')} {_said(node.part, inner=True)}"
    sign = f" {_('AND')} " if isinstance(node, All) else f" {_('OR')} "
    joined = sign.join(_said(part, inner=True) for part in node.parts)
    return f"({joined})" if inner else joined


def wide(words: Sequence[str]) -> str:
    """What to do about words that so many have words like that looking at all of them would take too long."""
    named = ", ".join(f"“{word}”" for word in dict.fromkeys(words))
    return _("Type more letters of %(words)s: very many people have words that begin so.") % {"words": named}


def needs_saying(node: Node | None, typed: str) -> bool:
    """Whether what was typed is more than plain words, so that it is worth saying how it was read."""
    return (
        isinstance(node, Any | Not)
        or '"' in typed
        or (
            isinstance(node, All)
            and any(not isinstance(part, Term) or part.field or not part.beginning for part in node.parts)
        )
        or (isinstance(node, Term) and (bool(node.field) or not node.beginning))
    )
