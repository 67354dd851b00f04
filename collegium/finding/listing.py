"""A page of openings that a search found: the rows, judged by the rule once more, and what their cards say."""

from dataclasses import dataclass, field

from collegium.audience.viewer import NOBODY, Viewer
from collegium.finding.searching import Search
from collegium.openings import cards
from collegium.openings.models import Opening

PAGE, IN_FEED = 20, 50


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what a search found.

    Attributes:
        openings: with their faces, the newest first.
        extras: what stands on their cards besides.
        after: where the next ones begin; "" where there are none.
    """

    openings: list[Opening]
    extras: dict[int, cards.Extra] = field(default_factory=dict)
    after: str = ""


def page(search: Search, after: str = "") -> Found:
    """One page of cards.

    Raises:
        Http404: the cursor is none of ours.
    """
    found = search.page(after, PAGE)
    rows = _rows(found.keys, search.viewer, light=True)
    return Found(rows, cards.extras(search.viewer, rows), found.after)


def feed(search: Search) -> list[Opening]:
    """The newest, for whoever is signed out: a feed is fetched by machines, and kept by them."""
    return _rows(search.page(most=IN_FEED).keys, NOBODY)


def _rows(keys: list[int], viewer: Viewer, *, light: bool = False) -> list[Opening]:
    if not keys:
        return []
    rows = Opening.objects.standing().visible_to(viewer).with_faces().filter(pk__in=keys).order_by("-posted_at", "-pk")
    return list(rows.defer("html") if light else rows)
