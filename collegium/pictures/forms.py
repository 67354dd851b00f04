"""The part of the composer that holds pictures: files that come, those that came, their words and their order."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import kinds
from collegium.feed.models import Post
from collegium.lib.text import clean_text
from collegium.media.decode import Crop
from collegium.members.models import Member
from collegium.pictures.models import ALT_LIMIT, MOST, Picture
from collegium.pictures.uploading import cut, take

PREFIX = "pictures"
# Of the part of a picture to show; the first is its own.
SHAPES = [
    ("", _lazy("As it is")),
    ("1/1", _lazy("Square")),
    ("4/3", _lazy("4 to 3")),
    ("16/9", _lazy("16 to 9")),
    ("3/4", _lazy("3 to 4, upright")),
]
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif"


@dataclass
class Row:
    """One picture in the composer, with the words as they were typed."""

    picture: Picture
    alt: str = ""
    problem: str = ""


class PicturesForm(forms.Form):
    """Pictures of one post.

    `pictures-key` comes once a picture, in order; `pictures-alt-<key>` are its words. `pictures-there` says that the
    form was on the page at all: without it nothing is changed. `pictures-step` is what a browser without JavaScript
    presses ("up:<key>", "down:<key>", "off:<key>", "cut:<key>", "add"); the composer is then shown again, with what was
    typed.
    """

    most = MOST
    shapes = SHAPES
    cuts = SHAPES[1:]
    limit = ALT_LIMIT
    accepted = ACCEPTED

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        owner: Member | None = None,
        post: Post | None = None,
    ) -> None:
        super().__init__(data, files, prefix=PREFIX)
        self.owner, self.post = owner, post
        hung = list(post.pictures.order_by("place")) if post is not None else []
        self.had = bool(hung)
        self.rows = [Row(picture, picture.alt) for picture in hung] if data is None else []
        self.problems: list[str] = []
        self.sent = data is not None and f"{PREFIX}-there" in data
        if data is not None and not self.sent:
            self.rows = [Row(picture, picture.alt) for picture in hung]

    @property
    def chosen(self) -> list[tuple[Picture, str]]:
        """What the verb takes."""
        return [(row.picture, row.alt) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        """Read rows and files; every good file is kept at once, so that a mistake elsewhere does not lose it."""
        values = super().clean() or {}
        if self.sent and self.owner is not None:
            self._read_rows()
            self._take_files()
            stepped = self._step()
            if stepped or self.problems or any(row.problem for row in self.rows):
                raise ValidationError(self.problems or [_("The pictures are not ready yet.")])
            if self.had and not self.rows and self._says_nothing_else():
                self.problems.append(_("Keep a picture, or write something: an empty post cannot stay."))
                raise ValidationError(self.problems)
        return values

    def _read_rows(self) -> None:
        """The pictures that were there already; one's own alone, and only those that are still here."""
        given = self.data.getlist(f"{PREFIX}-key") if isinstance(self.data, QueryDict) else []
        keys = list(dict.fromkeys(given))[: 2 * MOST]
        found = {row.key: row for row in self._mine().filter(key__in=[key[:64] for key in keys if "\0" not in key])}
        for key in keys[:MOST]:
            if key in found:
                self.rows.append(self._row(found[key]))
        if missing := len([key for key in keys if key not in found]):
            words = ngettext(
                "%(n)s picture is no longer here. Please choose it again.",
                "%(n)s pictures are no longer here. Please choose them again.",
                missing,
            )
            self.problems.append(words % {"n": missing})
        if len(keys) > MOST:
            self.problems.append(_("A post has room for %(num)s pictures; the others were left out.") % {"num": MOST})

    def _mine(self) -> QuerySet[Picture]:
        """Those of whoever writes; on which post is judged where they are hung, so that a form may come twice."""
        return Picture.objects.filter(owner=self.owner)

    def _row(self, picture: Picture) -> Row:
        """One picture with its words, or with what is wrong with them."""
        typed = str(self.data.get(f"{PREFIX}-alt-{picture.key}", ""))
        try:
            return Row(picture, clean_text(typed, ALT_LIMIT))
        except ValidationError as wrong:
            return Row(picture, typed, " ".join(wrong.messages))

    def _take_files(self) -> None:
        """Keep what was chosen here and now, as far as there is room."""
        given = self.files.getlist(f"{PREFIX}-files") if isinstance(self.files, MultiValueDict) else []
        room = MOST - len(self.rows)
        for upload in given[:room]:
            taken = take(self.owner, upload) if self.owner is not None else ""
            if isinstance(taken, Picture):
                self.rows.append(Row(taken))
            else:
                self.problems.append(taken)
        if len(given) > room:
            self.problems.append(_("A post has room for %(num)s pictures; the others were left out.") % {"num": MOST})

    def _step(self) -> bool:
        """Do what was pressed; whether anything was."""
        step, _colon, key = str(self.data.get(f"{PREFIX}-step", "")).partition(":")
        at = next((number for number, row in enumerate(self.rows) if row.picture.key == key), None)
        if at is not None and step == "off":
            del self.rows[at]
        elif at is not None and step == "cut":
            self._cut(self.rows[at])
        elif at is not None and step in ("up", "down"):
            to = min(max(at + (1 if step == "down" else -1), 0), len(self.rows) - 1)
            self.rows.insert(to, self.rows.pop(at))
        return bool(step)

    def _cut(self, row: Row) -> None:
        """Show the middle of a picture, in the shape that was chosen."""
        wide, _colon, high = str(self.data.get(f"{PREFIX}-cut-{row.picture.key}", "")).partition("/")
        if f"{wide}/{high}" not in (ratio for ratio, _words in self.cuts):
            return
        part = int(wide) * row.picture.height / (int(high) * row.picture.width)
        width, height = min(1.0, part), min(1.0, 1 / part)
        made = cut(row.picture, Crop((1 - width) / 2, (1 - height) / 2, width, height))
        if isinstance(made, Picture):
            row.picture = made
        else:
            self.problems.append(made)

    def _says_nothing_else(self) -> bool:
        """Whether the post would be empty without its pictures."""
        if self.post is None or str(self.data.get("body", "")).strip():
            return False
        hung = kinds.load(Viewer(self.owner), [self.post]).get(self.post.pk, [])
        return len(hung) <= 1
