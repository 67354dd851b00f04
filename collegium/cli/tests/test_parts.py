"""The small parts of the command."""

import os
import subprocess
import sys
from email.message import EmailMessage

import pytest

from collegium.cli import bootstrap
from collegium.cli.arguments import main, parser
from collegium.cli.child import FIRST_WAIT, Child
from collegium.cli.console import MailConsole
from collegium.cli.progress import Bar
from collegium.cli.running import AlreadyRunning, claimed, found
from collegium.cli.supervisor import Logs


def keep(folder, name, to, words):
    mail = EmailMessage()
    mail["To"], mail["Subject"] = to, "Confirm your address"
    mail.set_content(words)
    (folder / name).write_bytes(mail.as_bytes())


def test_each_new_mail_is_told_once_with_its_link(tmp_path):
    keep(tmp_path, "1.eml", "old@example.org", "long ago")
    told = []
    console = MailConsole(tmp_path, told.append)
    keep(tmp_path, "2.eml", "ada@example.org", "Hello\nhttp://localhost/confirm/abc/.\nBye")
    console.look()
    console.look()
    assert told == ["Mail for ada@example.org: Confirm your address\n  http://localhost/confirm/abc/"]


def test_one_collegium_for_one_data_directory(tmp_path):
    assert found(tmp_path) is None
    with claimed(tmp_path, {"address": "http://here"}):
        assert found(tmp_path) == {"address": "http://here", "pid": os.getpid()}
        with pytest.raises(AlreadyRunning, match="at http://here"), claimed(tmp_path, {}):
            pass
    assert found(tmp_path) is None


def test_a_child_that_dies_is_started_again_later_and_later(monkeypatch):
    moment = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: moment[0])
    child = Child("thing", "this.module.does.not.exist", dict(os.environ), subprocess.DEVNULL)
    waits = []
    child.start()
    for _ in range(3):
        child.process.wait()
        assert "status 1" in child.watch()
        waits.append(child._next - moment[0])
        assert child.watch() == ""
        moment[0] = child._next
        assert child.watch() == "The thing was started again."
    assert waits == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4]
    moment[0] += 1000
    child.process.wait()
    child.watch()
    assert child.deaths == 1


def test_a_long_log_is_put_aside(tmp_path, monkeypatch):
    monkeypatch.setattr("collegium.cli.supervisor.LOG_LIMIT", 10)
    logs = Logs(tmp_path / "logs" / "c.log")
    for number in range(8):
        logs.file.write(f"line {number} is long enough\n".encode())
        logs.file.flush()
        logs.turn()
    logs.file.close()
    assert logs.path.read_bytes() == b""
    kept = sorted(path.name for path in logs.path.parent.iterdir())
    assert kept == ["c.log", "c.log.1", "c.log.2", "c.log.3", "c.log.4", "c.log.5"]
    assert (logs.path.parent / "c.log.1").read_text() == "line 7 is long enough\n"


def test_progress_in_a_file_is_a_line_for_each_part(capsys):
    with Bar() as bar:
        for done in range(100):
            bar.show("people", done, 100)
        bar.show("posts", 0, 5)
    assert capsys.readouterr().out == "  people …\n  posts …\n"


@pytest.mark.parametrize(
    "words",
    [
        [],
        *[[word] for word in ("start", "stop", "status", "load", "demo", "synth", "shell", "user")],
        ["user", "create"],
        ["ask"],
        ["ask", "degrees"],
    ],
)
def test_every_word_explains_itself(words, capsys):
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*words, "--help"])
    assert left.value.code == 0
    assert "usage: collegium" in capsys.readouterr().out


def test_a_bundle_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(SystemExit, match=r"There is no .*nothing"):
        main(["load", str(tmp_path / "nothing"), "--data", str(tmp_path / "data")])
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("free", "sentence"), [(5_000_000, "has 5 MB free"), (10**12, "has no venv module")])
def test_what_keeps_set_up_from_going_on_is_one_sentence(tmp_path, monkeypatch, free, sentence):
    monkeypatch.setattr(bootstrap, "CLONE", tmp_path)
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr("shutil.disk_usage", lambda place: type("Usage", (), {"free": free}))
    broken = subprocess.CompletedProcess([], 1, "", "Error: ensurepip is not available")
    monkeypatch.setattr("subprocess.run", lambda *words, **more: broken)
    (tmp_path / "requirements.txt").write_text("django==5.2.19\n")
    with pytest.raises(bootstrap.SetUpError, match=sentence):
        bootstrap.make_ready("requirements.txt")


def test_without_a_new_enough_python_the_command_says_so(tmp_path):
    for name in ("sh", "dirname", "readlink"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(
        [str(bootstrap.CLONE / "bin" / "run")], check=False, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Collegium needs Python 3.11 or newer, and this system has none")
    assert done.stderr.count("\n") == 1


def test_the_supervisor_stays_small():
    code = "import sys, collegium.cli.start, collegium.config.options; print({'django', 'psycopg'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
