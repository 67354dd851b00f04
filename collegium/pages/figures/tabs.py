"""The tab for those who may read the figures of a page."""

from django.utils.translation import gettext_lazy as _

from collegium.pages import rules
from collegium.pages.tabs import Tab

TABS = [Tab("figures", _("Figures"), "figures/", lambda viewer, row: rules.may_count(viewer.member, row))]
