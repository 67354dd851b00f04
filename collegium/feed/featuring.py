"""Posts as pins on a profile: what `profiles` asks of the room above it.

A personal post that is pinned stands there for those who read that side of its author; a profile is opened for other
reasons too.
"""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.feed import titles
from collegium.feed.models import Post
from collegium.feed.sides.asked import AskedFor
from collegium.lib.statement import Slots, Statement
from collegium.profiles.featured.providers import Card

EXCERPT = 240


def _pinned(slot: Slots, viewer: Viewer) -> QuerySet[Post]:
    """Of these posts those that the viewer sees and asked for; what is said in a group stands on its wall alone."""
    own = Post.objects.visible_to(viewer).filter(slot.among("id", "keys"), author__isnull=False, group=None)
    return own.filter(AskedFor(viewer)).with_author()


SEEN = Statement(lambda slot: _pinned(slot, stand_in(slot.int("me"))))
OPEN = Statement(lambda slot: _pinned(slot, NOBODY))


def cards(viewer: Viewer, keys: Sequence[int]) -> Mapping[int, Card]:
    """The posts of these keys that the viewer sees and asked for, by key."""
    asked = list(keys)
    rows = SEEN.rows(me=viewer.id, keys=asked) if viewer else OPEN.rows(keys=asked)
    titles.give(viewer, rows)
    return {row.pk: Card(row.author_id or 0, "", titles.of(row, EXCERPT), row.path, row.created_at) for row in rows}
