"""The files of an application: copies, so that nothing she does with her own afterwards changes what she sent."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from collegium.applications.models import Cv
from collegium.lib.refusal import Conflict
from collegium.media import keeping
from collegium.media.storage import name_of
from collegium.workplaces import addresses

ENDINGS = (".pdf", ".docx", ".odt")
MOST_BYTES = 10 << 20
FACE = 192


@dataclass(frozen=True, slots=True)
class Copies:
    """What was copied, by the names under which it is kept."""

    cv: str = ""
    cv_name: str = ""
    cv_type: str = ""
    photo: str = ""

    def drop(self) -> None:
        """Let the files go: no row carries them."""
        for name in (self.cv, self.photo):
            keeping.remove(name)


def copied(cv: Cv | None, photo: str) -> Copies:
    """Copy a CV and a picture.

    Raises:
        Conflict: one of them is no longer there.
    """
    kept: list[str] = []
    try:
        file = _copy(cv.stored, ".bin", kept) if cv is not None else ""
        face = _copy(name_of(photo, FACE), ".webp", kept) if photo else ""
    except FileNotFoundError:
        for name in kept:
            keeping.remove(name)
        raise Conflict(_("A file that you chose is no longer here. Please choose again.")) from None
    return Copies(file, cv.name if cv else "", cv.content_type if cv else "", face)


def _copy(name: str, ending: str, kept: list[str]) -> str:
    with default_storage.open(name) as file:
        kept.append(keeping.keep(file.read(), ending))
    return kept[-1]


def mark(email: str) -> str:
    """A keyed hash of the mailbox, the same for every way to write it: who applies under two names is found by it."""
    address = addresses.read(email)
    return address.mark if address is not None else addresses.keyed("address", email.strip().lower())
