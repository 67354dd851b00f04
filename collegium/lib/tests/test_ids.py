"""Keys that the database makes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from collegium.lib import ids


@pytest.mark.django_db
def test_a_thousand_keys_of_one_moment_differ_and_tell_it() -> None:
    at = datetime(2024, 2, 29, 12, 0, 0, 123000, UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT new_id(%s) FROM generate_series(1, 1024)", [at])
        keys = [key for (key,) in cursor.fetchall()]
    assert len(set(keys)) == 1024
    assert {ids.instant(key) for key in keys} == {at}
    assert min(keys) >= ids.floor_at(at)
    assert max(keys) < ids.floor_at(at + timedelta(milliseconds=1))


@pytest.mark.django_db
def test_later_rows_have_larger_keys() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT new_id(now() + n * interval '1 ms') FROM generate_series(1, 500) AS n")
        keys = [key for (key,) in cursor.fetchall()]
    assert keys == sorted(keys)
