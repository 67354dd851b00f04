"""The slides of a post: the pages of a PDF as pictures and words; and the files whose rows are gone."""

from typing import Self

from django.db import models
from django.db.models import Q

from collegium.audience.viewer import Viewer
from collegium.feed.models import Post
from collegium.lib import ids
from collegium.media.slides import LETTERS, MOST_PAGES, SIDES

TITLE_LIMIT = 200
REASON_LIMIT = 300
LARGE, SMALL = SIDES


class DeckQuerySet(models.QuerySet["Deck"]):
    """How decks are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those on posts the viewer sees."""
        return self.filter(post__in=Post.objects.visible_to(viewer))


class Deck(models.Model):
    """The slides of one post, from the moment it is posted; its pages come one after the other."""

    class State(models.TextChoices):
        """How far it is."""

        DRAWING = "drawing"
        READY = "ready"
        REFUSED = "refused"

    id = ids.IdField()
    post = models.OneToOneField(Post, models.CASCADE, related_name="deck")
    title = models.CharField(max_length=TITLE_LIMIT)
    state = models.CharField(max_length=8, choices=State, default=State.DRAWING)
    pages = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField(default=0, help_text="So many pages are drawn.")
    reason = models.CharField(max_length=REASON_LIMIT, blank=True, help_text="Why there are no slides, for the author.")

    objects = DeckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pages__gt=0, pages__lte=MOST_PAGES), name="decks_so_many_pages"),
            models.CheckConstraint(condition=Q(done__lte=models.F("pages")), name="decks_done_of_pages"),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="drawing"), name="decks_drawing")]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        """All its pages on one page."""
        return f"/posts/slides/{self.pk}/"

    @property
    def topic(self) -> str:
        """What an open page of its author waits for."""
        return f"deck-{self.pk}"

    @property
    def is_ready(self) -> bool:
        """Whether there is something to look at."""
        return self.state == Deck.State.READY

    @property
    def is_drawing(self) -> bool:
        """Whether its pages are still coming."""
        return self.state == Deck.State.DRAWING


class SlideQuerySet(models.QuerySet["Slide"]):
    """How slides are asked for."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those of decks that are ready, on posts the viewer sees."""
        return self.filter(deck__state=Deck.State.READY, deck__post__in=Post.objects.visible_to(viewer))


class Slide(models.Model):
    """One page; its files lie under `key` in two sizes, its letters in `text`."""

    id = ids.IdField()
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="slides", db_index=False)
    number = models.PositiveSmallIntegerField(help_text="From 1.")
    key = models.CharField(max_length=64, unique=True, help_text="Of its files (`media.storage`).")
    width = models.PositiveSmallIntegerField(help_text="Of its larger file.")
    height = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LETTERS, blank=True)

    objects = SlideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deck", "number"], name="decks_one_slide_a_number"),
            models.CheckConstraint(condition=Q(number__gt=0, number__lte=MOST_PAGES), name="decks_numbers"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="decks_slides_have_a_size"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:60]}"

    @property
    def path(self) -> str:
        """Its own page."""
        return f"/posts/slides/{self.deck_id}/{self.number}/"

    @property
    def anchor(self) -> str:
        """Where it stands among its neighbours."""
        return f"slide-{self.deck_id}-{self.number}"

    def url(self, side: int) -> str:
        """The address of one size."""
        return f"{self.path}{self.key}-{side}.webp"

    @property
    def small(self) -> str:
        """For a card."""
        return self.url(SMALL)

    @property
    def large(self) -> str:
        """For a whole screen."""
        return self.url(LARGE)

    @property
    def sources(self) -> str:
        """Both sizes with their true widths, for `srcset`."""
        part = min(1, SMALL / max(self.width, self.height))
        return f"{self.small} {max(round(self.width * part), 1)}w, {self.large} {self.width}w"


class Gone(models.Model):
    """The files of a slide whose row is gone, whatever took it; a trigger writes these rows (as `pictures.Gone`)."""

    key = models.CharField(primary_key=True, max_length=64)

    def __str__(self) -> str:
        return self.key
