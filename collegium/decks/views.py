"""The pages of slides: all of them, one of them, its text, and its files."""

from django.db.models.functions import Left
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_safe

from collegium.audience.door import Request
from collegium.decks.kind import GIST, KIND, brief
from collegium.decks.models import Deck, Slide
from collegium.media.documents import guarded
from collegium.media.serving import send
from collegium.media.slides import MOST_PAGES, SIDES
from collegium.media.storage import name_of
from collegium.ui.respond import respond


@require_GET
def deck(request: Request, pk: int) -> HttpResponse:
    """All pages one under the other, with their text; to a card that asks, those after the ones it has."""
    row = _deck(request, pk)
    if not row.is_ready:
        raise Http404
    if request.htmx:
        rest = brief([row.pk], after=_after(request), most=MOST_PAGES)
        return respond(request, "decks/rest.html", "rest", {"slides": rest, "deck": row})
    slides = row.slides.order_by("number").annotate(gist=Left("text", GIST))
    return respond(request, "decks/all.html", "main", {"deck": row, "slides": slides, "post": row.post})


@require_GET
def card(request: Request, pk: int) -> HttpResponse:
    """What a card shows of it now; pages that wait for the slides ask for it."""
    row = _deck(request, pk)
    thing = KIND.load(request.viewer, [row.post]).get(row.post_id)
    context = {"thing": thing, "post": row.post, "me": request.viewer.member}
    return respond(request, "decks/now.html", "main" if not request.htmx else "now", context)


@require_GET
def page(request: Request, pk: int, number: int) -> HttpResponse:
    """One page as large as the window, with its text, and its neighbours."""
    row = _slide(request, pk, number)
    deck = row.deck
    context = {"slide": row, "deck": deck, "post": deck.post, "last": deck.pages}
    return respond(request, "decks/page.html", "main", context)


@require_safe
def text(request: Request, pk: int, number: int) -> HttpResponse:
    """What stands on one page, and nothing else; the carousel asks for it."""
    row = _slide(request, pk, number)
    return guarded(HttpResponse(row.text, content_type="text/plain; charset=utf-8"))


@require_safe
def file(request: Request, pk: str, number: str, key: str, side: str) -> HttpResponse:
    """One size, for those who see the post now; the browser asks again each time, so that a narrower audience counts.

    Raises:
        Http404: for everybody else, whatever their browser has kept.
    """
    size = int(side)
    seen = Slide.objects.visible_to(request.viewer).filter(deck=_key(int(pk)), number=int(number), key=key)
    if size not in SIDES or not seen.exists():
        raise Http404
    name, tag = f"{number}-{size}.webp", f"{key[:32]}-{size}"
    return send(request, name_of(key, size), content_type="image/webp", tag=tag, filename=name)


def _deck(request: Request, pk: int) -> Deck:
    """The deck, when its post is seen."""
    rows = Deck.objects.visible_to(request.viewer).select_related("post__author", "post__page")
    return get_object_or_404(rows, pk=_key(pk))


def _slide(request: Request, pk: int, number: int) -> Slide:
    """The slide, when its post is seen and all are there."""
    rows = Slide.objects.visible_to(request.viewer).select_related("deck__post__author", "deck__post__page")
    return get_object_or_404(rows, deck=_key(pk), number=min(number, MOST_PAGES + 1))


def _after(request: Request) -> int:
    """How many pages are there already."""
    given = request.GET.get("after", "")
    return min(int(given), MOST_PAGES) if given.isascii() and given.isdigit() and len(given) < 4 else 0


def _key(pk: int) -> int:
    """The key, when the database could hold it."""
    if pk >= 1 << 63:
        raise Http404
    return pk
