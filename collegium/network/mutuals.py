"""Whom a viewer and other people both know, by name, as far as the viewer may know it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from collegium.audience.viewer import Viewer
from collegium.graph import degrees
from collegium.graph.view import View
from collegium.members.models import Member

NAMED = 3


@dataclass(slots=True)
class Mutual:
    """The people two both know: the first few by name, and how many there are in all."""

    people: list[Member] = field(default_factory=list)
    total: int = 0

    @property
    def others(self) -> int:
        """How many more than are named."""
        return self.total - len(self.people)


NOBODY_SHARED = Mutual()


def mutuals(
    viewer: Viewer, members: Iterable[Member], named: int = NAMED, view: View | None = None
) -> dict[int, Mutual]:
    """Mutual connections with each of these people; those without any are left out.

    Args:
        viewer: who looks.
        members: a page of people whom she sees.
        named: how many are named, those longest here; in the order of names.
        view: the graph, where it was asked for already.
    """
    shared = degrees.mutual(viewer, [member.pk for member in members], named, view)
    keys = {key for each in shared.values() for key in each.keys}
    known = Member.objects.in_bulk(keys) if keys else {}
    return {
        key: Mutual(sorted((known[one] for one in each.keys if one in known), key=_by_name), each.total)
        for key, each in shared.items()
    }


def _by_name(member: Member) -> tuple[str, int]:
    return member.sort_name, member.pk
