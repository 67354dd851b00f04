"""What stands on the Files tab of a group: files, slides and pictures, each told by the room that hangs it."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from collegium.decks.models import Deck, Slide
from collegium.documents.shelf import FILES, Piece, Source
from collegium.pictures.models import Picture


def _slides(posts: Collection[int]) -> dict[int, list[Piece]]:
    decks = list(Deck.objects.filter(post__in=posts, state=Deck.State.READY))
    faces = {row.deck_id: row.small for row in Slide.objects.filter(deck__in=decks, number=1)}
    return {
        row.post_id: [
            Piece(
                row.title,
                ngettext("%(n)s slide", "%(n)s slides", row.pages) % {"n": row.pages},
                row.path,
                "presentation",
                faces.get(row.pk, ""),
            )
        ]
        for row in decks
    }


def _pictures(posts: Collection[int]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for row in Picture.objects.filter(post__in=posts).order_by("post", "place"):
        size = f"{row.width} × {row.height}"
        found.setdefault(row.post_id or 0, []).append(Piece(row.alt, size, row.path, "image", row.small))
    return found


SOURCES = [
    FILES,
    Source("slides", _("Slides"), lambda: Deck.objects.filter(state=Deck.State.READY), _slides),
    Source("pictures", _("Pictures"), Picture.objects.all, _pictures),
]
