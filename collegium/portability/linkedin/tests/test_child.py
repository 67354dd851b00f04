"""The process that reads: it reaches nothing, it ends, and what it says is not believed."""

import io
import json
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from collegium.portability.linkedin import read as reading
from collegium.portability.linkedin.read import UnreadableArchiveError, read
from collegium.portability.linkedin.tests.archives import refusal, taken, zipped
from collegium.portability.linkedin.things import SkillName

SKILLS = zipped({"Skills.csv": "Name\n" + "".join(f"Skill {number}\n" for number in range(2000))})


def stand_in(monkeypatch, script):
    """Another program in the child's place."""
    monkeypatch.setattr(reading, "_COMMAND", [sys.executable, "-E", "-s", "-S", "-c", script])


def says(*messages):
    """A program that says these things."""
    lines = "\n".join(message if isinstance(message, str) else json.dumps(message) for message in messages)
    return f"print({lines!r})"


def children():
    listing = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "stat=,args="], capture_output=True, text=True, check=False
    )
    return [line for line in listing.stdout.splitlines() if "linkedin.child" in line]


FILE = ["file", 0, {"name": "Skills.csv", "kind": "skills", "decision": "taken"}]


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "failed"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "slow"),
        ("raise SystemExit(3)", "failed"),
        ("", "failed"),
        ("print('not json')", "failed"),
        ("print('[' * 100000)", "failed"),
        (says({}), "failed"),
        (says([]), "failed"),
        (says([3]), "failed"),
        (says(["never heard of"]), "failed"),
        (says(["size", -1]), "failed"),
        (says(["size", "1"]), "failed"),
        (says(["size", True]), "failed"),
        (says(["file", 7, {}]), "failed"),
        (says(["file", 0, {"kind": "nonsense"}]), "failed"),
        (says(["file", 0, {"decision": "published"}]), "failed"),
        (says(["file", 0, {"problems": "many"}]), "failed"),
        (says(["file", 0, {"problems": [{"code": "x"}] * 30}]), "failed"),
        (says(["file", 0, {"problems": [{"code": "<script>"}]}]), "failed"),
        (says(["file", 0, {"rows": 10**30}]), "failed"),
        (says(["row", 0, 1, "SkillName", {"name": "x"}]), "failed"),
        (says(FILE, ["row", 0, 1, "SkillName", {"name": "x" * 101}], ["end"]), "failed"),
        (says(FILE, ["row", 0, 1, "SkillName", {"name": 3}], ["end"]), "failed"),
        (says(FILE, ["row", 0, 1, "SkillName", {"is_staff": "yes"}], ["end"]), "failed"),
        (says(FILE, ["row", 0, 1, "Problem", {"code": "x"}], ["end"]), "failed"),
        (says(FILE, ["row", 0, 1, "CareerItem", {"section": "admin", "title": "x"}], ["end"]), "failed"),
        (
            says(FILE, ["row", 0, 1, "CareerItem", {"section": "courses", "title": "x", "url": "javascript:1"}]),
            "failed",
        ),
        (says(FILE, ["row", 0, 1, "CareerItem", {"section": "courses", "title": "x", "started": "2021-13"}]), "failed"),
        (says(FILE, ["row", 0, 1, "Endorsement", {"skill": "x", "at": "soon"}]), "failed"),
        (says(FILE, ["row", 0, 1, "Endorsement", {"skill": "x", "given": "no"}]), "failed"),
        (says(FILE, ["row", 0, 1, "Way", {"kind": "password", "value": "x"}]), "failed"),
        (says(FILE), "failed"),
        (says(["refused", {"code": ["x"]}]), "failed"),
        (says(["refused", {"code": "overlap", "file": "a.csv"}]), "overlap"),
        (says(["refused", {"code": "unheard"}]), "unheard"),
        ("import sys; sys.stdout.write('x' * 6_000_000)", "failed"),
        ("print('[\"end\"]', end='')", "failed"),
    ],
)
def test_a_child_that_misbehaves_is_a_sentence(script, code, monkeypatch):
    stand_in(monkeypatch, script)
    assert refusal(SKILLS) == (code, [])


def test_texts_no_page_can_keep_are_left_out_with_a_sentence(monkeypatch):
    rows = [
        ["row", 0, number, "SkillName", {"name": name}]
        for number, name in enumerate(["a\0b", "\ud800", "fine", "\u200b"], 1)
    ]
    stand_in(monkeypatch, says(FILE, *rows, ["done", 0, FILE[2] | {"rows": 4}], ["end"]))
    found, (report,) = taken(SKILLS)
    assert [each.thing.name for each in found if each.thing.name] == ["fine"]
    assert [problem.code for problem in report.problems[:2]] == ["unusable", "unusable"]


def test_a_child_that_never_ends_is_killed(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.5)
    stand_in(monkeypatch, "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)")
    begun = time.monotonic()
    assert refusal(SKILLS)[0] == "slow"
    assert time.monotonic() - begun < 15


def test_a_reader_who_stops_ends_the_child():
    with read(io.BytesIO(SKILLS)) as archive:
        first = next(iter(archive))
        assert first.thing == SkillName("Skill 0")
        assert archive.files[0].decision == "taken"
    assert not children()


def test_a_slow_reader_is_not_the_childs_fault(monkeypatch):
    taken_by_reader = 0
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + taken_by_reader)
    monkeypatch.setattr(reading, "time", clock)
    count = 0
    for _found in read(io.BytesIO(SKILLS)):
        count += 1
        taken_by_reader += 20
    assert count == 2000


EVIL = """
import os, socket, tempfile
from collegium.portability.linkedin import child
place = os.path.join(tempfile.gettempdir(), "left-behind")
def evil(kinds, say):
    tries = {
        "read": lambda: open("/etc/passwd"),
        "write": lambda: open(place, "w"),
        "connect": lambda: socket.socket().connect(("127.0.0.1", 1)),
        "program": lambda: os.system("true") and 1 / 0,
        "fork": os.fork,
        "kill": lambda: os.kill(os.getppid(), 0),
        "memory": lambda: bytearray(600 * 1024 * 1024),
    }
    for name, attempt in tries.items():
        try:
            attempt()
        except (OSError, MemoryError, ZeroDivisionError):
            continue
        return ["refused", {"code": "reached_" + name}]
    return ["refused", {"code": "reached_nothing"}]
child.read = evil
child.main()
"""


def test_the_child_reaches_no_file_no_network_no_process(monkeypatch):
    stand_in(monkeypatch, EVIL)
    assert refusal(SKILLS)[0] == "reached_nothing"


def test_the_child_imports_nothing_of_the_house():
    script = (
        "import sys; import collegium.portability.linkedin.child; "
        "print([n for n in sys.modules if n.partition('.')[0] in ('django', 'psycopg') or n.startswith('collegium')])"
    )
    said = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True).stdout
    names = [name.strip("' ") for name in said.strip().strip("[]").split(",")]
    allowed = ("collegium.portability.linkedin", "collegium.media.sandbox")
    assert all(
        name.startswith(allowed) or name in ("collegium", "collegium.media", "collegium.portability") for name in names
    )


def test_progress_goes_up_to_the_whole():
    seen = []
    list(read(io.BytesIO(SKILLS), progress=lambda done, total: seen.append((done, total))))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    assert len({total for _done, total in seen}) == 1


def test_files_of_the_disk_and_of_memory_are_read_alike(tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(SKILLS)
    with path.open("rb") as opened:
        opened.read(10)
        for source in (path, opened, io.BytesIO(SKILLS)):
            assert len(list(read(source))) == 2000
        assert not opened.closed
    assert list(tmp_path.iterdir()) == [path]


def test_too_heavy_and_empty_files_are_refused_at_once(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(UnreadableArchiveError, match="larger than"):
        read(io.BytesIO(SKILLS))
    with pytest.raises(UnreadableArchiveError, match="empty"):
        read(io.BytesIO(b""))
