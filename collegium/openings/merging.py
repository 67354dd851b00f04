"""What openings move when two records of organisations become one."""

from django.utils.translation import gettext_lazy as _

from collegium.organizations.merging import Party, count_rows, redirect_rows

OPENING, HIDDEN = "openings.Opening.organization", "openings.Hidden.organization"

PARTIES = [
    Party(_("openings"), (OPENING,), redirect_rows(OPENING), count_rows(OPENING)),
    Party("", (HIDDEN,), redirect_rows(HIDDEN)),
]
