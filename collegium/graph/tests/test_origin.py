"""Files beside a database that was restored are not opened, whatever their names say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from collegium.cli.prepare import migrate
from collegium.graph import base, epoch, index, near, tasks
from collegium.graph.models import Change, Epoch
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.ties.models import Connection

pytestmark = pytest.mark.django_db(transaction=True)
FAR = 10**9


@pytest.fixture(autouse=True)
def folders(settings, tmp_path: Path) -> Iterator[None]:
    settings.DATA_DIR = tmp_path
    yield
    connection.close()


@pytest.fixture
def files(cast: Cast) -> Path:
    """Files of the community as it is, before Ada and Di meet; after that no line tells of them."""
    Epoch.objects.update(empty=False)
    folder = base.rebuild()
    Connection.tie(cast.ada, cast.di)
    Change.objects.all().delete()
    return folder


def _knows_di(cast: Cast) -> bool:
    keys = near.first(cast.viewer("ada"), index.Index().view())
    return Member.objects.filter(pk__in=keys, handle=cast.di.handle).exists()


def _retell(folder: Path, **told: Any) -> None:
    """The folder as another database would have written it."""
    said = base.told(folder) | told
    (folder / "base.json").write_text(json.dumps(said))
    folder.rename(folder.with_name(f"{said['epoch']}-{said['low']}-{folder.name.split('-')[2]}"))


def test_files_of_this_database_are_opened(cast: Cast, files: Path) -> None:
    """What the others differ from: nothing is wrong with these, so the tie that no line tells of is not known."""
    number = Epoch.objects.get().number
    migrate()
    assert Epoch.objects.get().number == number
    assert not _knows_di(cast)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"low": FAR, "high": FAR + 5}, id="of later transactions"),
        pytest.param({"high": FAR}, id="begun before, ended after what was restored"),
        pytest.param({"database": "7440 16384 16999"}, id="of another cluster"),
    ],
)
def test_files_of_another_database_are_not(cast: Cast, files: Path, told: dict[str, Any]) -> None:
    _retell(files, **told)
    migrate()
    assert _knows_di(cast)
    Connection.untie(cast.ada, cast.di)
    assert not _knows_di(cast)


def test_files_of_an_earlier_version_say_less(cast: Cast, files: Path) -> None:
    said = {name: value for name, value in base.told(files).items() if name not in ("high", "database")}
    (files / "base.json").write_text(json.dumps(said))
    migrate()
    assert not _knows_di(cast)
    _retell(files, low=FAR)
    migrate()
    assert _knows_di(cast)


def test_a_dump_brings_changes_and_a_floor_of_transactions_to_come(cast: Cast, files: Path) -> None:
    """No file could be new enough for them, and what changes now would never be newer."""
    Epoch.objects.update(floor=FAR)
    tasks.compact()
    assert Epoch.objects.get().floor == 0
    assert _knows_di(cast)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO graph_change (kind, one, other, xid) VALUES (5, 1, 0, '1000000000')")
    assert epoch.renew_if_restored()
    assert not epoch.renew_if_restored()
