"""The table in memory is what a fresh reading of everything gives, whatever changed and in whatever order it ended."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import numpy as np
import psycopg
import pytest
from django.db import connection

from collegium.audience.viewer import NOBODY
from collegium.finding import asked as asking
from collegium.finding import columns, documents, memory
from collegium.finding.columns import Bag, Columns
from collegium.finding.models import Change
from collegium.finding.searching import Search
from collegium.finding.table import Table
from collegium.finding.tests.generated import World
from collegium.lib import clock
from collegium.openings.models import Hidden, Opening, OpeningSkill, State
from collegium.openings.tests.scene import opening
from collegium.organizations.models import Organization
from collegium.testing.cast import Cast, make_member


def same(one: Table, other: Table) -> bool:
    """Whether two tables say the same, whatever lists their values are in."""
    for each in fields(Columns):
        here, there = getattr(one.columns, each.name), getattr(other.columns, each.name)
        pairs = [(here.members, there.members), (here.ends, there.ends)] if isinstance(here, Bag) else [(here, there)]
        if not all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs):
            return False
    return all(
        np.array_equal(a.values[a.codes], b.values[b.codes])
        for a, b in ((getattr(one, name), getattr(other, name)) for name in ("organizations", "skills", "countries"))
    )


CHANGES: dict[str, Callable[[World], Any]] = {
    "looked at": lambda world: Opening.objects.filter(pk__in=keys(world)[:5]).update(reviewed_at=clock.now()),
    "moved": lambda world: Opening.objects.filter(pk__in=keys(world)[:3]).update(
        latitude=1.0, longitude=2.0, country="FR"
    ),
    "closed": lambda world: Opening.objects.filter(pk__in=keys(world)[:3]).update(
        state=State.CLOSED, closed_at=clock.now(), ended="filled"
    ),
    "deleted": lambda world: Opening.objects.filter(pk__in=keys(world)[:4]).delete(),
    "posted": lambda world: [world._opening() for _ in range(5)],
    "skills": lambda world: OpeningSkill.objects.filter(opening__in=keys(world)[:9]).delete(),
    "hidden": lambda world: Hidden.objects.create(opening_id=keys(world)[0], what="person", person=world.cast.bo),
    "page": lambda world: Organization.objects.filter(pk=world.places[0].pk).update(page_since=clock.now()),
    "poster": lambda world: [_suspend(world)],
}


def keys(world: World) -> list[int]:
    return [row.pk for row in world.rows if row.state == State.LIVE]


def _suspend(world: World) -> None:
    member = world.cast.bo
    member.standing = "suspended"
    member.save(update_fields=["standing"])


@pytest.mark.django_db
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_taken_in_is_the_same_as_everything_read_anew(cast: Cast, name: str) -> None:
    world = World(cast, 5)
    before = Table(columns.read())
    Change.objects.all().delete()
    CHANGES[name](world)
    noted = np.array(list(Change.objects.values_list("opening_id", flat=True)), np.int64)
    assert len(noted)
    after = before.spliced(noted, columns.read(noted.tolist()))
    assert same(after, Table(columns.read()))
    assert not same(after, before)


@pytest.mark.django_db
def test_written_anew_it_is_what_triggers_wrote(cast: Cast) -> None:
    World(cast, 4)

    def words() -> list[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT opening_id, words::text FROM finding_document ORDER BY opening_id")
            return list(cursor.fetchall())

    before = words()
    assert documents.rebuild() == len(before) > 30
    assert words() == before


@pytest.fixture
def other(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else at the same database."""
    given = connection.get_connection_params()
    wanted = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if name in given}
    memory.forget()
    with psycopg.connect(**wanted) as made:
        yield made
    memory.forget()


def total() -> int:
    return Search(asking.Asked(), NOBODY).total


def test_transactions_that_end_in_another_order(other: psycopg.Connection[Any]) -> None:
    """What began earlier and ends later is not missed, and what is taken back never counts."""
    ada = make_member("Ada Lindqvist")
    first, second = opening(ada), opening(ada)
    assert total() == 2
    other.execute("UPDATE openings_opening SET members_only = true WHERE id = %s", [first.pk])
    Opening.objects.filter(pk=second.pk).update(members_only=True)
    assert total() == 1
    other.commit()
    assert total() == 0
    other.execute("UPDATE openings_opening SET members_only = false WHERE id = %s", [first.pk])
    assert total() == 0
    other.rollback()
    assert total() == 0
    Opening.objects.filter(pk=second.pk).update(members_only=False)
    assert total() == 1


def test_nothing_is_read_twice_and_what_is_emptied_is_gone(
    other: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening(make_member("Ada Lindqvist"))
    assert total() == 1
    monkeypatch.setattr(columns, "read", lambda *_given: pytest.fail("nothing changed"))
    assert total() == 1
    monkeypatch.undo()
    other.execute("TRUNCATE openings_opening CASCADE")
    other.commit()
    assert total() == 0
