"""What ends when the address in an issue is pressed."""

from django.utils.translation import gettext as _

from collegium.lib.unsubscribe import Purpose
from collegium.newsletters import actions
from collegium.newsletters.letter import PURPOSE

NEWSLETTERS = Purpose(
    PURPOSE, lambda: _("Mails with the issues of this newsletter"), actions.unsubscribe_by_address, "/newsletters/"
)
