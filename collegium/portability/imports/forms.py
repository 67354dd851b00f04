"""What somebody sends: a file, recognised by its first bytes; choices, as lists of numbers."""

import json
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from collegium.audience.level import Level
from collegium.portability.imports.arriving import FIELD, MEGA, MOST_RESUME, Arrived
from collegium.portability.imports.models import Import, ImportRow

HIGHEST_KEY = 2**63 - 1
MOST_CHOICES = 500
TOO_LARGE = _("The file is larger than 100 MB, the most that is taken.")
NEITHER = _(
    "This is neither a LinkedIn archive (a ZIP file) nor a JSON Resume. Please bring the file as it was downloaded."
)
# A member snapshot says which part of the data each piece is.
_SNAPSHOT = b'"snapshotDomain"'


class UploadForm(forms.Form):
    """One file."""

    archive = forms.FileField(
        label=_("Your file"),
        help_text=_("A LinkedIn archive as a ZIP file of at most 100 MB, or a JSON Resume of at most 2 MB."),
        allow_empty_file=True,
        max_length=1000,
        error_messages={
            "required": _("Please choose a file first."),
            "missing": _("Please choose a file first."),
            "max_length": _("The name of this file is too long. Please give it a shorter one."),
        },
        widget=forms.FileInput(attrs={"accept": ".zip,.json,application/zip,application/json"}),
    )
    kind = ""

    def clean_archive(self) -> Arrived:
        """See what it is; its name and the type a browser gives it are not asked."""
        upload = self.cleaned_data[FIELD]
        if not isinstance(upload, Arrived):
            raise ValidationError(NEITHER, code="neither")
        head = upload.read(MEGA)
        upload.seek(0)
        if not upload.size:
            raise ValidationError(_("This file is empty."), code="empty")
        if head.startswith(b"PK") or (_SNAPSHOT in head and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")):
            self.kind = Import.Kind.LINKEDIN
        elif _looks_like_json(head):
            if upload.size > MOST_RESUME:
                raise ValidationError(_("A JSON Resume has at most 2 MB; this file is larger."), code="too_large")
            self.kind = Import.Kind.RESUME
        else:
            raise ValidationError(NEITHER, code="neither")
        return upload


def _looks_like_json(head: bytes) -> bool:
    """Whether it begins as an object does, in any encoding JSON is written in."""
    if not head.strip():
        return False
    try:
        begin = head[:200].decode(json.detect_encoding(head[:200]), "ignore").lstrip("\ufeff \t\r\n")
    except (LookupError, ValueError):
        return False
    return begin.startswith("{")


def keys(given: Iterable[str]) -> set[int]:
    """The numbers in what was sent; what is none is passed over."""
    words = (word for text in list(given)[:MOST_CHOICES] for word in text.split(",")[:MOST_CHOICES])
    return {int(word) for word in words if _is_key(word)}


def _is_key(word: str) -> bool:
    """Whether it is a number the database could hold; of very long ones not even the value is asked."""
    return word.isascii() and word.isdigit() and len(word) <= 19 and int(word) <= HIGHEST_KEY


# What one button says about all rows of a file that are new, or that differ.
SWEEPS = {
    "all": (ImportRow.Status.NEW, True),
    "none": (ImportRow.Status.NEW, False),
    "theirs": (ImportRow.Status.CONFLICT, True),
    "mine": (ImportRow.Status.CONFLICT, False),
}


def level_of(word: str) -> Level | None:
    """An audience as a page names it; None for anything else."""
    return Level(int(word)) if word in {str(level.value) for level in Level} else None
