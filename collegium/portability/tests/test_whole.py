"""A load that dies leaves nothing behind, and two do not run at once: real transactions, really ended."""

from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from django.db import connection, connections

from collegium.accounts.models import User
from collegium.career.models import Holding, Item
from collegium.feed.models import Post, Topic
from collegium.members.models import Member
from collegium.organizations.models import Organization
from collegium.portability.load import BundleError, load_bundle
from collegium.portability.models import Kept, LoadedKey, LoadedTies
from collegium.portability.tests import bundles
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (User, Member, Connection, Post, Topic, Kept, LoadedKey, LoadedTies, Organization, Item, Holding)


class Killed(BaseException):
    """What a signal would do."""


def assert_nothing_there() -> None:
    assert not [model.__name__ for model in TABLES if model.objects.exists()]


@pytest.mark.parametrize("stage", ["members", "connections", "posts", "storing"])
def test_interrupted(tmp_path: Path, stage: str) -> None:
    def interrupt(name: str, done: int, total: int) -> None:
        if name == stage and (name != "storing" or done == total):
            raise Killed

    with pytest.raises(Killed):
        load_bundle(bundles.write(tmp_path), progress=interrupt)
    assert_nothing_there()
    assert load_bundle(tmp_path).loaded


def test_connection_lost_in_the_middle_of_storing(tmp_path: Path) -> None:
    settings = connection.get_connection_params()
    words = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if settings.get(name)}

    def kill(name: str, done: int, total: int) -> None:
        if name == "storing" and done == total - 1:
            with psycopg.connect(**words, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])

    with pytest.raises(BundleError, match="The database refused"):
        load_bundle(bundles.write(tmp_path), progress=kill)
    connection.close()
    assert_nothing_there()


def test_a_second_load_waits_for_nobody(tmp_path: Path) -> None:
    bundle, begun, go = bundles.write(tmp_path), Event(), Event()

    def hold(name: str, _done: int, _total: int) -> None:
        if name == "posts":
            begun.set()
            go.wait(30)

    def first() -> None:
        try:
            load_bundle(bundle, progress=hold)
        finally:
            connections.close_all()

    thread = Thread(target=first)
    thread.start()
    try:
        assert begun.wait(30)
        with pytest.raises(BundleError, match="Another load is running"):
            load_bundle(bundle)
    finally:
        go.set()
        thread.join()
    assert Member.objects.count() == 3


def test_after_a_load_into_a_light_table_its_keys_and_indexes_are_back(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("collegium.portability.bulk.WORTHWHILE", 1)

    def furniture() -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = 'ties_connection'::regclass"
                " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'ties_connection' ORDER BY 1"
            )
            return cursor.fetchall()

    before = furniture()
    assert load_bundle(bundles.write(tmp_path)).loaded
    assert furniture() == before
    assert Connection.objects.count() == 4
