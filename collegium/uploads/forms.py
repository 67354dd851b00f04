"""A form's field for a large file: the key of one that was sent ahead, or the file itself from a plain form.

The page draws it with the macro `upload_field` of `uploads/_field.html`.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from collegium.lib.refusal import Conflict, Refusal
from collegium.members.models import Member
from collegium.uploads import taking
from collegium.uploads.models import Upload

SUFFIX = "-file"


class UploadInput(forms.HiddenInput):
    """Reads both: the key in `name`, the file in `name-file`. A file that was chosen goes before a key."""

    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The file, the key, or nothing."""
        file = files.get(f"{name}{SUFFIX}") if files else None
        return file if isinstance(file, UploadedFile) else str(data.get(name) or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither was on the page."""
        return name not in data and f"{name}{SUFFIX}" not in (files or {})

    def format_value(self, value: Any) -> str:
        """The key; a file that was sent along cannot be shown again."""
        return value if isinstance(value, str) else ""


class UploadField(forms.Field):
    """Cleans to an `Upload` that is whole, or to None.

    Args:
        purpose: what the file is for (`uploads.purposes`).
    """

    widget = UploadInput
    default_error_messages = {"required": _("Please choose a file first.")}

    def __init__(self, *, purpose: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.purpose = purpose
        self.owner: Member | None = None

    def clean(self, value: Any) -> Upload | None:
        """Find it, or take it in at once, so that a mistake elsewhere in the form does not lose it."""
        if not value or self.owner is None:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            if isinstance(value, UploadedFile):
                return taking.take_in(self.owner, value, self.purpose)
            return taking.whole(self.owner, value, self.purpose)
        except (Refusal, Conflict) as no:
            raise ValidationError(no.reason or self.error_messages["required"]) from None


class UploadMixin(forms.Form):
    """A form with such fields: `XForm(data, files, owner=member)`.

    In its template `{{ upload_field(form["video"].html_name, "video", label, help, form.key_of("video")) }}`.
    """

    def __init__(self, *args: Any, owner: Member | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        for field in self.fields.values():
            if isinstance(field, UploadField):
                field.owner = owner

    def key_of(self, name: str) -> str:
        """What the hidden input is to hold when the form is shown again: a plain form's file is not chosen twice."""
        cleaned = getattr(self, "cleaned_data", {}).get(name)
        if isinstance(cleaned, Upload):
            return cleaned.key
        value = self[name].value()
        return value if isinstance(value, str) and not self.errors.get(name) else ""
