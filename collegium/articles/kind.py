"""An article as what hangs on its post (`feed.attachments`)."""

from collections.abc import Collection, Hashable, Mapping, Sequence

from django import forms
from django.http import HttpRequest

from collegium.articles.models import Article
from collegium.audience.viewer import Viewer
from collegium.feed.attachments import Kind, columns
from collegium.feed.models import Post
from collegium.lib.statement import Statement
from collegium.lib.text.markdown import plain
from collegium.members.models import Member

# A card needs none of the text.
HEAVY = ("source", "html")
ON_POSTS = Statement(lambda slot: Article.objects.filter(slot.among("post_id", "posts")).defer(*HEAVY).order_by())


class ArticleKind(Kind):
    """It is hung there by publishing it (`publishing.Hanging`), never by the composer."""

    name = "articles"
    card = "articles/card.html"
    lasting = "article"

    def form(self, request: HttpRequest | None, post: Post | None = None) -> forms.Form | None:
        """The composer has no part for it."""
        return None

    def is_there(self, form: forms.Form) -> bool:
        """Never by a form."""
        return False

    def attach(self, post: Post, form: forms.Form, by: Member) -> None:
        """Nothing comes from a form."""

    def load(self, viewer: Viewer, posts: Sequence[Post]) -> Mapping[int, Article]:
        """The articles of all these posts in one statement."""
        return {row.post_id or 0: row for row in ON_POSTS.rows(posts=[post.pk for post in posts])}

    def still(self, thing: Article, post: Post, me: Member | None) -> Hashable:
        """The row, and whether the words of the post are its lead."""
        return columns(thing), thing.lead == post.body

    def words(self, viewer: Viewer, keys: Collection[int]) -> Mapping[int, str]:
        """Title, lead and text, without marks."""
        rows = Article.objects.filter(post__in=keys).values_list("post_id", "title", "lead", "html")
        return {key: f"{title}\n{lead}\n{plain(text)}" for key, title, lead, text in rows}
