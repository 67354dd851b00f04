"""Two records that are one body: everything that points at the one that goes is led to the one that stays.

Rooms above point here, so each lays a party (`config/wiring.py`): which columns of its tables point at an organisation,
how many rows that is, and how they are moved. All move in one transaction. The record that goes is kept with its name
and its address: names still mean the one that stays, and the address leads there for good.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.utils.functional import Promise

from collegium.organizations.models import Organization


def _nothing(_loser: int) -> int:
    return 0


@dataclass(frozen=True)
class Party:
    """What one room moves.

    Attributes:
        label: what it is, for the preview; "" for what nobody needs to be told of.
        fields: the columns it answers for, as "app.Model.field". A test holds that every one has a party.
        count: how many rows of the record that goes it would move.
        move: leads them from the record that goes to the one that stays, both held by the caller.
    """

    label: str | Promise
    fields: tuple[str, ...]
    move: Callable[[Organization, Organization], None]
    count: Callable[[int], int] = _nothing


class Parties(list[Party]):
    """In the order in which they move."""

    def lay(self, table: Sequence[Party]) -> None:
        """Take the table of the roof; once, when every room stands."""
        self[:] = table


parties = Parties()


def preview(loser: Organization) -> Iterator[tuple[str, int]]:
    """What would move, counted now: each label with its number, where there is any."""
    for party in parties:
        if party.label and (count := party.count(loser.pk)):
            yield str(party.label), count


@transaction.atomic
def move(loser: Organization, winner: Organization) -> dict[str, int]:
    """Lead everything over, and the record that goes to the one that stays; both are held by the caller.

    Returns:
        what moved, as the preview counts it.
    """
    moved = dict(preview(loser))
    for party in parties:
        party.move(loser, winner)
    # Records that were led to the one that goes are led on: nobody follows two signs.
    Organization.objects.filter(merged_into=loser).update(merged_into=winner)
    Organization.objects.filter(pk=loser.pk).update(merged_into=winner, page_since=None, follower_count=0)
    return moved


def redirect_rows(field: str) -> Callable[[Organization, Organization], None]:
    """A party's `move` for a column that nothing keeps unique: every row points at the other from now on.

    Args:
        field: as "app.Model.field".
    """

    def moved(loser: Organization, winner: Organization) -> None:
        table, column = _column(field)
        with connection.cursor() as cursor:
            lead = f"UPDATE {table} SET {column} = %s WHERE {column} = %s"  # noqa: S608 - names of our own columns
            cursor.execute(lead, [winner.pk, loser.pk])

    return moved


def count_rows(field: str) -> Callable[[int], int]:
    """A party's `count` for a column."""

    def counted(loser: int) -> int:
        table, column = _column(field)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [loser])  # noqa: S608 - as above
            return int(cursor.fetchone()[0])

    return counted


def take_over(table: str, key: Sequence[str]) -> Callable[[Organization, Organization], None]:
    """A party's `move` for a table in which each has one row an organisation: what the winner has already stays.

    Args:
        table: its name in the database.
        key: the columns that are unique together with `organization_id`.
    """
    quoted = connection.ops.quote_name
    same = " AND ".join(f"other.{quoted(each)} = mine.{quoted(each)}" for each in key)

    def moved(loser: Organization, winner: Organization) -> None:
        drop = f"""DELETE FROM {quoted(table)} mine WHERE mine.organization_id = %s AND EXISTS (
            SELECT FROM {quoted(table)} other WHERE other.organization_id = %s AND {same})"""  # noqa: S608 - names of columns
        lead = f"UPDATE {quoted(table)} SET organization_id = %s WHERE organization_id = %s"  # noqa: S608 - as above
        with connection.cursor() as cursor:
            cursor.execute(drop, [loser.pk, winner.pk])
            cursor.execute(lead, [winner.pk, loser.pk])

    return moved


def _column(field: str) -> tuple[str, str]:
    """The table and the column of a field, quoted."""
    label, _dot, name = field.rpartition(".")
    quoted = connection.ops.quote_name
    return quoted(apps.get_model(label)._meta.db_table), quoted(f"{name}_id")
