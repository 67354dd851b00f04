"""Posts with slides, made without a child process where it does not matter."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.decks import actions
from collegium.decks.models import Deck, Slide
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.media.slides import SIDES
from collegium.media.storage import name_of, store
from collegium.media.tests.pdfs import document
from collegium.media.tests.pictures import file_of, speckled
from collegium.members.models import Member
from collegium.uploads import taking
from collegium.uploads.models import Upload

FORM = {"facet": "professional", "audience": "1", "commenting": "anyone", "deck-title": ""}


def chosen(data: bytes | None = None, name: str = "river.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, document("Canary in slides") if data is None else data, "application/pdf")


def upload_of(owner: Member, data: bytes | None = None, name: str = "river.pdf") -> Upload:
    """A file that has come in."""
    return taking.take_in(owner, chosen(data, name), "slides")


def waiting(author: Member, *, audience: int = 1, body: str = "With slides.", pages: int = 2) -> Post:
    """A post whose slides are still to be drawn."""
    post = feed.post(author, body or "x", audience=audience)
    actions.hang(post, upload_of(author, document(*["page"] * pages)), "Canary title", pages, by=author)
    if not body:
        Post.objects.filter(pk=post.pk).update(body="", html="")
    post.refresh_from_db()
    return post


def drawn(author: Member, count: int = 2, *, audience: int = 1, text: str = "canary-d17") -> Post:
    """A post with so many slides."""
    post = waiting(author, audience=audience, pages=count)
    deck = post.deck
    for number in range(1, count + 1):
        key = store(dict.fromkeys(SIDES, file_of(speckled(160, 90), ".webp", keep="none")))
        Slide.objects.create(deck=deck, number=number, key=key, width=160, height=90, text=f"{text} {number}")
    Deck.objects.filter(pk=deck.pk).update(state=Deck.State.READY, done=count)
    post.refresh_from_db()
    return post


def there(key: str) -> list[bool]:
    """Which of the files of a key are on the disk."""
    return [default_storage.exists(name_of(key, side)) for side in SIDES]


def send(client: Client, path: str = "/posts/", **more: Any) -> Any:
    """Send the composer."""
    return client.post(path, FORM | {"body": "words"} | more)
