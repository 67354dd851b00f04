"""Who is shown the photo and the cover of a group."""

from collegium.audience.viewer import Viewer
from collegium.groups.models import Group


def shows(viewer: Viewer, pk: int, shape: str, key: str) -> bool:
    """Whoever may know of the group, while the picture is its present one."""
    return Group.objects.visible_to(viewer).filter(pk=pk, **{shape: key}).exists()
