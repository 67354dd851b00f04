"""The part of the composer that holds files: up to ten, sent ahead in pieces or with the form; and taking them off."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.documents.models import MOST, Document
from collegium.feed.attachments import kinds as hanging
from collegium.feed.models import Post
from collegium.lib.refusal import Refusal
from collegium.media import kinds
from collegium.uploads.forms import UploadField, UploadMixin
from collegium.uploads.models import Upload

PREFIX = "documents"
PURPOSE = "documents"
ACCEPT = ",".join(kinds.DOCUMENTS)
DIGITS = 19


class DocumentsForm(UploadMixin):
    """Files of one post. Each is looked at before the post goes out, so that a bad one loses nothing.

    `documents-there` says that the form was on the page at all: without it nothing is changed. `documents-off` are the
    keys of those that are to come off.
    """

    accept = ACCEPT
    most = MOST

    def __init__(self, data: Any = None, files: Any = None, *, post: Post | None = None, **kwargs: Any) -> None:
        self.post = post
        self.rows = list(Document.objects.filter(post=post).order_by("pk")) if post is not None else []
        self.sent = data is not None and f"{PREFIX}-there" in data
        given = data.getlist(f"{PREFIX}-off") if self.sent else []
        self.off = {int(each) for each in given if each.isascii() and each.isdigit() and len(each) <= DIGITS}
        super().__init__(data if self.sent else None, files, prefix=PREFIX, **kwargs)
        for name in self.names:
            self.fields[name] = UploadField(purpose=PURPOSE, required=False, label=_("File"))
            self.fields[name].owner = self.owner  # type: ignore[attr-defined]

    @property
    def names(self) -> list[str]:
        """Of the fields: as many as there is room for."""
        return [f"file{number}" for number in range(1, MOST + 1 - len(self.rows))]

    def is_valid(self) -> bool:
        """A form that was not on the page changes nothing, and is right."""
        return super().is_valid() if self.sent else True

    @property
    def chosen(self) -> list[Upload]:
        """The files that were chosen, each once, when everything is right."""
        values = self.cleaned_data if self.sent else {}
        found = [values[name] for name in self.names if values.get(name) is not None]
        return list({upload.pk: upload for upload in found}.values())

    @property
    def going(self) -> list[int]:
        """The keys of those that hang there and are to come off."""
        return [row.pk for row in self.rows if row.pk in self.off]

    @property
    def slots(self) -> list[tuple[str, str, list[str]]]:
        """Each field for the page: its name, the key of what is there already, what is wrong with it."""
        return [(self.add_prefix(name), self.key_of(name), [*self[name].errors]) for name in self.names]

    @property
    def is_begun(self) -> bool:
        """Whether there is something in it to see."""
        return bool(self.rows or self.errors or (self.is_bound and any(key for _name, key, _errors in self.slots)))

    def clean(self) -> dict[str, Any]:
        """Look into each file; leave no post empty."""
        values = super().clean() or {}
        for name in self.names:
            upload: Upload | None = values.get(name)
            problem = _problem_of(upload.name, upload.path) if upload is not None else ""
            if problem:
                self.add_error(name, problem)
        if self.rows and len(self.going) == len(self.rows) and not self.chosen_so_far(values):
            self._keep_something()
        return values

    def chosen_so_far(self, values: dict[str, Any]) -> bool:
        """Whether any field holds a file."""
        return any(values.get(name) is not None for name in self.names)

    def _keep_something(self) -> None:
        if self.post is None or self.data.get("body", "").strip():
            return
        if len(hanging.load(Viewer(self.owner), [self.post]).get(self.post.pk, [])) <= 1:
            self.add_error(None, _("Keep a file, or write something: an empty post cannot stay."))


@lru_cache(maxsize=256)
def _problem_of(name: str, path: Path) -> str:
    """Why a file cannot hang there; a draft asks again and again, and a whole file does not change."""
    try:
        kinds.believe(name, path)
    except Refusal as no:
        return no.reason
    return ""


def as_documents(form: forms.Form) -> DocumentsForm:
    """The form as what it is."""
    if not isinstance(form, DocumentsForm):
        raise TypeError("no form of documents")
    return form
