"""The owner's order of things: where a new one goes, and how an order is written."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model, QuerySet

from collegium.career.models import Item
from collegium.career.sections import SPECS, Section
from collegium.members.models import Member

GOES_ON = "9999"


def hold(member: Member) -> None:
    """Let one change of a career wait for the other, so that limits and orders count what is there."""
    Member.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=member.pk)


def age(item: Item) -> tuple[str, str]:
    """What sections are sorted by until their owner arranges them: the end, then the start; the greater, the newer."""
    ends = item.ended or (GOES_ON if SPECS[Section(item.section)].ongoing else item.started)
    return ends, item.started


def place_for(item: Item, others: Sequence[Item]) -> int:
    """Where a new item goes among the others: above the first that is older, so that an arranged order is kept."""
    return next((place for place, other in enumerate(others) if age(other) < age(item)), len(others))


def write(rows: "QuerySet[Model]", keys: Iterable[int]) -> None:
    """Give rows the order of the list; those not in the list follow, in the order they had.

    Args:
        rows: all rows of one owner and list; they have a `rank`.
        keys: keys in the order wanted; those of other rows are ignored.
    """
    had = list(rows.order_by("rank", "-id").values_list("pk", flat=True))
    known = set(had)
    first = [key for key in dict.fromkeys(keys) if key in known]
    wanted = first + [key for key in had if key not in set(first)]
    table = connection.ops.quote_name(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS row SET rank = wanted.rank "  # noqa: S608 - the name of a table of ours
            "FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted (id, rank) "
            "WHERE row.id = wanted.id AND row.rank <> wanted.rank",
            [wanted],
        )
