"""What ends when the address in a mail of new openings is pressed."""

from django.utils.translation import gettext as _

from collegium.finding.keeping import actions
from collegium.finding.keeping.letters import ALL, ONE
from collegium.finding.keeping.reading import PATH
from collegium.lib.unsubscribe import Purpose

JOB_SEARCHES = Purpose(ALL, lambda: _("The mails of your searches for work"), actions.end_all, PATH)
JOB_SEARCH = Purpose(ONE, lambda: _("The mails of one of your searches for work"), actions.end, PATH)
