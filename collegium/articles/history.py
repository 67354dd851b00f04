"""How an article read, version by version, with what each changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collegium.articles.models import Article, Revision
from collegium.feed.history.versions import Piece, compare

PAGE = 5
# Of what stayed, so much is shown beside what changed.
AROUND = 160
# Texts of more lines than this, where they differ, are not laid side by side: the comparing takes the square of it.
MOST_LINES = 1_500


@dataclass(frozen=True, slots=True)
class Reading:
    """The article as it read for a while.

    Attributes:
        revision: title, lead, text, when, and what its author said of the change.
        title: what became of the title, in pieces; likewise the lead and the text.
        first: whether it was published so.
        now: whether it reads so now.
        whole: whether so much is different that only the new text is given.
    """

    revision: Revision
    title: Sequence[Piece]
    lead: Sequence[Piece]
    text: Sequence[Piece]
    first: bool
    now: bool
    whole: bool


def readings(article: Article, before: int | None = None) -> tuple[list[Reading], int | None]:
    """A page of readings, newest first.

    Args:
        article: one the viewer sees.
        before: the key of the revision with which the page begins.

    Returns:
        The readings, and where the next page begins.
    """
    rows = Revision.objects.filter(article=article).order_by("-pk").defer("html")
    found = list((rows.filter(pk__lte=before) if before is not None else rows)[: PAGE + 1])
    made = [
        _reading(row, found[place + 1] if place + 1 < len(found) else None, now=before is None and place == 0)
        for place, row in enumerate(found[:PAGE])
    ]
    return made, found[PAGE].pk if len(found) > PAGE else None


def _reading(row: Revision, older: Revision | None, *, now: bool) -> Reading:
    """One of them, against the one before it."""
    if older is None:
        return Reading(row, [Piece("kept", row.title)], _kept(row.lead), (), first=True, now=now, whole=False)
    pieces = _differences(older.source, row.source)
    return Reading(
        row,
        compare(older.title, row.title),
        compare(older.lead, row.lead),
        list(shortened(pieces or ())),
        first=False,
        now=now,
        whole=pieces is None,
    )


def _kept(words: str) -> list[Piece]:
    return [Piece("kept", words)] if words else []


def _differences(before: str, after: str) -> list[Piece] | None:
    """What changed in the text; None where comparing would be long work for a page nobody could read."""
    return None if max(before.count("\n"), after.count("\n")) > MOST_LINES else compare(before, after)


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with long stretches of what stayed cut down to what is around a change."""
    for place, piece in enumerate(pieces):
        words = piece.words
        if piece.how != "kept" or len(words) <= 2 * AROUND + 40:
            yield piece
            continue
        head = words[:AROUND].rsplit(None, 1)[0] if place else ""
        tail = words[-AROUND:].split(None, 1)[-1] if place + 1 < len(pieces) else ""
        yield Piece("kept", head)
        yield Piece("left", "")
        yield Piece("kept", tail)
