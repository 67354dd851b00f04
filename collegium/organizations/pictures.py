"""The logo and the cover of an organisation on their way out: for everybody, as the record itself."""

from collegium.audience.viewer import Viewer
from collegium.organizations.models import Organization

CARRIER = "organizations"


def shows(viewer: Viewer, key: int, shape: str, picture: str) -> bool:
    """Whether this is the present picture of a record that stands; records are public, so nobody is asked who looks."""
    return Organization.objects.filter(pk=key, merged_into=None, **{shape: picture}).exists()
