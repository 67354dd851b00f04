"""What publishing an article takes: an audience through the feed's composer, and what rooms above add to the sheet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest

from collegium.articles.models import Article
from collegium.feed.attachments import Parts
from collegium.feed.models import Post
from collegium.members.models import Member


class Extra:
    """Something a room above adds to publishing: that an article is an issue of a newsletter.

    Attributes:
        name: unique; the fields of its form begin with it and a dash.
        template: its part of the publishing sheet, included with `part` (its form), `article`, `me`, `csrf`.
    """

    name = ""
    template = ""

    def form(self, request: HttpRequest | None, author: Member, article: Article) -> forms.Form | None:
        """Its part; None where there is nothing to choose.

        Args:
            request: with what was sent; None for an empty one.
            author: who publishes.
            article: hers, published already or not yet.
        """
        raise NotImplementedError

    def published(self, article: Article, form: forms.Form, by: Member) -> None:
        """Do what was chosen, in the transaction that publishes or updates, after the post is there."""
        raise NotImplementedError


class Extras(list[Extra]):
    """All of them; the roof lays them."""

    def lay(self, table: Iterable[Extra]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table

    def forms(self, request: HttpRequest | None, author: Member, article: Article) -> list[tuple[Extra, forms.Form]]:
        """What each has to ask here."""
        made = ((extra, extra.form(request, author, article)) for extra in self)
        return [(extra, form) for extra, form in made if form is not None]


extras = Extras()


class Hanging(Parts):
    """An article as what hangs on the post that is made for it."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article
        self.forms = []

    @property
    def are_there(self) -> bool:
        """It is."""
        return True

    def attach(self, post: Post, by: Member) -> None:
        """Hang it there."""
        self.article.post = post
        self.article.save(update_fields=["post"])


@dataclass(frozen=True)
class Chosen:
    """What was chosen on the publishing sheet.

    Attributes:
        values: what `feed.actions.post` takes.
        extras: the valid forms of rooms above.
    """

    values: dict[str, Any] = field(default_factory=dict)
    extras: tuple[tuple[Extra, forms.Form], ...] = ()

    @property
    def form_key(self) -> UUID | None:
        """Of the sheet it was chosen on."""
        key: UUID | None = self.values.get("form_key")
        return key

    def add(self, article: Article, by: Member) -> None:
        """Let the rooms above do theirs."""
        for extra, form in self.extras:
            extra.published(article, form, by)
