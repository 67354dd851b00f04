"""What is typed about a link or a file to pin."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from collegium.lib.fields import LineField
from collegium.lib.text import clean_line
from collegium.media.decode import UnusableImage, process_image
from collegium.media.documents import MOST_BYTES, is_document, problem_of, store_document
from collegium.media.storage import store
from collegium.profiles.editing.words import LinkField
from collegium.profiles.models import NOTE_LIMIT, TITLE_LIMIT, Pin

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,image/gif,image/avif"


class PinForm(forms.Form):
    """Title and note; also what an existing pin is changed with."""

    title = LineField(label=_("Title"), limit=TITLE_LIMIT)
    note = LineField(label=_("A sentence about it"), limit=NOTE_LIMIT, required=False)
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "pin-%s"
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        for name in ("title", "note"):
            self.fields[name].widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    @property
    def columns(self) -> dict[str, Any]:
        """What the verbs take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("form_key", "file")}


class LinkForm(PinForm):
    """A link; nothing is fetched from there."""

    url = LinkField(label=_("Link"))
    field_order = ("url", "title", "note")


class FileForm(PinForm):
    """A picture or a document."""

    title = LineField(label=_("Title"), limit=TITLE_LIMIT, required=False, help_text=_("The file’s name without one."))
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "A PDF, or a picture (JPEG, PNG, WebP, GIF, AVIF), at most 10 MB. "
            "Pictures lose what they say of place and camera; a PDF is kept as it is."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Please choose a file first."), "missing": _("Please choose a file first.")},
    )
    field_order = ("file", "title", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.images: dict[int, bytes] = {}
        self.document = b""

    def clean_file(self) -> UploadedFile:
        """Look at the file itself, not at what it is said to be."""
        upload: UploadedFile = self.cleaned_data["file"]
        data = upload.read(MOST_BYTES + 1)
        if is_document(data) or not data:
            if problem := problem_of(data):
                raise ValidationError(str(problem), code="document")
            self.document = data
            return upload
        try:
            self.images = process_image(data, None, "pinned")
        except UnusableImage as unusable:
            said = _("This is neither a PDF nor a picture that can be read here.")
            raise ValidationError(said if unusable.problem == "unknown" else str(unusable), code="file") from None
        return upload

    def clean(self) -> dict[str, Any]:
        """A file has a name before it has a title."""
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            self.name = self._named(upload.name or "")
            cleaned["title"] = cleaned.get("title") or self.name.rpartition(".")[0] or self.name
        return cleaned

    def _named(self, name: str) -> str:
        """The file's name as a line of ours; a plain word where it has none that could stand on a page."""
        try:
            return clean_line(name[-TITLE_LIMIT:], TITLE_LIMIT) or str(_("File"))
        except ValidationError:
            return str(_("File"))

    def stored(self) -> tuple[str, dict[str, Any]]:
        """Put the file on the disk: its kind, and the columns that say where and what it is."""
        if self.document:
            key, size = store_document(self.document), len(self.document)
            name = self.name if self.name.lower().endswith(".pdf") else f"{self.name[: TITLE_LIMIT - 4]}.pdf"
            return Pin.Kind.DOCUMENT, {"file_key": key, "file_name": name, "file_size": size}
        key, size = store(self.images), len(max(self.images.values(), key=len))
        return Pin.Kind.PICTURE, {"file_key": key, "file_name": self.name, "file_size": size}
