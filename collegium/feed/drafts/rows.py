"""The drafts of one member, as they are asked for."""

from django.db.models import QuerySet

from collegium.feed.models import Draft
from collegium.members.models import Member

# So many drafts a member keeps.
MOST = 100
# In `values` of a draft that was deleted and may come back: what it was before.
GONE = "gone"


def kept(author: Member) -> QuerySet[Draft]:
    """Hers, without those she deleted."""
    return Draft.objects.filter(author=author).exclude(values__has_key=GONE)


def deleted(author: Member) -> QuerySet[Draft]:
    """Those she deleted, as long as they may come back."""
    return Draft.objects.filter(author=author, values__has_key=GONE)


def of_key(author: Member, key: str) -> QuerySet[Draft]:
    """Hers of one form."""
    return kept(author).filter(values__form_key=key)


def let_go(author: Member, key: object) -> None:
    """What is posted is no draft any more."""
    if key is not None:
        of_key(author, str(key)).delete()
