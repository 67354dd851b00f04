"""Posts as pins on a profile: what `profiles` asks of the room above it."""

from collections.abc import Mapping, Sequence

from collegium.audience.viewer import NOBODY, Viewer, stand_in
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.lib.text import excerpt
from collegium.profiles.featured.providers import Card

EXCERPT = 240
SEEN = Statement(
    lambda slot: Post.objects.visible_to(stand_in(slot.int("me"))).filter(slot.among("id", "keys")).with_author()
)
OPEN = Statement(lambda slot: Post.objects.visible_to(NOBODY).filter(slot.among("id", "keys")).with_author())


def cards(viewer: Viewer, keys: Sequence[int]) -> Mapping[int, Card]:
    """The posts of these keys that the viewer sees, by key."""
    asked = list(keys)
    rows = SEEN.rows(me=viewer.id, keys=asked) if viewer else OPEN.rows(keys=asked)
    return {row.pk: Card(row.author_id, "", excerpt(row.body, EXCERPT), row.path, row.created_at) for row in rows}
