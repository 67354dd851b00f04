"""The posts a member keeps, as far as she still sees them."""

from django.db.models import BigIntegerField, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post, PostQuerySet, Saved
from collegium.feed.reading import words
from collegium.members.models import Fold

MOST_WORDS = 8


def of(viewer: Viewer, query: str = "", before: int = 0) -> PostQuerySet:
    """Those she keeps and sees, the newest kept first; each carries the key of its keeping as `kept`.

    Args:
        viewer: who keeps them.
        query: words that must all stand in the post or in the name of its author.
        before: only those kept before the one with this key; 0 is all.
    """
    mine = Saved.objects.filter(member=viewer.id)
    if before:
        mine = mine.filter(pk__lt=before)
    kept = Subquery(mine.filter(post=OuterRef("pk")).values("pk")[:1], output_field=BigIntegerField())
    found = Post.objects.visible_to(viewer).filter(pk__in=mine.values("post")).annotate(kept=kept)
    asked = words.fold(query).split()[:MOST_WORDS] if query else []
    if asked:
        found = found.annotate(said=Fold(Concat(F("body"), Value(" "), F("author__name"))))
    for word in asked:
        found = found.filter(said__contains=word)
    return found.order_by("-kept")
