"""Fixtures that every room's tests share."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collegium.journal.models import Entry
from collegium.journal.tasks import tell
from collegium.members.models import Member
from collegium.testing import cast as people
from collegium.testing.snapshot import Snapshot

CAST = Snapshot()


@pytest.fixture
def cast(db: None) -> people.Cast:
    """Ada and everybody around her."""
    with transaction.atomic():
        made = CAST.make(people.make_cast)
    return people.Cast(**{key: Member.objects.select_related("user").get(pk=row.pk) for key, row in vars(made).items()})


@pytest.fixture
def make_member(db: None) -> Callable[..., Member]:
    """Make one more person: `make_member("Kim Lund", visibility=3)`."""
    return people.make_member


@pytest.fixture
def client_of() -> Callable[[Member | None], Client]:
    """A signed-in browser: `client_of(cast.ada)`."""
    return people.client_of


@pytest.fixture
def hear(db: None) -> Callable[[], None]:
    """Run the background jobs of everything that was recorded since the last time."""
    heard: set[int] = set()

    def listen() -> None:
        for key in Entry.objects.exclude(pk__in=heard).order_by("pk").values_list("pk", flat=True):
            heard.add(key)
            tell(entry=key)

    return listen


def queries(call: Callable[[], object]) -> list[str]:
    """The statements a call sends."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return [query["sql"] for query in captured.captured_queries]


def assert_same_queries(few: Callable[[], object], grow: Callable[[], object], many: Callable[[], object]) -> None:
    """A list page costs the same number of statements after `grow` made its data larger.

    Args:
        few: opens the page with little data (once more before counting, so that caches are warm).
        grow: adds rows.
        many: opens the page again.
    """
    few()
    small = queries(few)
    grow()
    large = queries(many)
    assert len(large) == len(small), "\n".join(["With few rows:", *small, "With many:", *large])
