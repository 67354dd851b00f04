"""What an applicant agrees to: a sentence that names the days, kept as she read it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.openings.models import Opening


@dataclass(frozen=True, slots=True)
class Consent:
    """An agreement: for so many days after the end, in these words."""

    days: int
    words: str


def of(opening: Opening) -> Consent:
    """What is asked of those who apply to this opening, in the language of the moment."""
    words = _(
        "%(organization)s may read and keep what I send here in order to decide on this application. It is erased "
        "%(days)s days after the application ends. I can withdraw at any time, and erase it myself once it has ended."
    )
    return Consent(opening.kept_days, words % {"organization": opening.organization.name, "days": opening.kept_days})
