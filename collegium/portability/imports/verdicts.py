"""The rows of a review as they are made: what a piece of the file is beside what is here already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from collegium.portability.imports.gathering import Piece
from collegium.portability.imports.models import ImportRow

Status = ImportRow.Status


@dataclass(slots=True)
class Judged:
    """One row of the review."""

    piece: Piece
    what: str
    status: Status
    data: dict[str, Any]
    mine: dict[str, Any] | None = None
    match: int | None = None
    reason: str = ""
    # New things are ticked, except what other people said; of two wordings one's own stays.
    chosen: bool = False


def only(pieces: Sequence[Piece], kind: type[Any]) -> list[Piece]:
    """The pieces of one kind."""
    return [piece for piece in pieces if isinstance(piece.thing, kind)]


def new(piece: Piece, what: str, data: dict[str, Any], *, chosen: bool = True) -> Judged:
    """It is not here."""
    return Judged(piece, what, Status.NEW, data, chosen=chosen)


def here(piece: Piece, what: str, data: dict[str, Any], match: int | None = None) -> Judged:
    """It is here, and says the same."""
    return Judged(piece, what, Status.HERE, data, match=match)


def out(piece: Piece, what: str, data: dict[str, Any], reason: str) -> Judged:
    """It cannot come in."""
    return Judged(piece, what, Status.LEFT_OUT, data, reason=reason)


def repeated(line: int) -> str:
    """Why the second of two equal lines is left out."""
    return _("Line %(line)d says the same.") % {"line": line}
