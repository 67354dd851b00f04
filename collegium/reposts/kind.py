"""A repost as what hangs on a post: the original inside it, as far as this viewer sees it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.http import HttpRequest

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.feed import attachments
from collegium.feed.attachments import Hung
from collegium.feed.models import Post
from collegium.members.models import Member
from collegium.reposts import actions, originals
from collegium.reposts.forms import PassingForm
from collegium.reposts.models import Repost


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands inside a repost.

    Attributes:
        original: the post, or None where it is not open to this viewer, for whatever reason.
        hung: what hangs on the original.
    """

    original: Post | None = None
    hung: list[Hung] = field(default_factory=list)


class Reposts(attachments.Kind):
    """The kind."""

    name = "reposts"
    composer = "reposts/_composer.html"
    card = "reposts/_inside.html"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> PassingForm | None:
        """For a new post; whether a post may be reposted is changed from its menu."""
        if post is not None:
            return None
        me = cast("Request", request).viewer.member if request is not None else None
        return PassingForm(request.POST if request is not None else None, me=me)

    def is_there(self, form: forms.Form) -> bool:
        """Whether it passes something on."""
        return bool(form.cleaned_data["of"])

    def asks(self, form: forms.Form) -> bool:
        """Whether its author keeps it from being passed on."""
        return bool(form.cleaned_data["forbid"])

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Pass on, or keep from it; a repost leads to its original, so there is nothing to keep."""
        original = cast("PassingForm", form).original
        if original is not None:
            actions.hang(post, original, by=by)
        elif form.cleaned_data["forbid"]:
            actions.forbid(post, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Inside]:
        """The originals that this viewer sees, with what hangs on them."""
        rows = dict(Repost.objects.filter(post__in=[post.pk for post in posts]).values_list("post_id", "of_id"))
        if not rows:
            return {}
        seen = {post.pk: post for post in originals.open_to(viewer).filter(pk__in=rows.values()).with_author()}
        # An original passes nothing on itself, so this kind need not be asked again.
        others = attachments.Kinds(kind for kind in attachments.kinds if kind is not self)
        hung = others.load(viewer, list(seen.values()))
        return {key: Inside(seen.get(of or 0), hung.get(of or 0, [])) for key, of in rows.items()}

    def silent(self, viewer: Viewer, keys: Collection[int]) -> set[int]:
        """Plain reposts in which there is nothing for this viewer."""
        return originals.silent(viewer, keys)


KIND = Reposts()
