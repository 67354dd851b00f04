"""What large files are taken for; the roof lays the table (`config/wiring.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Purpose:
    """What is taken under one name.

    Attributes:
        name: as forms and senders say it.
        most_bytes: the largest file.
        accepts: endings of file names, in small letters, as ".mp4". What a file really is, its reader finds out.
        words: which files, for people ("MP4, MOV or WebM, up to 1 GB").
    """

    name: str
    most_bytes: int
    accepts: tuple[str, ...]
    words: str | Promise

    def problem_of(self, name: str, length: int) -> str:
        """Why a file of this name and length is not taken; empty when it is."""
        if Path(name).suffix.lower() not in self.accepts:
            return _("This kind of file is not taken here. Please choose another: %(words)s.") % {"words": self.words}
        if length <= 0:
            return _("The file is empty. Please choose another.")
        if length > self.most_bytes:
            return _("The file is larger than what is taken here. Please choose a smaller one: %(words)s.") % {
                "words": self.words
            }
        return ""


class Purposes(dict[str, Purpose]):
    """By name."""

    def lay(self, table: Sequence[Purpose]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self.clear()
        self.update({purpose.name: purpose for purpose in table})


purposes = Purposes()
