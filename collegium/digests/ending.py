"""What ends when the address in a digest is pressed."""

from django.utils.translation import gettext as _

from collegium.digests import actions
from collegium.digests.sending import OF_GROUP, PURPOSE
from collegium.lib.unsubscribe import Purpose

DIGESTS = Purpose(PURPOSE, lambda: _("The mail with what you missed"), actions.end, "/settings/digest/")
OF_GROUPS = Purpose(OF_GROUP, lambda: _("What the mail tells of one of your groups"), actions.end_group, "/groups/")
