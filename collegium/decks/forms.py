"""The part of the composer that holds slides: a PDF, what it is called, and taking it off again."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience.viewer import Viewer
from collegium.decks.models import TITLE_LIMIT, Deck
from collegium.feed.attachments import kinds
from collegium.feed.models import Post
from collegium.lib.fields import LineField
from collegium.lib.text import clean_line
from collegium.media import slides
from collegium.media.slides import UnusableSlides
from collegium.uploads.forms import UploadField, UploadMixin
from collegium.uploads.models import Upload

PREFIX = "deck"
PURPOSE = "slides"


class DeckForm(UploadMixin):
    """Slides of one post. A PDF is looked through before the post goes out, so that a bad one loses nothing."""

    file = UploadField(purpose=PURPOSE, required=False, label=gettext_lazy("PDF"))
    title = LineField(limit=TITLE_LIMIT, required=False, label=gettext_lazy("What it is called"))
    off = forms.BooleanField(required=False, label=gettext_lazy("Take the slides off"))

    def __init__(self, *args: Any, post: Post | None = None, **kwargs: Any) -> None:
        self.post = post
        self.deck = Deck.objects.filter(post=post).first() if post is not None else None
        initial = {"title": self.deck.title} if self.deck is not None else {}
        super().__init__(*args, prefix=PREFIX, initial=initial, **kwargs)
        self.pages = 0

    @property
    def sent(self) -> bool:
        """Whether the part was on the page at all; without it nothing is changed."""
        return self.add_prefix("title") in self.data

    @property
    def key(self) -> str:
        """Of the file, for the form when it is shown again."""
        return self.key_of("file")

    @property
    def is_begun(self) -> bool:
        """Whether there is something in it to see."""
        return bool(self.deck or self.errors or self.key)

    def clean(self) -> dict[str, Any]:
        """Look the file through; find it a title; leave no post empty."""
        values = super().clean() or {}
        upload: Upload | None = values.get("file")
        if upload is not None:
            self._look(upload)
            values["title"] = values.get("title") or _title_of(upload.name)
        elif self.deck is not None and values.get("off") and self._says_nothing_else():
            self.add_error("off", _("Keep the slides, or write something: an empty post cannot stay."))
        return values

    def _look(self, upload: Upload) -> None:
        """How many pages it has; a mistake on the form where they cannot become slides."""
        try:
            self.pages = _looked(upload.path)
        except UnusableSlides as unusable:
            self.add_error("file", str(unusable))

    def _says_nothing_else(self) -> bool:
        """Whether the post would be empty without its slides."""
        if self.post is None or str(self.data.get("body", "")).strip():
            return False
        hung = kinds.load(Viewer(self.owner), [self.post]).get(self.post.pk, [])
        return len(hung) <= 1


def _looked(path: Path) -> int:
    """The pages of a file.

    Raises:
        UnusableSlides: it has none that can be shown.
    """
    pages, problem, page = _known(path)
    if problem:
        raise UnusableSlides(problem, page)
    return pages


@lru_cache(maxsize=256)
def _known(path: Path) -> tuple[int, str, int]:
    """What a file is; a draft asks again and again, and a whole file does not change."""
    try:
        return slides.look(path), "", 0
    except UnusableSlides as unusable:
        if unusable.is_passing:
            raise
        return 0, unusable.problem, unusable.page


def _title_of(name: str) -> str:
    """The name of a file as a title."""
    try:
        return clean_line(Path(name).stem.replace("_", " ")[:TITLE_LIMIT], TITLE_LIMIT) or _("Slides")
    except ValidationError:
        return _("Slides")
