"""A repost as what hangs on a post: the original inside it, as far as this viewer sees it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

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
        apart: the original where the viewer sees it, but did not ask for the side of its author that speaks, or keeps
            the author at a distance.
        kept: whether it is the distance.
    """

    original: Post | None = None
    hung: list[Hung] = field(default_factory=list)
    apart: Post | None = None
    kept: bool = False


class Reposts(attachments.Kind):
    """The kind."""

    name = "reposts"
    composer = "reposts/_composer.html"
    manner = "reposts/_manner.html"
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
            # What stands alone passes on without a word, whichever button sent it.
            others = [kind for kind in attachments.kinds if kind is not self and kind.alone]
            plain = not post.body and not any(post.pk in kind.load(Viewer(by), [post]) for kind in others)
            actions.hang(post, original, by=by, plain=plain)
        elif form.cleaned_data["forbid"]:
            actions.forbid(post, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Inside]:
        """The originals that this viewer sees, with what hangs on them; of those she did not ask for, the way there."""
        passed = originals.passed(viewer, [post.pk for post in posts])
        mine = {post.pk for post in posts if post.author_id == viewer.id}
        own = {each.original.pk for each in passed if each.original is not None and each.post in mine}
        inside = {each.post: _inside(each, own) for each in passed}
        seen = {each.original.pk: each.original for each in inside.values() if each.original is not None}
        # An original passes nothing on itself, so this kind need not be asked again.
        others = attachments.Kinds(kind for kind in attachments.kinds if kind is not self)
        hung = others.load(viewer, list(seen.values()))
        return {
            key: replace(each, hung=hung.get(each.original.pk, [])) if each.original is not None else each
            for key, each in inside.items()
        }

    def silent(self, viewer: Viewer, keys: Collection[int]) -> set[int]:
        """Plain reposts in which there is nothing for this viewer."""
        return originals.silent(viewer, keys)

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """The words of the originals, as far as they are open to the viewer."""
        rows = dict(Repost.objects.filter(post__in=list(keys), of__isnull=False).values_list("post_id", "of_id"))
        found = originals.open_to(viewer).filter(pk__in=rows.values()) if rows else Post.objects.none()
        bodies = dict(found.values_list("pk", "body"))
        return {key: bodies[of] for key, of in rows.items() if of in bodies}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """Whose post it passes on is seen on the card, by whoever may."""
        rows = Repost.objects.filter(post__in=list(keys))
        return dict.fromkeys(rows.values_list("post_id", flat=True), _("a repost"))


def _inside(passed: originals.Passed, own: Collection[int]) -> Inside:
    """What stands inside one repost, but for what hangs on it; what she passed on herself is never put aside."""
    original = passed.original
    if original is not None and original.pk not in own and (passed.kept or not passed.asked):
        return Inside(apart=original, kept=passed.kept)
    return Inside(original)


KIND = Reposts()
