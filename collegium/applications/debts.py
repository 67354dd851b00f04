"""What an employer owes: whoever was interviewed is answered within 45 days, or nothing new is posted until she is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from collegium.applications import figures
from collegium.openings.models import Opening
from collegium.openings.posting import Problem


def hinders(opening: Opening) -> Iterator[Problem]:
    """A debt of the organisation hinders every new posting of it; laid among `openings.posting.hindrances`."""
    if since := figures.owed([opening.organization_id]).get(opening.organization_id):
        words = _(
            "An interviewed applicant waits for an answer since %(day)s. "
            "Answer all who were interviewed more than 45 days ago; then you can post again."
        )
        yield Problem(words % {"day": since})
