"""The tab that says what work an organisation offers: plain records have it too."""

from django.utils.translation import gettext_lazy as _

from collegium.pages.tabs import Tab, always

TABS = [Tab("jobs", _("Jobs"), "jobs/", always)]
