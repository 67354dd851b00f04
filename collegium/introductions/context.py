"""That two were introduced to each other: what an invitation between them shows, and whose door it still passes."""

from collections.abc import Mapping, Sequence

from django.db.models import F, Q
from django.utils.translation import gettext as _

from collegium.audience import people
from collegium.audience.viewer import Viewer
from collegium.introductions.consent import opens, other_of
from collegium.introductions.models import Introduction
from collegium.network.context import INTRODUCTION, Line


def lines(viewer: Viewer, others: Sequence[int]) -> Mapping[int, list[Line]]:
    """A line for each of these people with whom the viewer was brought together.

    Args:
        viewer: who reads.
        others: keys of a page of people.
    """
    if viewer.member is None:
        return {}
    met = Q(asker=viewer.id, target__in=others) | Q(target=viewer.id, asker__in=others)
    accepted = Introduction.objects.filter(met, state=Introduction.State.ACCEPTED).with_people()
    # Who was introduced twice reads of the last time.
    latest = accepted.order_by(F("ended_at").asc(nulls_first=True), "pk")
    rows = {other_of(row, viewer): row for row in latest}
    if not rows:
        return {}
    between = people.present_to(viewer).filter(pk__in=[row.introducer_id for row in rows.values()])
    named, open_to_me = {person.pk for person in between}, opens(viewer, list(rows.values()))
    return {key: [_line(row, named, row.pk in open_to_me)] for key, row in rows.items()}


def _line(row: Introduction, named: set[int], is_open: bool) -> Line:
    """With the name of who introduced them, where the reader meets her still."""
    words = _("%(name)s introduced you to each other.") % {"name": row.introducer.name}
    said = words if row.introducer_id in named else _("You were introduced to each other.")
    return Line(INTRODUCTION, said, opens=is_open, mark=str(row.pk))
