"""The database of each process of a run: a copy of the template, dropped at the end.

Registered after pytest-django (through the root's conftest), whose fixtures of the same names these stand before.
"""

import os
from collections.abc import Iterator

import psycopg
import pytest

from collegium.testing.plugin import TEMPLATE, with_name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the template instead of running every migration again."""
    from django.db import connections

    if os.environ.get(TEMPLATE):
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = os.environ[TEMPLATE]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """At the end, close what threads left open, so that the database can be dropped."""
    yield
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    with psycopg.connect(with_name(os.environ["DATABASE_URL"], "postgres"), autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
