"""The connections to choose from, before asking, writing or proposing."""

from dataclasses import dataclass

from django.db.models import Q, Value
from django.http import Http404

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.lib.cursor import pack, unpack
from collegium.members.models import Fold, Member
from collegium.ties.models import Connection

PAGE = 30
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A stretch of connections in the order of their names, and the cursor of the next."""

    people: list[Member]
    older: str = ""


def connections(viewer: Viewer, words: str = "", after: str = "") -> Choice:
    """The viewer's connections whom she sees.

    Args:
        viewer: who chooses.
        words: in the name, the handle or the headline, whatever the accents and capitals.
        after: the cursor of the stretch before.
    """
    ties = Connection.objects.filter(member=viewer.id)
    rows = people.visible_to(viewer).filter(pk__in=ties.values("other"))
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(folded__contains=Fold(Value(word)))
    if after:
        last = Member.objects.filter(pk=unpack(after, 1)[0]).first()
        if last is None:
            raise Http404
        rows = rows.filter(Q(sort_name__gt=last.sort_name) | Q(sort_name=last.sort_name, pk__gt=last.pk))
    found = [*rows.order_by("sort_name", "pk")[: PAGE + 1]]
    return Choice(found[:PAGE], pack(found[PAGE - 1].pk) if len(found) > PAGE else "")
