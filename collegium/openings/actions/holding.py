"""One opening, held until the verb is over: of two who change it at once the second sees what the first did."""

from django.utils.translation import gettext as _

from collegium.lib.refusal import Conflict
from collegium.openings.models import Opening


def held(opening: Opening) -> Opening:
    """The row as it is now.

    Raises:
        Conflict: it was thrown away meanwhile.
    """
    rows = Opening.objects.select_for_update(of=("self",), no_key=True).select_related("organization")
    row = rows.filter(pk=opening.pk).first()
    if row is None:
        raise Conflict(_("This opening is gone."))
    return row
