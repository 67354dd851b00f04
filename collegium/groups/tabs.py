"""The tabs of a group. Rooms above lay theirs (`config/wiring.py`): this room does not know what else a group holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.groups.models import Group


def _always(_viewer: Viewer, _group: Group) -> bool:
    return True


@dataclass(frozen=True)
class Tab:
    """One page of a group.

    Attributes:
        name: what `group_frame` is told is open.
        label: as it reads.
        address: where it is; `{path}` is the group's own, with a slash at its end.
        rank: the smaller, the further in front. The wall has 0, what it is about 10, its members 20.
        shown: whether this viewer has it, of those who read in the group; asks the database as little as it can.
        inside: only for those who read in the group.
        count: a number beside the label, none where it is 0; one short statement.
    """

    name: str
    label: str | Promise
    address: str
    rank: int = 50
    shown: Callable[[Viewer, Group], bool] = _always
    inside: bool = True
    count: Callable[[Viewer, Group], int] | None = None


OWN = (
    Tab("about", _("About"), "{path}about/", rank=10, inside=False),
    Tab("members", _("Members"), "{path}members/", rank=20, shown=lambda viewer, _group: bool(viewer)),
)


class Tabs(list[Tab]):
    """All of them, in their order."""

    def lay(self, table: Iterable[Tab]) -> None:
        """Take the table of the roof, beside this room's own; once, when every room stands."""
        self[:] = sorted([*OWN, *table], key=lambda tab: tab.rank)

    def of(self, viewer: Viewer, group: Group, *, reads: bool) -> list[Tab]:
        """Those the viewer has.

        Args:
            viewer: who looks.
            group: at which.
            reads: whether she reads in it.
        """
        return [tab for tab in self if (reads or not tab.inside) and tab.shown(viewer, group)]


tabs = Tabs(OWN)
