"""What follows when slides are hung on a post, when they are drawn, and when they cannot be."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from collegium.audience.viewer import Viewer
from collegium.decks.files import clear
from collegium.decks.models import Deck
from collegium.decks.tasks import draw
from collegium.feed.holding import holders
from collegium.journal.models import Entry
from collegium.lib.text import excerpt
from collegium.notifications.kinds import Kind
from collegium.notifications.models import Notification
from collegium.notifications.tell import notify
from collegium.pages import rules as pages

KIND = "decks.refused"
EXCERPT = 90
# One document at a time: the other hands of the worker are for what people wait for on every page.
LANE = "decks"


def hung(entry: Entry) -> None:
    """Have them drawn. Told twice, the second finds nothing to do."""
    if entry.subject is not None:
        draw.configure(lock=LANE).defer(key=entry.subject)


def refused(entry: Entry) -> None:
    """The author hears of it, and why."""
    deck = Deck.objects.filter(pk=entry.subject or 0, state=Deck.State.REFUSED).select_related("post").first()
    if deck is not None:
        cause = f"deck:{deck.pk}"
        notify(holders(deck.post), kind=KIND, actor=None, cause=cause, subject=deck.pk, post=deck.post_id)


def cleared(entry: Entry) -> None:
    """Delete the files of slides that came off a post, or went with one; the sweep finds what this misses."""
    clear()


def _seen(viewer: Viewer, keys: Collection[int]) -> dict[int, Deck]:
    """Those of one's own posts that are still without their slides; taken off or replaced, nothing is said of them."""
    mine = Q(post__author=viewer.id) | Q(post__page__in=pages.spoken_for(viewer.member))
    refused = Deck.objects.visible_to(viewer).filter(mine, state=Deck.State.REFUSED)
    return refused.in_bulk(list(keys))


def _phrase(told: Notification) -> SafeString:
    deck: Deck | None = getattr(told, "about", None)
    title = excerpt(deck.title, EXCERPT) if deck is not None else ""
    why = deck.reason if deck is not None else ""
    sentence = _("The slides of your post could not be prepared: {title} {why}")
    return format_html(sentence, title=format_html("<q><bdi>{}</bdi></q>", title), why=why)


def _path(told: Notification) -> str:
    return f"/posts/{told.data['post']}/edit/"


KINDS = [Kind(KIND, "presentation", _phrase, _path, _seen, topic="yours")]
