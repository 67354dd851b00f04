"""The posts a member keeps, as far as she still sees them."""

from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import kinds
from collegium.feed.models import Post, PostQuerySet, Saved
from collegium.feed.reading import words
from collegium.members.models import Fold

MOST_WORDS = 8
# Of so many of the posts she kept, the newest, it is asked what hangs on them.
MOST_HUNG = 500


def of(viewer: Viewer, query: str = "", before: int = 0) -> PostQuerySet:
    """Those she keeps and sees, the newest kept first; each carries the key of its keeping as `kept`.

    Args:
        viewer: who keeps them.
        query: words that must all stand in the post, in what hangs on it or in the name of its author.
        before: only those kept before the one with this key; 0 is all.
    """
    mine = Saved.objects.filter(member=viewer.id)
    if before:
        mine = mine.filter(pk__lt=before)
    kept = Subquery(mine.filter(post=OuterRef("pk")).values("pk")[:1], output_field=BigIntegerField())
    found = Post.objects.visible_to(viewer).filter(pk__in=mine.values("post")).annotate(kept=kept)
    asked = words.fold(query).split()[:MOST_WORDS] if query else []
    if asked:
        hung = _hung(viewer, found)
        found = found.annotate(said=Fold(Concat(F("body"), Value(" "), F("author__name"), Value(" "), F("page__name"))))
        for word in asked:
            beside = [key for key, text in hung.items() if word in text]
            found = found.filter(Q(said__contains=word) | Q(pk__in=beside))
    return found.order_by("-kept")


def _hung(viewer: Viewer, found: PostQuerySet) -> dict[int, str]:
    """What hangs on these posts says (the text of slides, the words of a picture), folded."""
    keys = found.filter(has_parts=True).order_by("-pk").values_list("pk", flat=True)[:MOST_HUNG]
    said = kinds.words(viewer, list(keys))
    return dict(zip(said, words.fold_all(said.values()), strict=True))
