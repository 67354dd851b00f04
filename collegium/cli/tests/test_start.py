"""The whole of Collegium as an operator has it: started, killed in parts, stopped, started again.

One story in the order of the file, for each start costs seconds; `bin/test` keeps the tests of a file together.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest

from collegium.lib.postgres import EmbeddedServer
from collegium.lib.postgres.postmaster import Postmaster

pytestmark = pytest.mark.slow
LIMIT = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(happened, seconds=LIMIT):
    limit = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < limit, "it took too long"
        time.sleep(0.05)
    return found


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


class House:
    """A data directory, and the commands on it."""

    def __init__(self, data):
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = EmbeddedServer(data / "postgres", log=data / "logs" / "postgres.log")
        self.environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
        self.process = None

    def command(self, *words):
        return [sys.executable, "-m", "collegium.cli", *words, "--data", str(self.data)]

    def run(self, *words):
        return subprocess.run(
            self.command(*words), check=False, env=self.environment, capture_output=True, text=True, timeout=LIMIT
        )

    def start(self):
        words = self.command("start", "--port", str(self.port))
        with (self.data / "out").open("wb") as out:
            self.process = subprocess.Popen(
                words, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        until(lambda: self.process.poll() is not None or "Ctrl-C stops it" in self.said())
        assert self.process.poll() is None, self.said()

    def said(self):
        return (self.data / "out").read_text()

    def stop(self, word=signal.SIGINT):
        began = time.monotonic()
        self.process.send_signal(word)
        assert self.process.wait(30) == 0
        return time.monotonic() - began

    def processes(self):
        """Everything that runs for this data directory, by what it says of itself."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    around = (entry / "environ").read_bytes().decode(errors="replace")
                except OSError:
                    continue
                if command and (str(self.data) in command or f"COLLEGIUM_DATA={self.data}\0" in around):
                    found[int(entry.name)] = command
        return found

    def pids(self, word):
        return sorted(pid for pid, command in self.processes().items() if word in command)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house"))
    yield made
    for pid in made.pids("collegium.cli"):
        os.kill(pid, signal.SIGKILL)
    made.server._stop()


def test_it_starts_answers_and_stops_without_a_trace(house):
    house.start()
    assert "/welcome/" in house.said()
    assert fetch(f"{house.url}/healthz") == fetch(f"{house.url}/readyz") == 200
    with urllib.request.urlopen(f"{house.url}/", timeout=10) as page:
        assert page.headers["X-Request-Id"]
        assert b"</html>" in page.read()
    assert house.run("status").returncode == 0
    with socket.create_connection(("127.0.0.1", house.port)):  # somebody keeps a line open
        assert house.stop(signal.SIGTERM) < 8
    assert house.processes() == {}
    assert house.said().rstrip().endswith("Stopped.")


def test_a_second_start_on_the_same_data_or_port_is_refused(house):
    house.start()
    assert "running on it" not in house.said()
    again = house.run("start", "--port", str(free_port()))
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"Collegium runs on {house.data} already, at {house.url}.\n"
    other = House(house.data.with_name("other"))
    taken = other.run("start", "--port", str(house.port))
    assert taken.returncode == 1
    assert taken.stderr == f"Port {house.port} on 127.0.0.1 is taken by another program; choose another with --port.\n"
    assert not other.data.exists()


def test_what_dies_is_started_again(house):
    web = house.pids("collegium.cli.web")
    os.kill(web[-1], signal.SIGKILL)
    until(lambda: len(house.pids("collegium.cli.web")) == len(web) and web[-1] not in house.pids("collegium.cli.web"))
    worker = house.pids("collegium.cli.worker")
    for pid in (*worker, house.pids("collegium.cli.web")[0]):
        os.kill(pid, signal.SIGKILL)
    until(lambda: fetch(f"{house.url}/readyz") == 200 and len(house.pids("collegium.cli.web")) == len(web))
    until(lambda: house.pids("collegium.cli.worker") not in ([], worker))


def test_a_database_that_dies_is_started_again_too(house):
    postmaster = Postmaster(house.server.cluster)
    before = postmaster.pid()
    postmaster.send(signal.SIGKILL)
    assert fetch(f"{house.url}/healthz") == 200
    until(lambda: postmaster.pid() not in {None, before})
    until(lambda: fetch(f"{house.url}/readyz") == 200)
    assert [fetch(f"{house.url}/") for _ in range(10)] == [200] * 10


def test_a_killed_supervisor_leaves_only_the_database_which_is_found_again(house):
    database = Postmaster(house.server.cluster).pid()
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait()
    until(lambda: not house.pids("collegium.cli"), 10)
    assert Postmaster(house.server.cluster).pid() == database
    assert house.run("status").returncode == 3
    house.start()
    assert "database was running already" in house.said()
    assert Postmaster(house.server.cluster).pid() == database


def test_stop_from_another_terminal(house):
    assert house.run("stop").stdout == "Stopped.\n"
    assert house.process.wait(5) == 0
    assert house.processes() == {}
    assert house.run("stop").returncode == 3


def test_words_start_the_database_for_themselves(house):
    made = house.run("user", "create", "flo@example.org", "--name", "Flo Berg", "--owner")
    assert made.returncode == 0, made.stderr
    assert "/claim/" in made.stdout
    again = house.run("user", "create", "FLO@example.org", "--name", "Flo Berg")
    assert (again.returncode, again.stderr) == (1, "There is an account with the address flo@example.org already.\n")
    counted = house.run("shell", "-c", "from collegium.members.models import Member; print(Member.objects.count())")
    assert counted.stdout.endswith("1\n")
    assert house.processes() == {}


def test_data_of_a_newer_version_is_one_sentence(house):
    with house.server.held() as url, psycopg.connect(url) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('feed', '9999_far', now())")
    refused = house.run("shell", "-c", "print('in')")
    assert (refused.returncode, refused.stdout) == (1, "")
    refused = house.run("start", "--port", str(house.port))
    assert refused.returncode == 1
    assert refused.stderr == "The data was made by a newer Collegium (it has feed.9999_far); start that one.\n"
    assert house.processes() == {}


def test_the_log_is_json_and_holds_no_secret(house):
    text = (house.data / "logs" / "collegium.log").read_text()
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    assert {"request"} <= {line["event"] for line in lines}
    assert all(line["request_id"] for line in lines if line["event"] == "request")
    assert (house.data / "secret.key").read_text() not in text
    assert [line for line in text.splitlines() if not line.startswith("{")] == []
