"""The preview as something that hangs on a post. It has no part in the composer: it comes by itself."""

from collections.abc import Collection, Hashable, Mapping, Sequence

from django import forms
from django.http import HttpRequest

from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind, columns
from collegium.feed.holding import held_by
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.previews.models import Shown

ON_POSTS = Statement(
    lambda slot: Shown.objects.filter(slot.among("post_id", "posts")).select_related("preview").order_by()
)


class PreviewKind(Kind):
    """A card that leads to the first page a post links to."""

    name = "preview"
    card = "previews/_card.html"
    alone = False

    def form(self, request: HttpRequest | None, post: Post | None = None) -> forms.Form | None:
        """Nothing is asked."""
        return None

    def is_there(self, form: forms.Form) -> bool:
        """Nothing is ever sent with the post."""
        return False

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Nothing to do; `notices.written` hears of the post."""

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Shown]:
        """What these posts show; of what was taken off only its author learns, who may put it back."""
        found = ON_POSTS.rows(posts=[post.pk for post in posts])
        own = held_by(viewer, posts)
        return {shown.post_id: shown for shown in found if not shown.taken_off or shown.post_id in own}

    def still(self, thing: Shown, post: Post, me: Member | None) -> Hashable | None:
        """Both rows; whoever may take it off has buttons there."""
        own = thing.taken_off or (me is not None and me.pk == post.author_id)
        return None if own else (columns(thing), columns(thing.preview))

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """Title and description of the page; of what was taken off nothing."""
        rows = Shown.objects.filter(post__in=list(keys), taken_off=False)
        texts = rows.values_list("post_id", "preview__title", "preview__description")
        return {key: f"{title}\n{description}" for key, title, description in texts}
