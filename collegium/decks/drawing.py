"""The background work: the pages of a PDF become slides, a few at a time, so that one sees how far it is."""

import time
from pathlib import Path

from django.db import transaction

from collegium.decks import places
from collegium.decks.models import REASON_LIMIT, Deck, Slide
from collegium.feed.holding import holders
from collegium.journal.record import record
from collegium.media import slides
from collegium.media.slides import Page, UnusableSlides
from collegium.media.storage import discard, store
from collegium.realtime.poke import poke

CHUNK = 6
# All of a document; a few pages have a limit of their own.
SECONDS = 15 * 60


class GoneError(Exception):
    """Nobody waits for it any more."""


def draw(key: int) -> None:
    """Draw all pages of a deck that are not drawn yet. Doing it again, after a worker was killed, goes on."""
    deck = _waiting(key)
    if deck is None:
        places.remove(key)
        return
    place, until = places.place_of(key), time.monotonic() + SECONDS
    try:
        while deck.done < deck.pages:
            _draw_some(deck, place, until)
        _finish(deck)
    except GoneError:
        # Whoever goes on with it still needs the file.
        if _waiting(key) is not None:
            return
    except FileNotFoundError:
        refuse(key, str(UnusableSlides("broken")))
    except UnusableSlides as unusable:
        refuse(key, str(unusable))
    places.remove(key)


def refuse(key: int, reason: str) -> None:
    """Say why there are no slides; those that were drawn go, and so does the file."""
    with transaction.atomic():
        rows = Deck.objects.filter(pk=key, state=Deck.State.DRAWING)
        if rows.update(state=Deck.State.REFUSED, reason=reason[:REASON_LIMIT]):
            Slide.objects.filter(deck=key).delete()
            deck = Deck.objects.select_related("post").get(pk=key)
            poke(holders(deck.post), deck.topic)
            record("decks.refused", actor=deck.post.author_id, subject=deck, post=deck.post_id)
    places.remove(key)


def _waiting(key: int) -> Deck | None:
    """The deck, when its pages are still to come."""
    return Deck.objects.filter(pk=key, state=Deck.State.DRAWING).select_related("post").first()


def _draw_some(deck: Deck, place: Path, until: float) -> None:
    """The next few pages: drawn elsewhere, kept here, and told to whoever waits."""
    if time.monotonic() > until:
        raise UnusableSlides("slow")
    made = slides.draw(place, deck.done, CHUNK)
    if not made:
        raise UnusableSlides("broken")
    kept: list[tuple[str, Page]] = []
    try:
        kept += ((store(page.files), page) for page in made)
        _note(deck, kept)
    except BaseException:
        for key, _page in kept:
            discard(key)
        raise


@transaction.atomic
def _note(deck: Deck, kept: list[tuple[str, Page]]) -> None:
    """The rows of pages whose files are there.

    Raises:
        GoneError: the deck was taken off meanwhile, or somebody else goes on with it.
    """
    done = deck.done + len(kept)
    rows = Deck.objects.filter(pk=deck.pk, state=Deck.State.DRAWING, done=deck.done)
    if not rows.update(done=done):
        raise GoneError
    Slide.objects.bulk_create(
        Slide(deck=deck, number=number, key=key, width=page.width, height=page.height, text=page.text)
        for number, (key, page) in enumerate(kept, deck.done + 1)
    )
    deck.done = done
    poke(holders(deck.post), deck.topic)


@transaction.atomic
def _finish(deck: Deck) -> None:
    """All pages are there."""
    if Deck.objects.filter(pk=deck.pk, state=Deck.State.DRAWING).update(state=Deck.State.READY):
        poke(holders(deck.post), deck.topic)
        record("decks.drawn", actor=deck.post.author_id, subject=deck, post=deck.post_id)
