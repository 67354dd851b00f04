"""A query written out once and asked many times.

Django puts a statement together anew for every request; for a query with the rule of sight in it that takes ten times
as long as the database takes to answer. A `Statement` keeps the text and, each time, puts the values in their places:

    SEEN = Statement(lambda slot: Post.objects.visible_to(stand_in(slot.int("me"))).filter(pk=slot.int("pk")))
    SEEN.rows(me=viewer.id, pk=7)
"""

import itertools
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from collegium.lib.arrays import array

M = TypeVar("M", bound=Model)
# Far from every real key (which begin with the milliseconds since 1970), and each used once.
_marks = itertools.count(-(1 << 62), 7)


class Among(Func):
    """`column = ANY(list)`: a list as one value, whatever its length.

    The list is read in a query of its own, so that the plan does not depend on it: for a short one PostgreSQL would
    otherwise make a plan of its own every time, which takes longer than the answer.
    """

    output_field = BooleanField()
    comparison = "= ANY((SELECT %s::{type}[])::{type}[])"

    def __init__(self, column: str, mark: object) -> None:
        super().__init__(F(column))
        self.mark = mark

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The comparison."""
        (source,) = self.source_expressions
        column, _values = compiler.compile(source)
        kind = source.output_field.rel_db_type(connection)
        return f"{column} {self.comparison.replace('{type}', str(kind))}", [self.mark]


class AtMost(Among):
    """`column <= number`, for columns too small for a mark: Django leaves out what can never be true of them."""

    comparison = "<= %s"


class Slots:
    """Places for values, while a query is being written out."""

    def __init__(self) -> None:
        self.names: dict[object, str] = {}

    def int(self, name: str) -> int:
        """A place for a number; it may stand in several places at once."""
        return self._mark(next(_marks), name)

    def text(self, name: str) -> str:
        """A place for a short text."""
        return self._mark(f"«{next(_marks)}»", name)

    def among(self, column: str, name: str) -> Among:
        """A place for a list that a column is looked up in: `filter(slot.among("pk", "keys"))`."""
        return Among(column, self._mark(next(_marks), name))

    def at_most(self, column: str, name: str) -> AtMost:
        """A place for the greatest number a column may have: `filter(slot.at_most("audience", "near"))`."""
        return AtMost(column, self._mark(next(_marks), name))

    def _mark(self, mark: Any, name: str) -> Any:
        self.names[mark] = name
        return mark


class Statement(Generic[M]):
    """A query whose text never changes, only its values."""

    def __init__(self, build: Callable[[Slots], QuerySet[M]]) -> None:
        """Take the query; it is written out when first asked."""
        self._build = build

    @cached_property
    def _written(self) -> "_Written":
        slots = Slots()
        return _Written(self._build(slots), slots.names)

    def rows(self, **values: Any) -> list[M]:
        """The rows as instances, with what the query selected beside them (`select_related`, annotations).

        Args:
            values: one for every slot.

        Raises:
            KeyError: a slot has no value.
        """
        return self._written.instances(self._ask(values))

    def tuples(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows as they come, in the order of `values_list`."""
        return self._ask(values)

    def first(self, **values: Any) -> M | None:
        """The first row; the query itself should say `[:1]`."""
        rows = self.rows(**values)
        return rows[0] if rows else None

    def _ask(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        written = self._written
        given = [_sent(values[name]) if name else value for name, value in written.places]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, given)
            return list(cursor.fetchall())


def _sent(value: Any) -> Any:
    """A list of numbers as one text, all else as it is."""
    numbers = isinstance(value, list) and all(isinstance(each, int) for each in value)
    return array(value) if numbers else value


class _Written:
    """The text of a query, where its values go, and how its rows become instances."""

    def __init__(self, rows: QuerySet[Any], names: dict[object, str]) -> None:
        self.compiler = rows.query.get_compiler(using=rows.db)
        self.sql, given = self.compiler.as_sql()
        self.places = [(names.get(value, "") if value.__hash__ else "", value) for value in given]
        missing = set(names.values()) - {name for name, _value in self.places}
        if missing:
            raise ValueError(f"{missing} never reach the statement")

    @cached_property
    def _shape(self) -> tuple[type[Model], slice, list[str], list[Any]]:
        info, select = self.compiler.klass_info, self.compiler.select
        fields = info["select_fields"]
        own = slice(fields[0], fields[-1] + 1)
        names = [column[0].target.attname for column in select[own]]
        populators = get_related_populators(info, select, self.compiler.using)  # type: ignore[call-arg]  # of a newer Django
        return info["model"], own, names, populators

    def instances(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        """What Django's own `ModelIterable` does with the rows of a query."""
        model, own, names, populators = self._shape
        made = []
        for row in self.compiler.results_iter([rows]):
            instance = model.from_db(self.compiler.using, names, row[own])
            for populator in populators:
                populator.populate(row, instance)
            for name, place in (self.compiler.annotation_col_map or {}).items():
                setattr(instance, name, row[place])
            made.append(instance)
        return made
