"""The tab that says who works there, or who studied there: plain records have it too."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.organizations.models import Organization
from collegium.pages.tabs import Tab


def _is_school(_viewer: Viewer, organization: Organization) -> bool:
    return organization.kind == Organization.Kind.SCHOOL


def _is_none(_viewer: Viewer, organization: Organization) -> bool:
    return organization.kind != Organization.Kind.SCHOOL


# One address, called after what the record is; both are "people" to whoever draws the page.
TABS: Sequence[Tab] = [
    Tab("people", _("Alumni"), "people/", _is_school),
    Tab("people", _("People"), "people/", _is_none),
]
