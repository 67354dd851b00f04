"""Posts in a place of their own: on the wall of a group, or said by a page.

Their audience is IN_PLACE, which no closeness reaches: everything that compares audience and closeness leaves them out
by itself, and only what asks here lets them in. In a group its members read (everybody, where it is public), but for
those whom a block parts from the author; what waits for those who keep the group, or was hidden by them, its author and
they read, and what was not let in its author alone. A page is read by everybody, whoever of its people wrote for it.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func
from django.db.models.sql.compiler import SQLCompiler

from collegium.groups.sight import INSIDE, KEEPS, OPEN, READS
from collegium.members.models import Member

if TYPE_CHECKING:
    from collegium.audience.viewer import Viewer


class PlaceState(models.IntegerChoices):
    """How a post stands in its group."""

    SHOWN = 0
    WAITING = 1  # for those who keep the group
    HIDDEN = 2  # by one of them; its author was told
    RETURNED = 3  # not let in, or waited too long: its author alone has it, and may send it again


BLOCKED = """(SELECT true FROM ties_block b WHERE b.blocker_id = {me} AND b.blocked_id = {author}
    UNION ALL SELECT true FROM ties_block b WHERE b.blocker_id = {author} AND b.blocked_id = {me} LIMIT 1)"""
# What a reader of a group reads there, of authors in good standing.
SHOWN = f"{READS} AND {BLOCKED} IS NULL"
IN_GROUP = f"""({{group}} IS NOT NULL AND {{standing}} = 'active' AND CASE {{state}} WHEN {PlaceState.SHOWN.value}
    THEN {SHOWN} WHEN {PlaceState.RETURNED.value} THEN {{author}} = {{me}}
    ELSE {KEEPS} IS NOT NULL OR ({{author}} = {{me}} AND {INSIDE} IS NOT NULL) END)"""
OF_PAGE = """({page} IS NOT NULL AND (SELECT page_since IS NOT NULL AND merged_into_id IS NULL
    FROM organizations_organization o WHERE o.id = {page}))"""
SIGNED_IN = f"({IN_GROUP} OR {OF_PAGE})"
SIGNED_OUT = f"""({OF_PAGE} OR ({{group}} IS NOT NULL AND {{state}} = {PlaceState.SHOWN.value}
    AND {{standing}} = 'active' AND {{visibility}} = {Member.Visibility.PUBLIC.value} AND {OPEN}))"""
# The same of what is shown in one group, in the words of the wall's index: with the state as a value the database would
# not know, once it keeps its plan, that the index has everything.
ON_INDEX = f"{{group}} IS NOT NULL AND {{state}} = {PlaceState.SHOWN.value}"
ON_WALL = f"({ON_INDEX} AND {{standing}} = 'active' AND {SHOWN})"
ON_WALL_OUT = (
    f"({ON_INDEX} AND {{standing}} = 'active' AND {{visibility}} = {Member.Visibility.PUBLIC.value} AND {OPEN})"
)


class OfPage(Func):
    """Whether a column names an organisation that is a page now."""

    output_field = models.BooleanField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition over the column."""
        return OF_PAGE.format(page=compiler.compile(self.source_expressions[0])[0]), []


class InPlace(Func):
    """Whether the place of a post lets one person read it; never true of a post without one."""

    output_field = models.BooleanField()

    def __init__(self, viewer: "Viewer") -> None:
        self.viewer = viewer.id
        columns = ("author_id", "author__standing", "author__visibility", "group_id", "page_id", "place_state")
        super().__init__(*map(F, columns))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The condition over the columns; its only parameter is the viewer."""
        names = ("author", "standing", "visibility", "group", "page", "state")
        columns = dict(zip(names, (compiler.compile(each)[0] for each in self.source_expressions), strict=True))
        words = self.condition.format(**columns, me="%s")
        return words, [self.viewer] * words.count("%s")

    @property
    def condition(self) -> str:
        """What is asked, over the names of the columns."""
        return SIGNED_IN if self.viewer else SIGNED_OUT


class OnWall(InPlace):
    """The same of posts shown in a group that is named beside it; no page can have said them.

    Where nothing stands beside it by OR, the database goes down the index of the wall and stops after a page.
    """

    @property
    def condition(self) -> str:
        """As above."""
        return ON_WALL if self.viewer else ON_WALL_OUT
