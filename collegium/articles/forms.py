"""What is typed about an article: the sheet itself, its cover, and what changed."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.articles.models import ALT_LIMIT, LEAD_LIMIT, NOTE_LIMIT, SOURCE_LIMIT, TITLE_LIMIT
from collegium.articles.writing import Texts
from collegium.lib.fields import LineField, TextField

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"


class SheetForm(forms.Form):
    """The sheet. Everything may be empty while one writes; publishing asks for a title and a text.

    `number` says which state of the sheet the page was opened with; `form_key` from which page it was begun.
    """

    title = LineField(limit=TITLE_LIMIT, label=_("Title"), required=False)
    lead = LineField(limit=LEAD_LIMIT, label=_("Lead"), required=False)
    source = TextField(limit=SOURCE_LIMIT, label=_("Text"), required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=(1 << 31) - 1)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "sheet-%s"
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4

    @property
    def texts(self) -> Texts:
        """What a valid form holds."""
        return Texts(*(self.cleaned_data[name] for name in ("title", "lead", "source")))

    @property
    def says_something(self) -> bool:
        """Whether a valid form holds anything at all."""
        return any(self.texts.all)


class CoverForm(forms.Form):
    """A picture, and what it shows."""

    picture = forms.FileField(
        label=_("Picture"), required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    alt = LineField(limit=ALT_LIMIT, label=_("What the cover shows"), required=False)


class NoteForm(forms.Form):
    """A sentence on what changed."""

    note = LineField(limit=NOTE_LIMIT, label=_("What changed"), required=False)
