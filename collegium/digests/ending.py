"""What ends when the address in a digest is pressed."""

from django.utils.translation import gettext as _

from collegium.digests import actions
from collegium.digests.sending import PURPOSE
from collegium.lib.unsubscribe import Purpose

DIGESTS = Purpose(PURPOSE, lambda: _("The mail with what you missed"), actions.end, "/settings/digest/")
