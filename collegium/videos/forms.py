"""The part of the composer that holds a video: its file, what is to be seen, the moment before it plays, captions."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import kinds
from collegium.feed.models import Post
from collegium.lib.text import clean_text
from collegium.media.videos import MOST_SECONDS, Facts, UnusableVideoError, look
from collegium.members.models import Member
from collegium.uploads.forms import UploadField, UploadMixin
from collegium.uploads.models import Upload
from collegium.videos import actions, posing, webvtt
from collegium.videos.languages import choices, name_of
from collegium.videos.models import ALT_LIMIT, KEY, MOST_CAPTIONS, Captions, Video

PREFIX = "videos"
SLOTS = 2
_MOMENT = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,4}(?:[.,]\d{1,3})?)")


class VideoForm(UploadMixin):
    """The video of one post.

    `videos-there` says that the form was on the page at all: without it nothing is changed. Captions that were taken in
    come back as `videos-captions` (their keys), so that a mistake elsewhere does not lose them; `videos-captions-off`
    are those that are to go.
    """

    upload = UploadField(purpose="video", required=False, label=gettext_lazy("Video file"))
    alt = forms.CharField(required=False, strip=False, label=gettext_lazy("What is to be seen"))
    poster = forms.CharField(required=False, max_length=20, label=gettext_lazy("Picture before it plays"))
    off = forms.BooleanField(required=False)

    limit = ALT_LIMIT
    most_captions = MOST_CAPTIONS

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        owner: Member | None = None,
        post: Post | None = None,
    ) -> None:
        self.post = post
        self.video = Video.objects.filter(post=post).first() if post is not None else None
        self.sent = data is not None and f"{PREFIX}-there" in data
        self.facts: Facts | None = None
        self.problems: list[str] = []
        self.captions: list[Captions] = []
        self.posed = ""
        initial = {"alt": self.video.alt if self.video is not None else ""}
        super().__init__(data if self.sent else None, files, owner=owner, prefix=PREFIX, initial=initial)
        if not self.sent and self.video is not None:
            self.captions = list(self.video.captions.order_by("language"))

    def is_valid(self) -> bool:
        """A form that was not on the page changes nothing, and is right."""
        return super().is_valid() if self.sent else True

    @property
    def chosen(self) -> Upload | None:
        """The file that was chosen, when everything is right."""
        upload = self.cleaned_data.get("upload") if self.sent else None
        return upload if isinstance(upload, Upload) else None

    @property
    def goes(self) -> bool:
        """Whether the video is to come off the post."""
        return bool(self.sent and self.video and self.cleaned_data.get("off") and self.chosen is None)

    @property
    def is_begun(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.video or self.captions or self.errors or (self.is_bound and self.key_of("upload")))

    @property
    def kept(self) -> list[tuple[Captions, str]]:
        """Captions that are here, with what their language calls itself."""
        return [(row, name_of(row.language)) for row in self.captions]

    @property
    def slots(self) -> list[int]:
        """The numbers of the places for captions that are empty."""
        return list(range(1, 1 + min(SLOTS, MOST_CAPTIONS - len(self.captions))))

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Those captions can be in."""
        return choices()

    def clean_upload(self) -> Upload | None:
        """Look into the file at once, so that what cannot be taken is refused while its author is there."""
        upload: Upload | None = self.cleaned_data.get("upload")
        if upload is not None:
            try:
                self.facts = look(upload.path)
            except UnusableVideoError as unusable:
                raise ValidationError(str(unusable)) from None
        return upload

    def clean_alt(self) -> str:
        """As text."""
        return clean_text(self.cleaned_data["alt"], ALT_LIMIT)

    def clean_poster(self) -> float | None:
        """A moment: seconds, or minutes and seconds."""
        typed = self.cleaned_data["poster"].strip()
        if not typed:
            return None
        found = _MOMENT.fullmatch(typed)
        hours, minutes, seconds = found.groups() if found and typed.isascii() else (None, None, None)
        if seconds is None:
            raise ValidationError(_("Please write the moment as 0:12, or leave it empty."))
        at = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + float(seconds.replace(",", "."))
        if at > MOST_SECONDS:
            raise ValidationError(_("The moment lies beyond the end."))
        return at

    def clean(self) -> dict[str, Any]:
        """Read the captions; every good file is kept at once, so that a mistake elsewhere does not lose it."""
        values = super().clean() or {}
        if self.owner is not None:
            self._read_kept()
            for slot in range(1, SLOTS + 1):
                self._take(slot)
        has = bool(values.get("upload") or (self.video and not values.get("off")))
        if (self.captions or values.get("alt")) and not has and not self.errors and not values.get("off"):
            self.add_error("upload", _("Please choose the video that this is about."))
        if (at := values.get("poster")) is not None and self.video is not None and not self.errors:
            self._pose(self.video, at)
        if self.goes and self._says_nothing_else():
            self.problems.append(_("Keep the video, or write something: an empty post cannot stay."))
        if self.problems:
            raise ValidationError(self.problems)
        return values

    def _pose(self, video: Video, at: float) -> None:
        """Take another picture of the video that stays, so that a refusal comes while its author is there."""
        if self.chosen is not None or self.goes:
            return
        try:
            self.posed = posing.taken(video, at)
        except posing.NoMomentError as reason:
            self.add_error("poster", str(reason))

    def _read_kept(self) -> None:
        """Captions that were there already; one's own alone."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        off = set(data.getlist(f"{PREFIX}-captions-off"))
        given = [key for key in dict.fromkeys(data.getlist(f"{PREFIX}-captions")) if key.isalnum() and len(key) == KEY]
        wanted = [key for key in given if key not in off][: 2 * MOST_CAPTIONS]
        found = {row.key: row for row in Captions.objects.filter(owner=self.owner, key__in=wanted)}
        self.captions = [found[key] for key in wanted if key in found][:MOST_CAPTIONS]

    def _take(self, slot: int) -> None:
        """Keep the captions of one place; they take the place of others in the same language."""
        file = self.files.get(f"{PREFIX}-captions-file-{slot}") if self.files else None
        language = str(self.data.get(f"{PREFIX}-captions-language-{slot}", ""))
        if not isinstance(file, UploadedFile) or self.owner is None:
            return
        if language not in dict(choices()):
            self.problems.append(_("Please say in which language the captions are, and choose them again."))
            return
        try:
            text = webvtt.written(webvtt.read(file.read(webvtt.MOST_BYTES + 1)))
        except ValidationError as wrong:
            self.problems += [f"{name_of(language)}: {message}" for message in wrong.messages]
            return
        others = [row for row in self.captions if row.language != language]
        if len(others) >= MOST_CAPTIONS:
            self.problems.append(_("A video has room for captions in %(n)s languages.") % {"n": MOST_CAPTIONS})
            return
        self.captions = [*others, actions.take_in(self.owner, language, text)]

    def _says_nothing_else(self) -> bool:
        """Whether the post would be empty without its video."""
        if self.post is None or str(self.data.get("body", "")).strip():
            return False
        return len(kinds.load(Viewer(self.owner), [self.post]).get(self.post.pk, [])) <= 1
