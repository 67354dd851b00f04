"""Laying changes over a view: the old one stays as it is, whoever reads it reads on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from collegium.graph.changes import Row
from collegium.graph.models import Change
from collegium.graph.view import View

Kind = Change.Kind
Entry = tuple[int, int, bool]


def lay(view: View, rows: Sequence[Row]) -> View:
    """The view with these changes."""
    if not rows:
        return view
    view = _people(view, rows)
    ties: list[Entry] = []
    blocks: list[Entry] = []
    kept: list[Entry] = []
    for row in rows:
        if row.kind in (Kind.PERSON, Kind.WORDS):
            continue
        one, other = view.number(row.one), view.number(row.other)
        if one is None or other is None:
            continue  # of somebody who is gone, with everything that was hers
        now = row.now is not None
        if row.kind == Kind.RESTRICTION:
            kept.append((other, one, now))
        else:
            (ties if row.kind == Kind.TIE else blocks).extend(((one, other, now), (other, one, now)))
    words = {row.one: row.id for row in rows if row.kind == Kind.WORDS}
    return replace(
        view,
        ties=view.ties.changed(ties),
        blocks=view.blocks.changed(blocks),
        kept_away=view.kept_away.changed(kept),
        changed_words=MappingProxyType({**view.changed_words, **words}) if words else view.changed_words,
    )


def _people(view: View, rows: Iterable[Row]) -> View:
    """Those who came get numbers, and everybody her present flags; one who left keeps a number that nobody sees."""
    flags = {row.one: row.now or 0 for row in rows if row.kind == Kind.PERSON}
    # A pair can be read before the line of a member who came in an earlier transaction: she gets her number now.
    named = [key for row in rows if row.kind not in (Kind.PERSON, Kind.WORDS) for key in (row.one, row.other)]
    fresh = [key for key in sorted({*flags, *named}) if view.number(key) is None]
    if not flags and not fresh:
        return view
    numbers = dict(view.late_numbers)
    numbers.update((key, view.size + place) for place, key in enumerate(fresh))
    after = np.concatenate([view.flags, np.zeros(len(fresh), np.uint8)])
    view = replace(view, late=(*view.late, *fresh), late_numbers=MappingProxyType(numbers), flags=after)
    for key, now in flags.items():
        number = view.number(key)
        if number is not None:
            after[number] = now
    return view
