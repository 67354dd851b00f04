"""Which people a viewer may see: the rule of sight put to members themselves.

Neither a profile nor a list of connections can be open to the second degree only, so that is not asked here.
"""

from django.db.models import Exists, F, OuterRef, Q

from collegium.audience.rule import PUBLIC, closeness
from collegium.audience.viewer import Viewer
from collegium.members.models import Member, MemberQuerySet
from collegium.ties.models import Invitation


def visible_to(viewer: Viewer) -> MemberQuerySet:
    """The people whose profile the viewer may open.

    Someone who invited the viewer has shown himself, so a hidden profile opens for as long as the invitation stands.
    """
    enough = Q(near__gte=F("visibility"))
    if viewer.member is not None:
        asks = Invitation.objects.to(viewer.member).filter(sender=OuterRef("pk"))
        enough |= Q(near__gte=PUBLIC) & Q(Exists(asks))
    return Member.objects.alias(near=closeness(viewer, second=False)).filter(enough)


def findable_by(viewer: Viewer) -> MemberQuerySet:
    """The people who may turn up where the viewer did not ask for them by name: search, suggestions, lists."""
    return Member.objects.alias(near=closeness(viewer, second=False)).filter(near__gte=F("visibility"))


def whose_connections_are_open_to(viewer: Viewer) -> MemberQuerySet:
    """The people whose list of connections the viewer may read: profile open, and the list's own audience reached."""
    return visible_to(viewer).filter(Q(near__gte=F("connections_audience")))


def present_to(viewer: Viewer) -> MemberQuerySet:
    """The people in good standing whom no block parts from the viewer, whether their profile is open to her or not."""
    return Member.objects.alias(near=closeness(viewer, second=False)).filter(near__gte=PUBLIC)
