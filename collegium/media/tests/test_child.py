"""The process that decodes: whatever it does, it ends, it reaches nothing, and what it says is not believed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from collegium.lib.children import CLONE
from collegium.media import decode
from collegium.media.tests.pictures import file_of, problem_of, speckled, usable_or_refused


def stand_in(monkeypatch, script: str) -> None:
    """Another program in the child's place."""
    monkeypatch.setattr(decode, "_COMMAND", [sys.executable, "-c", script])


def children() -> list[str]:
    listing = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "stat=,args="], capture_output=True, text=True, check=False
    )
    return [line for line in listing.stdout.splitlines() if "ps --ppid" not in line]


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "broken"),
        ("import os; os.abort()", "broken"),
        ("raise SystemExit(3)", "broken"),
        ("print('not json')", "broken"),
        ("print('[]')", "broken"),
        ("print('{}')", "broken"),
        ("""print('{"files": [1, 2, 3]}')""", "broken"),
        ("""print('{"files": [-1, 0, 1]}')""", "broken"),
        ("""print('{"files": "RIFF"}')""", "broken"),
        ("""print('{"files": [4, 4, 4]}'); print('x' * 11)""", "broken"),
        ("""print('{"problem": ["x"]}')""", "broken"),
        ("""print('{"problem": "never heard of"}')""", "broken"),
        ("import sys; sys.stdout.write('x' * 6_000_000)", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "slow"),
    ],
)
def test_a_child_that_misbehaves_is_a_sentence(script, problem, monkeypatch):
    before = children()
    stand_in(monkeypatch, script)
    assert problem_of(b"anything") == problem
    assert len(children()) <= len(before)


def test_a_child_that_never_ends_is_killed(monkeypatch):
    monkeypatch.setattr(decode, "SECONDS", 0.5)
    stand_in(monkeypatch, "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")
    begun = time.monotonic()
    before = children()
    assert problem_of(b"anything") == "slow"
    assert time.monotonic() - begun < 5
    assert len(children()) <= len(before)


def test_the_third_waits_and_is_told_when_it_takes_too_long(monkeypatch):
    monkeypatch.setattr(decode, "PATIENCE", 0.2)
    monkeypatch.setattr(decode, "SECONDS", 1.5)
    stand_in(monkeypatch, "import time; time.sleep(60)")
    problems = []
    threads = [threading.Thread(target=lambda: problems.append(problem_of(b"anything"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(problems) == ["busy", "slow", "slow"]
    monkeypatch.undo()
    assert usable_or_refused(file_of(speckled())) == "fine"


WALLS = """
import json, os, resource, signal, socket, sys, threading
from collegium.media import child, sandbox
sandbox.limit_resources(memory=child.MEMORY, cpu=child.CPU_SECONDS, files=child.OPEN_FILES, output=child.OUTPUT)
if os.geteuid() == 0 and AS_NOBODY:
    os.setgroups([])
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
walls = sandbox.lock_up()
def tried(what):
    try:
        what()
    except OSError as refused:
        return type(refused).__name__
    except MemoryError:
        return "MemoryError"
    return "done"
thread = tried(lambda: threading.Thread(target=int).start())
print(json.dumps({"walls": walls, "user": os.getuid(), "thread": thread, **{name: tried(what) for name, what in {
    "read a file": lambda: open("/etc/passwd"),
    "write a file": lambda: open("/tmp/by-a-decoder", "w"),
    "list a folder": lambda: os.listdir("/"),
    "remove": lambda: os.unlink("/tmp/by-a-decoder"),
    "tcp": lambda: socket.socket().connect(("127.0.0.1", 80)),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "fork": lambda: os._exit(0) if os.fork() == 0 else None,
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "signal the parent": lambda: os.kill(os.getppid(), signal.SIGUSR1),
    "more memory": lambda: bytearray(child.MEMORY),
}.items()}}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the walls beyond rlimits are Linux's")
@pytest.mark.parametrize("as_nobody", [False, True])
def test_a_decoder_that_was_taken_over_gets_nowhere(as_nobody):
    """Started by root and started by someone ordinary: every way out is shut."""
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-c", f"AS_NOBODY = {as_nobody}\n{WALLS}"],
        capture_output=True,
        check=False,
        cwd=CLONE,
        env=decode.ENVIRONMENT,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert {"rlimits", "seccomp"} <= set(said.pop("walls"))
    assert said.pop("user") != 0
    assert said.pop("thread") == "done"
    assert said.pop("more memory") == "MemoryError"
    assert set(said.values()) == {"PermissionError"}, said


def test_the_child_inherits_nothing(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    stand_in(
        monkeypatch,
        "import os, sys; sys.exit(9 if 'DATABASE_URL' in os.environ or len(os.listdir('/proc/self/fd')) > 4 else 0)",
    )
    seen_codes = []
    real = subprocess.Popen.wait

    def wait(self, *args, **kwargs):
        code = real(self, *args, **kwargs)
        seen_codes.append(code)
        return code

    monkeypatch.setattr(subprocess.Popen, "wait", wait)
    assert problem_of(b"anything") == "broken"
    assert seen_codes == [0]


def test_a_killed_decoder_is_written_down(monkeypatch, caplog):
    stand_in(monkeypatch, "import os, signal, sys; sys.stderr.write('why'); sys.stderr.flush(); os.abort()")
    assert problem_of(b"anything") == "broken"
    assert f"ended with {-signal.SIGABRT}: why" in caplog.text
