"""Posts with videos, made without a child process where it does not matter."""

from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.media import keeping
from collegium.media.tests.moving import video
from collegium.media.videos import Facts
from collegium.members.models import Member
from collegium.uploads import taking
from collegium.uploads.models import Upload
from collegium.videos import actions
from collegium.videos.models import Size, State, Video

FORM = {"facet": "professional", "audience": "1", "commenting": "anyone", "videos-there": "1"}
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\ncanary-c9 says <b>hello</b>\n"
CONTENT = b"the bytes of one size, which nobody decodes here" * 40


@cache
def film(seconds: float = 1.0) -> bytes:
    """A small one; made once."""
    return video(seconds=seconds)


def chosen(data: bytes | None = None, name: str = "dam.mp4") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, film() if data is None else data, "video/mp4")


def arrived(owner: Member, data: bytes | None = None) -> Upload:
    """A file that came in before the form."""
    return taking.take_in(owner, chosen(data), "video")


def hung(author: Member, *, audience: int = 1, data: bytes | None = None, **more: Any) -> Video:
    """A post with a video that waits."""
    post = feed.post(author, "With a video.", audience=audience)
    facts = Facts(64, 48, 1.0, sound=True)
    return actions.hang(post, arrived(author, data), facts, by=author, alt="canary-v7", **more)


def ready(author: Member, *, audience: int = 1) -> Video:
    """A post with a video that can be played, as far as its rows and files say."""
    row = hung(author, audience=audience)
    captions = actions.take_in(author, "en", VTT.decode())
    actions.describe(row.post, by=author, alt="canary-v7", captions=[captions])
    made = [[100, 500, 4.0], [600, 300, 1.0]]
    for width, height in ((960, 720), (480, 360)):
        file = keeping.keep(CONTENT, ".mp4")
        Size.objects.create(
            video=row, width=width, height=height, file=file, codecs="avc1.64001f", head=100, pieces=made
        )
    row.poster, row.state, row.width, row.height = keeping.keep(b"RIFF....WEBP", ".webp"), State.READY, 960, 720
    row.save()
    return row


def addresses(row: Video) -> list[str]:
    """Everything of it that has an address."""
    names = ("video.m3u8", "720.m3u8", "360.m3u8", "720.mp4", "360.mp4", "poster.webp", "captions-en.vtt")
    return [row.path + name for name in names]


def send(client: Client, path: str = "/posts/", **more: Any) -> Any:
    """Send the composer; in names, the first underscore is a dash."""
    fields = {name.replace("_", "-", 1): value for name, value in more.items()}
    return client.post(path, FORM | {"body": "words"} | fields)


def the(post: Post) -> Video:
    """Its video as it is now."""
    return Video.objects.get(post=post)
