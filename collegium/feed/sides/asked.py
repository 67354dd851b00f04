"""Whether a reader asked for the side of a person that speaks in a post. The one place that says so.

First what she chose about a facet of the author's own, then about the side of this author, then her mix, which speaks
for everybody else: the professional side, and the personal one only where the mix says so. Her own posts she always
reads, and whom she keeps to work comes to her from the professional side alone, whatever she chose before.

Who may see a post is another question, and asked first (`Post.objects.visible_to`): this one only says what is brought
to her. What she opens by herself, a post or a page of somebody's posts, she has asked for by opening it.
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func
from django.db.models.sql.compiler import SQLCompiler

from collegium.audience.rule import WORK_ONLY
from collegium.audience.viewer import Viewer
from collegium.feed.models import Facet, Mix, Post
from collegium.feed.reading.wishes import Wishes

WORDS = f"""({{author}} = {{me}} OR (coalesce(
    (SELECT w.wanted FROM feed_wantedside w WHERE w.reader_id = {{me}} AND w.side_id = {{side}}),
    (SELECT CASE {{facet}} WHEN '{Facet.PERSONAL.value}' THEN w.personal ELSE w.professional END
     FROM feed_wanted w WHERE w.reader_id = {{me}} AND w.author_id = {{author}}),
    {{facet}} <> '{Facet.PERSONAL.value}'
    OR EXISTS (SELECT FROM feed_mix m WHERE m.member_id = {{me}} AND m.sides = '{Mix.Sides.BOTH.value}'))
    AND NOT ({{facet}} = '{Facet.PERSONAL.value}' AND EXISTS (
        SELECT FROM ties_distance k
        WHERE k.member_id = {{me}} AND k.other_id = {{author}} AND k.rung = {WORK_ONLY}))))"""  # noqa: S608 - made of constants
OF_STRANGERS = f"{{facet}} <> '{Facet.PERSONAL.value}'"


class AskedFor(Func):
    """The condition over the rows of posts, for one reader: `Post.objects.visible_to(me).filter(AskedFor(me))`."""

    output_field = models.BooleanField()

    def __init__(self, viewer: Viewer, path: str = "") -> None:
        """Take the reader.

        Args:
            viewer: who reads; whoever is signed out reads the professional side.
            path: from the row to the post ("of__"), where the row is none.
        """
        self.viewer = viewer.id
        super().__init__(F(f"{path}author_id"), F(f"{path}facet"), F(f"{path}side_id"))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition over the columns; its only parameter is the reader."""
        author, facet, side = (compiler.compile(source)[0] for source in self.source_expressions)
        if not self.viewer:
            return OF_STRANGERS.format(facet=facet), []
        words = WORDS.format(author=author, facet=facet, side=side, me="%s")
        return words, [self.viewer] * words.count("%s")


class AsksFor(Func):
    """The same from the other side: the rows are members, and the condition is whether they ask for this post."""

    output_field = models.BooleanField()

    def __init__(self, post: Post) -> None:
        self.post = post
        super().__init__(F("id"))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition over the key of the member."""
        me, _values = compiler.compile(self.source_expressions[0])
        values = {"author": self.post.author_id, "facet": str(self.post.facet), "side": self.post.side_id}
        words = WORDS.format(author="%(author)s::bigint", facet="%(facet)s", side="%(side)s::bigint", me=me)
        return _in_order(words, values)


def _in_order(words: str, values: dict[str, Any]) -> tuple[str, list[Any]]:
    """Named places made places in a row, as Django hands them to the database."""
    found = [values[part[: part.index(")")]] for part in words.split("%(")[1:]]
    for name in values:
        words = words.replace(f"%({name})s", "%s")
    return words, found


def comes(wishes: Wishes, mix: Mix, *, author: int | None, facet: str, side: int | None = None) -> bool:
    """The same for one post, by what was read of the reader's wishes; whom she keeps to work the caller knows."""
    if author == wishes.me:
        return True
    if side is not None and side in wishes.sides:
        return wishes.sides[side].wanted
    return wishes.wanted.get((author or 0, facet), facet != Facet.PERSONAL or mix.sides == Mix.Sides.BOTH)
