"""What follows when a video is hung, made or fails."""

from collections.abc import Callable, Collection

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed.holding import holders, watchers
from collegium.feed.models import Post
from collegium.journal.models import Entry
from collegium.lib import clock, ids
from collegium.lib.text import excerpt
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify, retract
from collegium.realtime.lines import online
from collegium.realtime.poke import poke
from collegium.videos.files import clear
from collegium.videos.models import State, Video
from collegium.videos.tasks import ask_for

READY, FAILED = "videos.ready", "videos.failed"
EXCERPT = 90
# Whoever waited less is still looking at the page.
LONG = 60


def hung(entry: Entry) -> None:
    """Have it made; the files of one that came off go."""
    if entry.subject is not None:
        ask_for(entry.subject)
    clear()


def cleared(entry: Entry) -> None:
    """Delete the files of videos that came off a post, or went with one; the sweep finds what this misses."""
    clear()


def post_deleted(entry: Entry) -> None:
    """Nobody is told any more of what is gone, and its files go."""
    for kind in (READY, FAILED):
        retract(kind=kind, subject=entry.subject)
    clear()


def described(entry: Entry) -> None:
    """Open pages look again."""
    if (video := _video(entry)) is not None:
        _look_again(video)


def made(entry: Entry) -> None:
    """Open pages show it; its author is told, where it took long enough to have gone elsewhere."""
    video = _video(entry)
    if video is None or not video.is_ready:
        return
    _look_again(video)
    retract(kind=FAILED, subject=video.post_id)
    if (clock.now() - ids.instant(video.pk)).total_seconds() > LONG:
        notify(holders(video.post), kind=READY, actor=None, cause=f"video-ready:{video.pk}", subject=video.post_id)


def failed(entry: Entry) -> None:
    """Its author is told why."""
    video = _video(entry)
    if video is not None and video.has_failed:
        _look_again(video)
        notify(holders(video.post), kind=FAILED, actor=None, cause=f"video-failed:{video.pk}", subject=video.post_id)


def _video(entry: Entry) -> Video | None:
    """What the entry is about, if it is still there."""
    return Video.objects.select_related("post__author", "post__page").filter(pk=entry.subject or 0).first()


def _look_again(video: Video) -> None:
    """Tell the open pages of those who see the post; where people are named, the author's alone."""
    post = video.post
    seeing = watchers(post)
    poke(seeing.filter(pk__in=list(online())).values_list("pk", flat=True), video.topic)


def _ready(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    return Post.objects.visible_to(viewer).filter(video__state=State.READY).select_related("video").in_bulk(list(keys))


def _failed(viewer: Viewer, keys: Collection[int]) -> dict[int, Post]:
    """Those that still stand there without: with another file in its place nothing is said of it any more."""
    return Post.objects.visible_to(viewer).filter(video__state=State.FAILED).select_related("video").in_bulk(list(keys))


def _phrase(sentence: Callable[[], str]) -> Callable[[Notification], SafeString]:
    def phrase(told: Notification) -> SafeString:
        post: Post | None = getattr(told, "about", None)
        words = excerpt(post.body, EXCERPT) if post is not None else ""
        quoted = format_html(" <q><bdi>{}</bdi></q>", words) if words else ""
        return format_html(sentence(), words=quoted, why=post.video.reason if post is not None else "")

    return phrase


def _path(told: Notification) -> str:
    return f"/posts/{told.subject}/"


KINDS = [
    Kind(
        READY,
        "circle-check",
        _phrase(lambda: _("Your video is ready and can be seen:{words}")),
        _path,
        _ready,
        topic="yours",
    ),
    Kind(
        FAILED,
        "triangle-alert",
        _phrase(lambda: _("Your video could not be prepared{words}. {why}")),
        lambda told: f"/posts/{told.subject}/edit/",
        _failed,
        topic="yours",
    ),
]
