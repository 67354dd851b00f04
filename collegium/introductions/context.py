"""That two were introduced to each other: what an invitation between them shows, and why it passes every door."""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.introductions.models import Introduction
from collegium.network.context import Line

KIND = "introduction"


def lines(viewer: Viewer, others: Sequence[int]) -> Mapping[int, list[Line]]:
    """A line for each of these people with whom the viewer was brought together.

    Args:
        viewer: who reads.
        others: keys of a page of people.
    """
    if viewer.member is None:
        return {}
    met = Q(asker=viewer.id, target__in=others) | Q(target=viewer.id, asker__in=others)
    rows = list(Introduction.objects.filter(met, state=Introduction.State.ACCEPTED).with_people().order_by("pk"))
    between = people.present_to(viewer).filter(pk__in=[row.introducer_id for row in rows]) if rows else []
    named = {person.pk for person in between}
    return {_other(row, viewer): [_line(row, named)] for row in rows}


def _other(row: Introduction, viewer: Viewer) -> int:
    return row.target_id if row.asker_id == viewer.id else row.asker_id


def _line(row: Introduction, named: set[int]) -> Line:
    """With the name of who introduced them, where the reader meets her still."""
    words = _("%(name)s introduced you to each other.") % {"name": row.introducer.name}
    said = words if row.introducer_id in named else _("You were introduced to each other.")
    return Line(KIND, said, opens=True, mark=str(row.pk))
