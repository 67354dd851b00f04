"""Sentences that more than one place here says."""

from django.utils.translation import gettext_lazy as _

FAULT = _("Something went wrong on our side while the file was read. Nothing was changed; please bring it again.")
OPEN_ALREADY = _("An import of yours is waiting already. Finish it or cancel it first.")
SETTLED_ALREADY = _("This import has been settled already, perhaps in another tab.")
