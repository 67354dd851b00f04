"""What a process answers is what is committed (and what its own transaction has written), never older, never more."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from collegium.graph import base, epoch, index, near, tasks
from collegium.graph.models import Change, Epoch
from collegium.members.models import Member
from collegium.testing.cast import Cast
from collegium.ties.models import Connection


class HalfwayError(Exception):
    """Ends a transaction in the middle."""


@pytest.fixture
def process() -> index.Index:
    """A process that has just started."""
    return index.Index()


@pytest.fixture(autouse=True)
def folders(settings, tmp_path: Path) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path
    yield tmp_path
    connection.close()


def _first(process: index.Index, cast: Cast) -> set[str]:
    keys = near.first(cast.viewer("ada"), process.view())
    return set(Member.objects.filter(pk__in=keys).values_list("handle", flat=True))


@pytest.mark.django_db
def test_a_transaction_sees_what_it_wrote_and_nobody_keeps_it(cast: Cast, process: index.Index) -> None:
    before = _first(process, cast)
    with pytest.raises(HalfwayError), transaction.atomic():  # noqa: PT012 - the end of the block is what fails
        Connection.tie(cast.ada, cast.di)
        assert _first(process, cast) == before | {cast.di.handle}
        raise HalfwayError
    assert _first(process, cast) == before


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_once_it_is_committed(cast: Cast, process: index.Index) -> None:
    other = index.Index()
    before = _first(process, cast)
    assert _first(other, cast) == before
    written, read = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            Connection.tie(cast.ada, cast.di)
            written.set()
            read.wait(5)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    written.wait(5)
    assert _first(process, cast) == before
    read.set()
    thread.join()
    for each in (process, other, index.Index()):
        assert _first(each, cast) == before | {cast.di.handle}


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_is_not_overlooked(cast: Cast, process: index.Index) -> None:
    """The transaction that began first ends last: a reader who went by numbers would have passed it."""
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            Connection.tie(cast.ada, cast.di)
            begun.set()
            go.wait(5)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(5)
    Connection.tie(cast.cy, cast.flo)
    _first(process, cast)
    go.set()
    thread.join()
    assert cast.di.handle in _first(process, cast)


@pytest.mark.django_db(transaction=True)
def test_files_tell_the_same_and_changes_go_on_over_them(cast: Cast, process: index.Index) -> None:
    before = _first(process, cast)
    Epoch.objects.update(empty=False)
    folder = base.rebuild()
    fresh = index.Index()
    assert _first(fresh, cast) == before
    assert fresh.view().folder == folder
    Connection.tie(cast.ada, cast.di)
    assert _first(fresh, cast) == before | {cast.di.handle}
    Connection.untie(cast.ada, cast.bo)
    assert _first(fresh, cast) == (before | {cast.di.handle}) - {cast.bo.handle}


@pytest.mark.django_db(transaction=True)
def test_a_new_epoch_makes_old_files_worthless(cast: Cast, process: index.Index) -> None:
    old = base.rebuild()
    with transaction.atomic():
        epoch.renew()
        Connection.tie(cast.ada, cast.di)
        Change.objects.all().delete()  # as if the triggers had been off
        new = base.rebuild()
        assert _first(index.Index(), cast) >= {cast.di.handle}
    assert process.view().folder == new != old
    assert cast.di.handle in _first(process, cast)


@pytest.mark.django_db(transaction=True)
def test_a_load_that_fails_leaves_no_trace(cast: Cast, process: index.Index) -> None:
    before = _first(process, cast)
    with pytest.raises(HalfwayError), transaction.atomic():  # noqa: PT012 - the end of the block is what fails
        epoch.renew()
        Connection.tie(cast.ada, cast.di)
        base.rebuild()
        raise HalfwayError
    assert _first(process, cast) == before == _first(index.Index(), cast)


@pytest.mark.django_db(transaction=True)
def test_forgetting_old_changes(cast: Cast, process: index.Index) -> None:
    """Whoever slept on older files finds out, and opens newer ones."""
    Epoch.objects.update(empty=False)
    _first(process, cast)
    base.rebuild()
    Connection.tie(cast.ada, cast.di)
    base.rebuild()
    tasks.prune()
    floor = Epoch.objects.get().floor
    assert floor == base.low_of(base.kept(Epoch.objects.get().number)[0]) > 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM graph_change WHERE xid < (%s::text)::xid8", [str(floor)])
        assert cursor.fetchone() == (0,)
    assert cast.di.handle in _first(process, cast)
    assert cast.di.handle in _first(index.Index(), cast)


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_begins_an_epoch(process: index.Index) -> None:
    number = Epoch.objects.get().number
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE members_member, accounts_user CASCADE")
    after = Epoch.objects.get()
    assert after.number != number
    assert after.empty
    assert process.view().size == 0


@pytest.mark.django_db
def test_many_changes_at_once_are_read_from_the_tables(cast: Cast, process: index.Index, monkeypatch) -> None:
    before = _first(process, cast)
    monkeypatch.setattr(index.changes, "TOO_MANY", 3)
    assert _first(index.Index(), cast) == before


@pytest.mark.django_db(transaction=True)
def test_a_great_many_changes_are_taken_in_look_by_look(cast: Cast, process: index.Index, monkeypatch) -> None:
    """Somebody with thousands of connections leaves: no process writes all files anew in the midst of an answer."""
    process.view()
    monkeypatch.setattr(index.changes, "MOST", 3)
    monkeypatch.setattr(index.changes, "READ", index.changes.READ.replace("LIMIT 5001", "LIMIT 4"))
    with transaction.atomic():
        for person in (cast.di, cast.flo, cast.cy, cast.hal):
            Connection.tie(cast.ada, person)
        Connection.untie(cast.ada, cast.di)
        Connection.untie(cast.ada, cast.bo)
    monkeypatch.setattr(base, "rebuild", lambda: pytest.fail("files were written in the midst of an answer"))
    assert _first(process, cast) == {each.handle for each in (cast.flo, cast.cy, cast.hal)}
    assert _first(process, cast) == {each.handle for each in (cast.flo, cast.cy, cast.hal)}


@pytest.mark.django_db(transaction=True)
def test_who_writes_herself_writes_no_files(cast: Cast, process: index.Index, monkeypatch) -> None:
    """Files of another form lie there: what one transaction sees, and may take back, must not stand in new ones."""
    base.rebuild()
    monkeypatch.setattr(base, "FORM", base.FORM + 1)
    before = len(list(base.home().iterdir()))
    with pytest.raises(HalfwayError), transaction.atomic():  # noqa: PT012 - the end of the block is what fails
        Connection.tie(cast.ada, cast.di)
        assert cast.di.handle in _first(process, cast)
        raise HalfwayError
    assert len(list(base.home().iterdir())) == before
    assert cast.di.handle not in _first(process, cast)
