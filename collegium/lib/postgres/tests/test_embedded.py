"""The embedded server: made once, shared by all, stopped by the last, found again when it was left running."""

import os
import signal
import time
from types import SimpleNamespace

import psycopg
import pytest

from collegium.lib.postgres import DatabaseError, EmbeddedServer, open_database
from collegium.lib.postgres.postmaster import Postmaster


@pytest.fixture
def server(tmp_path):
    made = EmbeddedServer(tmp_path / "postgres", log=tmp_path / "postgres.log", fleeting=True)
    yield made
    made.release()
    made._stop()


def another(server):
    """A second process's view of the same server."""
    return EmbeddedServer(server.folder, log=server._log, fleeting=True)


def ask(url, statement="SELECT current_user"):
    with psycopg.connect(url) as connection:
        *before, last = statement.split(";")
        for each in before:
            connection.execute(each)
        return connection.execute(last).fetchone()[0]


def test_it_starts_on_first_use_and_is_gone_after_the_last(server):
    with server.held() as url:
        assert ask(url) == "collegium"
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SELECT datlocale FROM pg_database WHERE datname = 'collegium'") == "C.UTF-8"
        assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = 'collegium'") is False
        assert server.cluster.stat().st_mode & 0o077 == 0
        assert server.folder.stat().st_mode & 0o077 == 0
    assert not server.is_running()


def test_the_last_to_leave_stops_it(server):
    second = another(server)
    with server.held():
        second.acquire(lambda sentence: None)
    assert second.is_running()
    second.release()
    assert not second.is_running()


def test_one_left_running_is_used_again(server):
    told = []
    server.acquire(told.append)
    pid = Postmaster(server.cluster).pid()
    os.close(server._hold)
    server._hold = None
    with another(server).held(told.append) as url:
        assert ask(url) == "collegium"
        assert Postmaster(server.cluster).pid() == pid
    assert told[-1] == "database was running already"
    server._child.wait(10)


def test_a_killed_server_comes_back_with_what_was_committed(server):
    server._fleeting = False
    with server.held() as url:
        ask(url, "CREATE TABLE kept AS SELECT 7 AS n; SELECT n FROM kept")
        Postmaster(server.cluster).send(signal.SIGKILL)
        server._child.wait(10)
    assert (server.cluster / "postmaster.pid").exists()
    with server.held() as url:
        assert ask(url, "SELECT n FROM kept") == 7


def test_a_pid_file_with_the_number_of_another_program_does_not_block_the_start(server):
    with server.held():
        pass
    (server.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster}\n0\n5432\n\n\n\nready\n")
    with server.held() as url:
        assert ask(url) == "collegium"


@pytest.mark.parametrize(
    "name", ["x" * 60 + "/" + "y" * 60, "a, b", 'it\'s "quoted"', "Ähnlich wie früher", "a%20b&c=d?"]
)
def test_any_path_will_do(tmp_path, name):
    server = EmbeddedServer(tmp_path / name / "postgres", log=tmp_path / "log", fleeting=True)
    with server.held() as url:
        assert ask(url) == "collegium"


def test_a_half_made_database_is_made_anew(server):
    (server.folder / "cluster.new").mkdir(parents=True)
    with server.held() as url:
        assert ask(url) == "collegium"


def test_what_a_statement_holds_is_not_logged(server):
    with server.held() as url:
        ask(url, "CREATE TABLE t (words text UNIQUE); INSERT INTO t VALUES ('a secret'); SELECT 1")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(url, "INSERT INTO t VALUES ('a secret')")
        with pytest.raises(psycopg.errors.SyntaxError):
            ask(url, "SELEKT 'a secret'")
    assert "duplicate key" in server._log.read_text()
    assert "secret" not in server._log.read_text()


@pytest.mark.parametrize("version", ["99", "17"])
def test_data_of_another_major_version_is_one_sentence(server, version):
    server.cluster.mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(server.cluster, 65534, 65534)
    (server.cluster / "PG_VERSION").write_text(f"{version}\n")
    with pytest.raises(DatabaseError, match=f"made by PostgreSQL {version}"), server.held():
        pass


def test_no_room_on_the_disk_is_one_sentence(server, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=3_000_000))
    with pytest.raises(DatabaseError, match="has 3 MB free"), server.held():
        pass


def test_an_external_server_is_used_and_left_alone(server):
    with server.held() as url:
        outside = open_database(server.folder, url)
        with outside.held() as given:
            assert given == url
        assert outside.is_running()
        assert server.is_running()
    began = time.monotonic()
    assert not outside.is_running()
    with pytest.raises(DatabaseError, match="cannot be reached"), outside.held():
        pass
    assert time.monotonic() - began < 5
