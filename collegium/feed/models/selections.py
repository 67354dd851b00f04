"""People named beside the level of a post: only these, or everyone but these.

The level stays the outer bound: nobody named sees what the rule of sight would not let her. A circle counts whom its
owner is connected with now, so whoever leaves it, or the connection, sees the post no more. Left out are people, never
circles: a circle that is deleted, or loses somebody, must not widen who sees what was said before.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from collegium.audience.rule import RESTRICTED
from collegium.lib import ids
from collegium.members.models import Member
from collegium.ties.models import Circle

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer

# So many names and circles one post may have on either side.
MOST = 500


class Selected(models.Model):
    """One name, or one circle, in the audience of a post."""

    id = ids.IdField()
    post = models.ForeignKey("feed.Post", models.CASCADE, related_name="selected", db_index=False)
    left_out = models.BooleanField(default=False)
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="+")
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, blank=True, related_name="+")
    invited = models.BooleanField(
        default=False, db_default=False, help_text="Asked to it by name: sees it though the level would not let her."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member", "circle"], nulls_distinct=False, name="feed_selected_once"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, circle=None) | Q(member=None, circle__isnull=False),
                name="feed_selected_one_thing",
            ),
            models.CheckConstraint(condition=Q(left_out=False) | Q(circle=None), name="feed_left_out_by_name"),
            models.CheckConstraint(
                condition=Q(invited=False) | Q(left_out=False, circle=None), name="feed_invited_by_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{'not ' if self.left_out else ''}{self.member_id or self.circle_id}"


# Whether a person is among the named of a post, over the columns of its row.
NAMED = f"""EXISTS (SELECT FROM feed_selected s WHERE s.post_id = {{post}} AND s.left_out = {{left_out}} AND (
    s.member_id = {{me}} OR EXISTS (
        SELECT FROM ties_circling c JOIN ties_connection t ON t.member_id = {{author}} AND t.other_id = c.person_id
        WHERE c.circle_id = s.circle_id AND c.person_id = {{me}}
          AND NOT EXISTS (SELECT FROM ties_distance k
                          WHERE k.member_id = {{author}} AND k.other_id = {{me}} AND k.rung = {RESTRICTED}))))"""  # noqa: S608 - made of constants
PASSES = f"""({{selection}} = 0 OR {{author}} = {{me}} OR (
    NOT {NAMED.replace("{left_out}", "true")} AND ({{selection}} = 1 OR {NAMED.replace("{left_out}", "false")})))"""


class Passes(Func):
    """Whether the selection of a post lets one person in."""

    output_field = models.BooleanField()

    def __init__(self, viewer: int) -> None:
        self.viewer = viewer
        super().__init__(F("id"), F("author_id"), F("selection"))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition over the columns, whatever the table is called here; its only parameter is the viewer."""
        post, author, selection = (compiler.compile(source)[0] for source in self.source_expressions)
        if not self.viewer:
            return f"{selection} = 0", []
        words = PASSES.format(post=post, author=author, selection=selection, me="%s")
        return words, [self.viewer] * words.count("%s")


class Invited(Func):
    """Whether one person was asked to a post by name; only what hangs on posts (`events`) asks anybody."""

    output_field = models.BooleanField()

    def __init__(self, viewer: int) -> None:
        self.viewer = viewer
        super().__init__(F("id"), F("has_parts"))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition over the columns; its only parameter is the viewer."""
        post, parts = (compiler.compile(source)[0] for source in self.source_expressions)
        found = f"SELECT true FROM feed_selected s WHERE s.post_id = {post} AND s.member_id = %s AND s.invited"  # noqa: S608 - names of columns
        return f"({parts} AND ({found}) IS NOT NULL)", [self.viewer]


def invited(viewer: "Viewer") -> Invited:
    """Posts to which this viewer was asked by name."""
    return Invited(viewer.id)


def passes(viewer: "Viewer") -> Passes:
    """Posts whose selection lets this viewer in; for whoever is signed out, those without one."""
    return Passes(viewer.id)
