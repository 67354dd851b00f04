"""What the composer and the cards of posts know of polls."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.polls import actions, reading
from collegium.polls.forms import PollForm
from collegium.polls.models import Poll
from collegium.polls.reading import Ballot


class PollKind(Kind):
    """A poll; it comes with a new post and never changes."""

    name = "poll"
    composer = "polls/composer.html"
    card = "polls/card.html"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> forms.Form | None:
        """Its part of a new post; none where a post is edited."""
        if post is not None:
            return None
        if request is None:
            return PollForm(prefix=self.name)
        return PollForm(request.POST, prefix=self.name, asked=bool(request.POST.get("body", "").strip()))

    def is_there(self, form: forms.Form) -> bool:
        """Whether answers were typed."""
        return bool(form.cleaned_data["answers"])

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Ask it."""
        actions.ask(post, form.cleaned_data["answers"], form.cleaned_data["days"], by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Any]:
        """The polls as this viewer may see them."""
        return reading.load(viewer, posts)

    def still(self, thing: Ballot, post: Post, me: Member | None) -> Hashable:
        """The ballot, in the words in which it says how long it is open."""
        told = (thing.total, thing.ends_at, thing.over, thing.own, thing.voted, thing.reworded, thing.path, thing.left)
        return tuple(thing.answers), told, post.path, me is not None

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """The answers one can choose."""
        rows = Poll.objects.filter(post__in=list(keys)).values_list("post_id", "answers")
        return {key: "\n".join(answers) for key, answers in rows}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """By its answers."""
        said = self.words(viewer, keys)
        return {key: _("a poll: %(answers)s") % {"answers": " / ".join(text.split("\n"))} for key, text in said.items()}
