"""What somebody hosts, and what she sees of what was gathered for her."""

from collections.abc import Sequence

from collegium.audience.viewer import Viewer
from collegium.events.models import Cohost, Event, Occurrence
from collegium.pages import rules as pages


def hosted_by(viewer: Viewer) -> list[int]:
    """The keys of the events she hosts: her own, those she hosts with others, those of pages she speaks for.

    Each kind by its own index: an OR across tables would read every event there is.
    """
    own = Event.objects.filter(post__author=viewer.id).values_list("pk", flat=True)
    shared = Cohost.objects.filter(member=viewer.id, accepted_at__isnull=False).values_list("event_id", flat=True)
    keys = own.union(shared)
    if viewer.member is not None and (spoken := pages.spoken_for(viewer.member)):
        keys = own.union(shared, Event.objects.filter(post__page__in=spoken).values_list("pk", flat=True))
    return list(keys)


def in_sight(viewer: Viewer, rows: Sequence[Occurrence]) -> list[Occurrence]:
    """Those of these whose events she sees now.

    Asked of the few that were gathered: as a part of the statement that gathers them it is asked of every event.
    """
    seen = Event.objects.visible_to(viewer).filter(pk__in={row.event_id for row in rows})
    keys = set(seen.values_list("pk", flat=True))
    return [row for row in rows if row.event_id in keys]
