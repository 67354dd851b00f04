"""A query written out once and asked many times.

Django puts a statement together anew for every request; for a query with the rule of sight in it that takes ten times
as long as the database takes to answer. A `Statement` keeps the text and, each time, puts the values in their places:

    SEEN = Statement(lambda slot: Post.objects.visible_to(stand_in(slot.int("me"))).filter(pk=slot.int("pk")))
    SEEN.rows(me=viewer.id, pk=7)
"""

import itertools
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from inspect import getattr_static
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.compiler import SQLCompiler
from psycopg import _queries

from collegium.lib.arrays import array

M = TypeVar("M", bound=Model)
# psycopg looks for the places in a text anew at every use when it is longer than 4 kB, lest it keep what never comes
# again. What has the rule of sight in it is longer, and comes again with every page.
_queries.MAX_CACHED_STATEMENT_LENGTH = 32_768
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
    def _shape(self) -> "_Shape":
        return _Shape(self.compiler)

    def instances(self, rows: list[tuple[Any, ...]]) -> list[Any]:
        """What Django's own `ModelIterable` does with the rows of a query."""
        shape = self._shape
        made = []
        for row in shape.converted(rows):
            instance = shape.maker.from_db(self.compiler.using, shape.names, row[shape.own])
            for populator in shape.populators:
                populator.populate(row, instance)
            for name, place in shape.annotations:
                setattr(instance, name, row[place])
            made.append(instance)
        return made


class _Shape:
    """What Django works out anew for every query, and what is the same each time: where in a row which instance is."""

    def __init__(self, compiler: SQLCompiler) -> None:
        info, select = compiler.klass_info, compiler.select
        fields = info["select_fields"]
        self.compiler = compiler
        self.own = slice(fields[0], fields[-1] + 1)
        self.names = [column[0].target.attname for column in select[self.own]]
        self.maker = Maker(info["model"])
        self.populators = get_related_populators(info, select, compiler.connection.alias)  # type: ignore[call-arg]  # of a newer Django
        _let_make(self.populators)
        self.annotations = list((compiler.annotation_col_map or {}).items())
        self.columns = [column[0] for column in select[: compiler.col_count]]
        self.converters = compiler.get_converters(self.columns)
        self.is_composite = compiler.has_composite_fields(self.columns)  # type: ignore[attr-defined]  # as above

    def converted(self, rows: Iterable[Any]) -> Iterable[Any]:
        """The rows as `results_iter` gives them."""
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        if self.is_composite:
            rows = self.compiler.composite_fields_to_tuples(rows, self.columns)  # type: ignore[attr-defined]  # as above
        return rows


class Maker:
    """Makes instances of a model out of rows, as its `from_db` does, at a third of the cost.

    Django sends two signals for each and sets every column on its own. Where nobody listens, and a model adds nothing
    to how it is made, the columns can be laid down at once.
    """

    def __init__(self, model: type[Model]) -> None:
        """Take the model."""
        self.model = model
        self.is_plain = (
            model.__init__ is Model.__init__
            and getattr(model.from_db, "__func__", None) is getattr(Model.from_db, "__func__", ())
            and all(isinstance(getattr_static(model, each.attname), DeferredAttribute) for each in _columns(model))
        )

    def from_db(self, using: str, names: Collection[str], values: Collection[Any]) -> Model:
        """One instance; columns that are not among the names are fetched when they are asked for."""
        if not self.is_plain or pre_init.has_listeners(self.model) or post_init.has_listeners(self.model):
            return self.model.from_db(using, names, values)
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, using
        vars(made).update(zip(names, values, strict=True), _state=state)
        return made


def _columns(model: type[Model]) -> list[Any]:
    return [each for each in model._meta.concrete_fields if each.column is not None]


def _let_make(populators: Iterable[Any]) -> None:
    """Let what is selected beside the rows be made in the same way."""
    for populator in populators:
        populator.model_cls = Maker(populator.model_cls)
        _let_make(populator.related_populators)
