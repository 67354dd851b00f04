"""Files as something that hangs on a post (`feed.attachments`)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import ngettext

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.documents import actions
from collegium.documents.forms import PREFIX, DocumentsForm, as_documents
from collegium.documents.models import Document
from collegium.feed.attachments import Kind, columns
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.members.models import Member

ON_POSTS = Statement(lambda slot: Document.objects.filter(slot.among("post_id", "posts")).order_by("post_id", "pk"))


class Documents(Kind):
    """Up to ten, under the words."""

    name = PREFIX
    composer = "documents/composer.html"
    card = "documents/card.html"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> DocumentsForm:
        """Empty, as it was sent, or as the post has it."""
        if request is None:
            return DocumentsForm(post=post)
        return DocumentsForm(request.POST, request.FILES, owner=cast("Request", request).viewer.me, post=post)

    def is_there(self, form: forms.Form) -> bool:
        """Whether there are files that came or stay."""
        mine = as_documents(form)
        return bool(mine.chosen) or len(mine.going) < len(mine.rows)

    def asks(self, form: forms.Form) -> bool:
        """Taking files off is something to do too."""
        return bool(as_documents(form).going)

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Take off what is to go, hang what came; where the part was not on the page, nothing changes."""
        mine = as_documents(form)
        if mine.going:
            actions.take_off(post, mine.going, by=by)
        if mine.chosen:
            actions.hang(post, mine.chosen, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, list[Document]]:
        """The files of all these posts in one statement."""
        found: dict[int, list[Document]] = {}
        for row in ON_POSTS.rows(posts=[post.pk for post in posts]):
            found.setdefault(row.post_id, []).append(row)
        return found

    def still(self, thing: list[Document], post: Post, me: Member | None) -> Hashable | None:
        """The rows; what is on its way is drawn anew."""
        return tuple(map(columns, thing)) if all(row.is_here for row in thing) else None

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """What they are called."""
        said: dict[int, list[str]] = {}
        for post, name in Document.objects.filter(post__in=keys).order_by("post", "pk").values_list("post", "name"):
            said.setdefault(post, []).append(name)
        return {post: "\n".join(names) for post, names in said.items()}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """The file by its name; several as so many."""
        said = {key: text.split("\n") for key, text in self.words(viewer, keys).items()}
        return {key: names[0] if len(names) == 1 else _so_many(len(names)) for key, names in said.items()}


def _so_many(count: int) -> str:
    return ngettext("%(n)s file", "%(n)s files", count) % {"n": count}


KIND = Documents()
