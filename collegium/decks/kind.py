"""Slides as something that hangs on a post (`feed.attachments`)."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest

from collegium.audience.door import Request
from collegium.audience.viewer import Viewer
from collegium.decks import actions
from collegium.decks.forms import PREFIX, DeckForm
from collegium.decks.models import Deck, Slide
from collegium.feed.attachments import Kind, columns
from collegium.feed.holding import held_by
from collegium.feed.models import Post
from collegium.lib.statement import Slots, Statement
from collegium.members.models import Member
from collegium.uploads.models import Upload

# So many pages come with a card; the others when somebody turns that far.
ON_CARD = 8
# So much of a page's text is its name to those who hear it.
GIST = 240


@dataclass
class Shown:
    """The slides of one post, as its card shows them."""

    deck: Deck
    own: bool
    slides: list[Slide] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many pages did not come along."""
        return self.deck.pages - len(self.slides)


class Decks(Kind):
    """One set of slides, under the words."""

    name = PREFIX
    composer = "decks/composer.html"
    card = "decks/card.html"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> DeckForm:
        """Empty, as it was sent, or as the post has it."""
        if request is None:
            return DeckForm(post=post)
        return DeckForm(request.POST, request.FILES, owner=cast("Request", request).viewer.me, post=post)

    def is_there(self, form: forms.Form) -> bool:
        """Whether there is a file, or a deck that stays."""
        mine = cast("DeckForm", form)
        return bool(mine.cleaned_data.get("file")) or (mine.deck is not None and not mine.cleaned_data.get("off"))

    def asks(self, form: forms.Form) -> bool:
        """Taking slides off is something to do too."""
        return cast("DeckForm", form).deck is not None

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Hang them, take them off or call them something else; where the part was not on the page, nothing changes."""
        mine = cast("DeckForm", form)
        upload: Upload | None = mine.cleaned_data.get("file")
        title: str = mine.cleaned_data.get("title", "")
        if upload is not None:
            actions.hang(post, upload, title, mine.pages, by=by)
        elif mine.sent and mine.cleaned_data.get("off"):
            actions.take_off(post, by=by)
        elif mine.sent and title and mine.deck is not None:
            actions.rename(post, title, by=by)

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Shown]:
        """The first slides of all these posts; of those that could not be drawn only the author learns."""
        mine = held_by(viewer, posts)
        found: dict[int, Shown] = {}
        for deck in ON_POSTS.rows(posts=[post.pk for post in posts]):
            own = deck.post_id in mine
            if own or deck.state != Deck.State.REFUSED:
                found[deck.post_id] = Shown(deck, own)
        ready = {shown.deck.pk: shown for shown in found.values() if shown.deck.is_ready}
        for slide in brief(list(ready)) if ready else ():
            ready[slide.deck_id].slides.append(slide)
        return found

    def still(self, thing: Shown, post: Post, me: Member | None) -> Hashable | None:
        """The rows, once they do not change any more."""
        return (columns(thing.deck), *map(columns, thing.slides)) if thing.deck.is_ready else None

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """The title and the text of all pages."""
        rows = Deck.objects.filter(post__in=keys, state=Deck.State.READY)
        said = rows.annotate(said=StringAgg("slides__text", "\n", order_by="slides__number"))
        return {post: f"{title}\n{text or ''}" for post, title, text in said.values_list("post", "title", "said")}


def brief(decks: Collection[int], *, after: int = 0, most: int = ON_CARD) -> list[Slide]:
    """Slides of these decks in order, each with the beginning of its text as `gist`.

    Args:
        decks: their keys; the viewer sees their posts.
        after: only those beyond this number.
        most: how many of each.
    """
    return SLIDES.rows(decks=list(decks), after=after, last=after + most)


def _slides(slot: Slots) -> QuerySet[Slide]:
    rows = Slide.objects.filter(slot.among("deck_id", "decks"), ~slot.at_most("number", "after"))
    rows = rows.filter(slot.at_most("number", "last")).annotate(gist=Left("text", GIST))
    return rows.defer("text").order_by("deck_id", "number")


ON_POSTS = Statement(lambda slot: Deck.objects.filter(slot.among("post_id", "posts")).order_by())
SLIDES = Statement(_slides)
KIND = Decks()
