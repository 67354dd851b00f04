"""A video as something that hangs on a post (`feed.attachments`)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.http import HttpRequest

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind, columns
from collegium.feed.holding import held_by
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.videos import actions
from collegium.videos.forms import PREFIX, VideoForm
from collegium.videos.languages import name_of
from collegium.videos.models import Captions, Video
from collegium.videos.webvtt import words_of

# How large a video stands on a card at most, in pixels; a tall one beside its words, not over the whole screen.
BROAD, TALL = 640, 560
TAGS = ArrayAgg("captions__language", filter=~Q(captions=None), default=[], order_by="captions__language")
ON_POSTS = Statement(lambda slot: Video.objects.filter(slot.among("post_id", "posts")).annotate(tags=TAGS).order_by())


@dataclass
class Shown:
    """The video of one post, as its card shows it."""

    video: Video
    languages: list[str]
    mine: bool

    @property
    def box(self) -> tuple[int, int]:
        """Width and height at which it stands on a card; small ones may grow, for what is shown is seldom so small."""
        scale = min(BROAD / self.video.width, TALL / self.video.height)
        return max(round(self.video.width * scale), 1), max(round(self.video.height * scale), 1)

    @property
    def length(self) -> str:
        """How long it is, as players write it."""
        whole = max(round(self.video.seconds or 0), 1)
        hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def plain(self) -> str:
        """The size a player gets that does not choose."""
        return str(min(self.video.width, self.video.height))

    @property
    def tracks(self) -> list[tuple[str, str]]:
        """The languages of its captions, with what they call themselves."""
        return [(tag, name_of(tag)) for tag in self.languages]


class VideoKind(Kind):
    """One video, under the words."""

    name = PREFIX
    composer = "videos/composer.html"
    card = "videos/card.html"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> VideoForm:
        """Empty, as it was sent, or as the post has it."""
        if request is None:
            return VideoForm(post=post)
        return VideoForm(request.POST, request.FILES, owner=cast("Request", request).viewer.me, post=post)

    def is_there(self, form: forms.Form) -> bool:
        """Whether a video was chosen, or stays."""
        mine = cast("VideoForm", form)
        return bool(mine.chosen or (mine.sent and mine.video and not mine.goes))

    def asks(self, form: forms.Form) -> bool:
        """Taking it off is something to do too."""
        return cast("VideoForm", form).goes

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Hang it, describe it or take it off; where the form was not on the page, what hangs there stays."""
        mine = cast("VideoForm", form)
        if mine.goes:
            actions.take_off(post, by=by)
        elif mine.sent:
            values = mine.cleaned_data
            if mine.chosen is not None and mine.facts is not None:
                captions = [*mine.captions]
                actions.hang(post, mine.chosen, mine.facts, by=by, alt=values["alt"], poster_at=values["poster"])
                # Those of a video that was replaced went with it.
                mine.captions = [row for row in captions if Captions.objects.filter(pk=row.pk).exists()]
            actions.describe(post, by=by, alt=values["alt"], captions=mine.captions)
            if mine.posed:
                actions.pose(post, values["poster"], mine.posed, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Shown]:
        """The videos of all these posts in one statement; of what failed only its author learns."""
        return shown(viewer, posts)

    def still(self, thing: Shown, post: Post, me: Member | None) -> Hashable | None:
        """The row, once it can be played; its author may be asked to describe it."""
        if not thing.video.is_ready:
            return None
        return columns(thing.video), tuple(thing.languages), thing.mine and post.path

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """What is to be seen, and what is said in the captions."""
        texts = ArrayAgg("captions__text", filter=~Q(captions=None), default=[])
        rows = Video.objects.filter(post__in=list(keys)).annotate(texts=texts).values_list("post_id", "alt", "texts")
        return {key: "\n".join([alt, *map(words_of, each)]).strip() for key, alt, each in rows}


def shown(viewer: Viewer, posts: Sequence[Post]) -> dict[int, Shown]:
    """The videos of these posts as their cards show them, by the posts' keys."""
    own = held_by(viewer, posts)
    rows = ON_POSTS.rows(posts=[post.pk for post in posts])
    return {row.post_id: Shown(row, row.tags, row.post_id in own) for row in rows}  # type: ignore[attr-defined]


videos = VideoKind()
