"""From what somebody typed to the person who is meant, among those whom she sees."""

from django.db.models import F, Value

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib.handles import check_handle
from collegium.members.models import Fold, Member

MOST = 8


def meant(viewer: Viewer, words: str) -> list[Member]:
    """The people a name or handle may mean; one when it is a handle, none when nobody she sees is called so.

    Args:
        viewer: who types.
        words: "@ada-lindqvist", the address of a page, or a name, whole or its beginning.
    """
    seen = people.visible_to(viewer).exclude(pk=viewer.id)
    handle = words.strip().removesuffix("/").rpartition("/")[2].removeprefix("@").lower()
    if not check_handle(handle):
        exact = list(seen.filter(handle=handle)[:1])
        if exact:
            return exact
    if not (bare := words.strip().removeprefix("@")):
        return []
    named = seen.alias(typed=Fold(Value(bare))).order_by("sort_name", "id")
    whole = [*named.filter(folded_name=F("typed"))[:MOST]]
    return [*(whole or named.filter(folded_name__startswith=F("typed"))[:MOST])]
