"""What the composer and the cards of posts know of shares (`feed.attachments`)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import cast

from django import forms
from django.http import HttpRequest

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.shares import actions
from collegium.shares.forms import ADDRESS_LIMIT, ShareForm
from collegium.shares.models import Share
from collegium.shares.things import Card, path_of, things

ON_POSTS = Statement(lambda slot: Share.objects.filter(slot.among("post_id", "posts")).order_by())


class ShareKind(Kind):
    """A card of something in this network, under the words. A post has words of its own beside it.

    Whoever sees the post and may not know of the thing reads the words alone.
    """

    name = "share"
    composer = "shares/composer.html"
    card = "shares/card.html"
    alone = False

    def form(self, request: HttpRequest | None, post: Post | None = None) -> ShareForm:
        """Empty, as it was sent, or with what the post shows."""
        viewer = cast("Request", request).viewer if request is not None else None
        there = _there(post) if post is not None and post.has_parts else ""
        return ShareForm(request.POST if request is not None else None, prefix=self.name, viewer=viewer, there=there)

    def offer(self, form: forms.Form, asked: Mapping[str, str]) -> None:
        """Begin with the address that `share` names."""
        if path := path_of(asked.get(self.name, "")[:ADDRESS_LIMIT]):
            form.initial["address"] = path

    def is_there(self, form: forms.Form) -> bool:
        """Whether something was found."""
        return cast("ShareForm", form).found is not None

    def asks(self, form: forms.Form) -> bool:
        """Emptying the field takes it off."""
        mine = cast("ShareForm", form)
        return bool(mine.there) and mine.was_sent and not mine.cleaned_data.get("address")

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Show it, or nothing any more."""
        found = cast("ShareForm", form).found
        if found is None:
            actions.take_off(post, by=by)
        else:
            actions.show(post, *found, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Card]:
        """What of it this viewer may see; one statement where there is none, and those of each sort of thing."""
        return _cards(viewer, [post.pk for post in posts])

    def still(self, thing: Card, post: Post, me: Member | None) -> Hashable:
        """All that stands on it."""
        return thing.label, thing.icon, thing.title, thing.line, thing.path, getattr(thing.face, "photo_url", "")

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """What the things are called, for whoever looks for words and may know of them."""
        return {key: card.title for key, card in _cards(viewer, keys).items()}


def _cards(viewer: Viewer, posts: Collection[int]) -> dict[int, Card]:
    rows = ON_POSTS.rows(posts=list(posts))
    asked: dict[str, set[int]] = {}
    for row in rows:
        asked.setdefault(row.kind, set()).add(row.thing)
    drawn = {name: things[name].cards(viewer, keys) for name, keys in asked.items() if name in things}
    found = {row.post_id: drawn.get(row.kind, {}).get(row.thing) for row in rows}
    return {post: card for post, card in found.items() if card is not None}


def _there(post: Post) -> str:
    """The address of what it shows, in its author's eyes; empty where she may not know of it any more."""
    writer = post.author or post.written_by
    card = _cards(Viewer(writer), [post.pk]).get(post.pk) if writer is not None else None
    return card.path if card is not None else ""
