"""What is new for many searches at once: equal searches are worked out once, and only among what was posted lately."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import numpy as np
from django.http import QueryDict

from collegium.audience.viewer import NOBODY, Viewer
from collegium.finding import memory, searching, words
from collegium.finding.asked import Asked, read_many
from collegium.finding.columns import Whole
from collegium.finding.models.saved import Saved, Told
from collegium.finding.table import Mask, Table
from collegium.lib.query.tree import Node
from collegium.openings.models import Opening

# What was posted may become visible a moment later than it says; what was told is remembered, so nothing comes twice.
OVERLAP = timedelta(hours=1)
# A mail tells of so many for one search at most; whoever looks for everything finds the rest on the page.
MOST_NEW, AT_ONCE = 1_000, 20_000


def begins(saved: Saved) -> datetime:
    """From when on an opening is new to a search."""
    return max(saved.since - OVERLAP, saved.created_at)


def asked_by(rows: Iterable[Saved]) -> dict[str, Asked]:
    """What the searches ask for, by address; equal ones are read once."""
    addresses = list(dict.fromkeys(row.address for row in rows))
    return dict(zip(addresses, read_many([QueryDict(address) for address in addresses]), strict=True))


def words_of(searches: Iterable[Asked], table: Table) -> Mapping[Node | None, Mask]:
    """Which openings of a table have the words of each, for all of them at once."""
    each = words.matching_each([one.node for one in searches if one.node is not None], table)
    return {node: mask for node, mask in each.items()}  # noqa: C416 - whoever has no words asks with None


def fresh(rows: list[Saved]) -> dict[int, list[int]]:
    """The openings that match each search and were not told yet, the newest first; searches without any are left out.

    Who may see them is not asked here: the mail does that when it is written.
    """
    if not rows:
        return {}
    lately = Opening.objects.standing().filter(posted_at__gt=min(map(begins, rows)))
    posted = {key: at for key, at in lately.order_by().values_list("pk", "posted_at") if at is not None}
    found = _matching(rows, np.array(sorted(posted), np.int64)) if posted else {}
    found = {row.pk: [key for key in found[row.pk] if posted[key] > begins(row)] for row in rows if row.pk in found}
    met = [key for key, openings in found.items() if openings]
    told: set[tuple[int, int]] = set()
    for begin in range(0, len(met), AT_ONCE):
        some = Told.objects.filter(search__in=met[begin : begin + AT_ONCE])
        told.update(some.values_list("search_id", "opening_id"))
    left = {key: [opening for opening in found[key] if (key, opening) not in told][:MOST_NEW] for key in met}
    return {key: openings for key, openings in left.items() if openings}


def _matching(rows: list[Saved], keys: Whole) -> dict[int, list[int]]:
    table, asked = memory.now().only(keys), asked_by(rows)
    worded = words_of(asked.values(), table)
    same: dict[str, list[int]] = {}
    made = {}
    for row in rows:
        search = asked[row.address]
        if not search:
            continue
        if search.is_personal:
            made[row.pk] = searching.among(table, search, Viewer(row.member), worded.get(search.node))
            continue
        if row.address not in same:
            same[row.address] = searching.among(table, search, NOBODY, worded.get(search.node))
        made[row.pk] = same[row.address]
    return made
