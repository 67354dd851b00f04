"""Pictures and posts with them, made without a child process where it does not matter."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.media.storage import name_of
from collegium.media.tests.pictures import file_of, speckled
from collegium.members.models import Member
from collegium.pictures import actions
from collegium.pictures.models import WIDTHS, Picture

FORM = {"facet": "professional", "audience": "1", "commenting": "anyone", "pictures-there": "1"}


def encoded(width: int = 120, height: int = 80) -> bytes:
    """A file as our own encoder makes it."""
    return file_of(speckled(width, height), ".webp", keep="none")


def picture_of(owner: Member, width: int = 120, height: int = 80) -> Picture:
    """A picture that waits for its post."""
    return actions.take_in(owner, dict.fromkeys(WIDTHS, encoded(width, height)))


def album(author: Member, count: int, *, audience: int = 1, alt: str = "canary-a17") -> Post:
    """A post with so many pictures."""
    post = feed.post(author, "With pictures.", audience=audience)
    actions.hang(post, [(picture_of(author), f"{alt} {number}") for number in range(count)], by=author)
    return post


def chosen(name: str = "river.png", data: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data if data is not None else file_of(speckled()), "image/png")


def there(key: str) -> list[bool]:
    """Which of the files of a key are on the disk."""
    return [default_storage.exists(name_of(key, width)) for width in WIDTHS]


def send(client: Client, path: str = "/posts/", **more: Any) -> Any:
    """Send the composer; names are written with underscores for dashes at the first place."""
    return client.post(path, FORM | {"body": "words"} | more)
