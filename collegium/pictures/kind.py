"""Pictures as something that hangs on a post (`feed.attachments`)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django import forms
from django.db.models import Count
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind, columns
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.members.models import Member
from collegium.pictures import actions
from collegium.pictures.forms import PREFIX, PicturesForm
from collegium.pictures.models import Picture
from collegium.ui.stencil import Stencil

# How many stand on a card; of those beyond, their number.
ON_CARD = 5
# A picture alone is shown whole, within this many pixels.
BROAD, TALL = 640, 560
ON_POSTS = Statement(lambda slot: Picture.objects.filter(slot.among("post_id", "posts")).order_by("post_id", "place"))

PIECE = Stencil(
    "pictures/_piece.html",
    "piece",
    *("path", "large", "middle", "sources", "whole_width", "whole_height", "width", "height", "alt", "spoken"),
)


@dataclass
class Album:
    """The pictures of one post, as its card shows them."""

    pictures: list[Picture]

    @property
    def shape(self) -> int:
        """How many stand on the card."""
        return min(len(self.pictures), ON_CARD)

    @property
    def shown(self) -> list[Picture]:
        """Those that do."""
        return self.pictures[:ON_CARD]

    @property
    def more(self) -> list[Picture]:
        """Those that do not."""
        return self.pictures[ON_CARD:]

    @cached_property
    def undescribed(self) -> int:
        """How many say nothing to those who cannot see them."""
        return sum(not picture.alt for picture in self.pictures)

    @property
    def drawn(self) -> Markup:
        """Those that stand on the card, one behind the other."""
        made = (self._piece(number, picture) for number, picture in enumerate(self.shown, start=1))
        return Markup("").join(made)

    def _piece(self, number: int, picture: Picture) -> Markup:
        count = len(self.pictures)
        alone = count == 1
        width, height = self.box if alone else (picture.width, picture.height)
        unsaid = _("Picture %(n)s of %(m)s, not described") % {"n": number, "m": count} if not picture.alt else ""
        return PIECE.draw(
            {"alone": alone, "more": len(self.more) if number == ON_CARD else 0},
            path=picture.path,
            large=picture.large,
            middle=picture.middle,
            sources=picture.sources,
            whole_width=picture.width,
            whole_height=picture.height,
            width=width,
            height=height,
            alt=picture.alt,
            spoken=picture.alt or unsaid,
        )

    @property
    def box(self) -> tuple[int, int]:
        """Width and height at which a picture alone is shown: whole, never enlarged."""
        only = self.pictures[0]
        scale = min(BROAD / only.width, TALL / only.height, 1)
        return max(round(only.width * scale), 1), max(round(only.height * scale), 1)


class Pictures(Kind):
    """Up to twenty, under the words."""

    name = PREFIX
    composer = "pictures/composer.html"
    card = "pictures/card.html"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> PicturesForm:
        """Empty, as it was sent, or as the post has it."""
        if request is None:
            return PicturesForm(post=post)
        return PicturesForm(request.POST, request.FILES, owner=cast("Request", request).viewer.me, post=post)

    def is_there(self, form: forms.Form) -> bool:
        """Whether there are pictures."""
        return bool(cast("PicturesForm", form).rows)

    def asks(self, form: forms.Form) -> bool:
        """Taking the last picture off is something to do too."""
        mine = cast("PicturesForm", form)
        return mine.sent and mine.had and not mine.rows

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Hang them; where the form was not on the page, what hangs there stays."""
        mine = cast("PicturesForm", form)
        if mine.sent:
            actions.hang(post, mine.chosen, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Album]:
        """The pictures of all these posts in one statement."""
        albums: dict[int, Album] = {}
        for picture in ON_POSTS.rows(posts=[post.pk for post in posts]):
            albums.setdefault(cast("int", picture.post_id), Album([])).pictures.append(picture)
        return albums

    def still(self, thing: Album, post: Post, me: Member | None) -> Hashable:
        """The rows, and whether its author is asked to describe them."""
        asked = bool(thing.undescribed) and me is not None and me.pk == post.author_id
        return tuple(map(columns, thing.pictures)), asked and post.path

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """What the pictures show, as far as somebody said it."""
        said: dict[int, list[str]] = {}
        rows = Picture.objects.filter(post__in=list(keys)).exclude(alt="").order_by("post", "place")
        for key, alt in rows.values_list("post_id", "alt"):
            said.setdefault(key, []).append(alt)
        return {key: "\n".join(texts) for key, texts in said.items()}

    def named(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """How many there are."""
        rows = Picture.objects.filter(post__in=list(keys)).order_by().values_list("post_id").annotate(count=Count("pk"))
        return {key: ngettext("%(num)s picture", "%(num)s pictures", count) % {"num": count} for key, count in rows}


pictures = Pictures()
