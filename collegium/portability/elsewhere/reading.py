"""What came in from elsewhere, as its author finds it again."""

from django.db.models import Count, QuerySet

from collegium.feed.models import Origin, Post
from collegium.feed.reading.words import fold
from collegium.members.models import Fold, Member
from collegium.portability.correspondence.models import Invited, Thread
from collegium.portability.elsewhere.models import Brought, Remark

MOST_WORDS = 8
PAGE = 40


def remarks(member: Member, *, query: str = "", kind: str = "", before: int | None = None) -> QuerySet[Remark]:
    """What is kept for her alone, the newest first.

    Args:
        member: whose it is.
        query: words that must all stand in it.
        kind: of `Remark.Kind`; "" for all.
        before: only what is older than the one with this key.
    """
    found = Remark.objects.filter(member=member)
    if kind:
        found = found.filter(kind=kind)
    if before is not None:
        found = found.filter(pk__lt=before)
    told = found.exclude(text="").annotate(said=Fold("text"))
    asked = fold(query).split()[:MOST_WORDS] if query else []
    for word in asked:
        told = told.filter(said__contains=word)
    return (told if asked else found).order_by("-pk")


def counts(member: Member) -> dict[str, int]:
    """How much is kept, by kind."""
    rows = Remark.objects.filter(member=member).values_list("kind").annotate(n=Count("pk")).order_by()
    return dict(rows)


def posts(member: Member) -> list[tuple[int, int]]:
    """Her posts from elsewhere: so many for each audience."""
    mine = Post.objects.filter(author=member, origin=Origin.LINKEDIN)
    return sorted(mine.values_list("audience").annotate(n=Count("pk")).order_by())


def is_there(member: Member) -> bool:
    """Whether anything of hers came from elsewhere."""
    if Thread.objects.filter(member=member).exists() or Invited.objects.filter(member=member).exists():
        return True
    return Brought.objects.filter(member=member).exists() or Remark.objects.filter(member=member).exists()
