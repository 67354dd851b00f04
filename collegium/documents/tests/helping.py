"""Posts with files."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collegium.documents import actions, settling
from collegium.documents.models import Document
from collegium.feed import actions as feed
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.uploads import taking
from collegium.uploads.models import Upload

PDF = b"%PDF-1.7\n% canary in a file\n" + b"x" * 300
FORM = {"facet": "professional", "audience": "1", "commenting": "anyone", "documents-there": "on"}


def chosen(data: bytes = PDF, name: str = "Plan of the weir.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data, "text/html")


def upload_of(owner: Member, data: bytes = PDF, name: str = "Plan of the weir.pdf") -> Upload:
    """A file that has come in."""
    return taking.take_in(owner, chosen(data, name), "documents")


def settle() -> None:
    """What happens once it is certain that a post stands."""
    for key in Document.objects.arriving().values_list("pk", flat=True):
        assert settling.settle(key)


def hang(post: Post, by: Member, *names: str) -> list[Document]:
    """Files on a post, put on the shelf."""
    actions.hang(post, [upload_of(by, name=name) for name in names or ("Plan of the weir.pdf",)], by=by)
    settle()
    post.refresh_from_db()
    return list(Document.objects.filter(post=post).order_by("pk"))


def with_file(author: Member, *, audience: int = 1, name: str = "Plan of the weir.pdf") -> Document:
    """A file on a post of its own."""
    return hang(feed.post(author, "With a file.", audience=audience), author, name)[0]


def send(client: Client, path: str = "/posts/", **more: Any) -> Any:
    """Send the composer."""
    return client.post(path, FORM | {"body": "words"} | more)
