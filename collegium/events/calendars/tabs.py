"""The tabs of groups and pages that this room draws."""

from django.utils.translation import gettext_lazy as _

from collegium.groups.tabs import Tab as GroupTab
from collegium.pages.tabs import Tab as PageTab

GROUP_TABS = [GroupTab("events", _("Events"), "{path}events/", rank=30)]
PAGE_TABS = [PageTab("events", _("Events"), "events/")]
