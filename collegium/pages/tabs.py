"""The tabs of a page. Rooms above draw most of them, so the roof lays the table (`config/wiring.py`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.audience.viewer import Viewer
from collegium.organizations.models import Organization
from collegium.pages import rules


def _pages(_viewer: Viewer, organization: Organization) -> bool:
    return organization.is_page


def always(_viewer: Viewer, _organization: Organization) -> bool:
    """For tabs that plain records have too."""
    return True


@dataclass(frozen=True)
class Tab:
    """One tab.

    Attributes:
        name: what the page that draws it gives to the frame.
        label: for people.
        path: what stands after the address of the organisation, such as "people/".
        shown: whether this viewer gets it; by default everybody on what is a page. Asks the database at most once.
    """

    name: str
    label: str | Promise
    path: str = ""
    shown: Callable[[Viewer, Organization], bool] = _pages


class Tabs(list[Tab]):
    """In the order in which they stand."""

    def lay(self, table: Sequence[Tab]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table


tabs = Tabs()

# Those of this room: first and, for whoever works on the page, last.
ABOUT = Tab("about", _("About"), "", always)
MANAGE = Tab("manage", _("Manage"), "manage/", lambda viewer, row: bool(rules.parts(viewer.member, row)))
TABS = [ABOUT, MANAGE]
