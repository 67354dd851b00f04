"""From a bare clone to a running program: makes `.venv`, installs what `requirements*.txt` pins, and goes on inside it.

Run by file name with whatever Python is there, so it uses the standard library alone and imports nothing of Collegium.
A stamp in `.venv` remembers what was installed; as long as it matches, this costs a few milliseconds.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
VENV = CLONE / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = CLONE / ".cache"
LOG = CACHE / "install.log"
ROOM = 700_000_000
# What each word of bin/ needs installed, and the module that carries on.
WORDS = {
    "run": ("requirements.txt", ["-m", "collegium.cli", "start"]),
    "collegium": ("requirements.txt", ["-m", "collegium.cli"]),
    "bench": ("requirements.txt", ["-m", "bench"]),
    "check": ("requirements-dev.txt", ["-m", "collegium.testing.everything", "check"]),
    "test": ("requirements-dev.txt", ["-m", "collegium.testing.everything", "test"]),
}


class SetUpError(Exception):
    """Set-up cannot go on; the message says why in one sentence."""


def say(sentence: str) -> None:
    """Show progress at once, also when nobody watches."""
    print(sentence, file=sys.stderr, flush=True)


def fingerprint(requirements: str) -> str:
    """Changes when the pins, the place of the clone or the Python do."""
    content = (CLONE / requirements).read_bytes()
    return hashlib.sha256(content + str(CLONE).encode() + sys.version.encode()).hexdigest()


def is_ready(requirements: str) -> bool:
    """Whether the environment holds exactly these pins already."""
    try:
        return fingerprint(requirements) in (VENV / "stamp").read_text(encoding="ascii").split()
    except OSError:
        return False


def make_ready(requirements: str) -> None:
    """Install into `.venv`, one process at a time."""
    if is_ready(requirements):
        return
    try:
        CACHE.mkdir(exist_ok=True)
        with (CACHE / "install.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_ready(requirements):
                _install(requirements)
    except PermissionError as error:
        raise SetUpError(f"This user may not write in the clone: {error.filename}.") from None
    except OSError as error:
        raise SetUpError(f"The environment could not be made: {error.strerror or error}.") from None


def _install(requirements: str) -> None:
    free = shutil.disk_usage(CLONE).free
    if free < ROOM:
        raise SetUpError(f"The disk of {CLONE} has {free // 10**6} MB free; installing needs {ROOM // 10**6} MB.")
    if not _works():
        say("Making the Python environment in .venv …")
        _make_venv()
    pins = [line for line in (CLONE / requirements).read_text(encoding="utf-8").splitlines() if "==" in line]
    say(f"Installing {len(pins)} packages, each checked against its hash …")
    _pip(["install", "--require-hashes", "-r", str(CLONE / requirements)], len(pins))
    place = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # The clone itself is importable in its environment, whatever the working directory.
    Path(place.stdout.strip(), "collegium.pth").write_text(f"{CLONE}\n", encoding="utf-8")
    stamps = {fingerprint(requirements)}
    if requirements == "requirements-dev.txt":
        stamps.add(fingerprint("requirements.txt"))
    (VENV / "stamp").write_text("\n".join(sorted(stamps)), encoding="ascii")


def _works() -> bool:
    """Whether the environment is there and its Python still is."""
    try:
        return subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        if "ensurepip" in done.stdout + done.stderr:
            raise SetUpError("This Python has no venv module: install it (on Debian: apt install python3-venv).")
        raise SetUpError(f"The Python environment could not be made: {_last_line(done.stderr or done.stdout)}")


def _pip(words: list[str], total: int) -> None:
    """Run pip with its talk in a file, showing how far it is."""
    command = [str(PYTHON), "-m", "pip", *words]
    command += ["--progress-bar", "off", "--no-input", "--disable-pip-version-check", "--root-user-action", "ignore"]
    seen, live, lines = 0, sys.stderr.isatty(), []
    with LOG.open("w", encoding="utf-8") as log:
        pip = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
        )
        for line in pip.stdout or ():
            log.write(line)
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already")):
                seen = min(seen + 1, total)
                if live:
                    print(f"\r  {seen} of {total} fetched", end="", file=sys.stderr, flush=True)
                elif seen % 12 == 0 or seen == total:
                    say(f"  {seen} of {total} fetched")
            elif line.startswith("Installing collected"):
                say(("\r" if live else "") + "  unpacking …            ")
    if pip.wait():
        wrong = [line for line in lines if "ERROR" in line] or lines or ["pip said nothing"]
        raise SetUpError(f"Installing failed: {wrong[-1].replace('ERROR:', '').strip()} (all of it: {LOG})")


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason was given"])[-1]


def main() -> None:
    """Make ready, then become the program that was asked for."""
    word, *rest = sys.argv[1:]
    requirements, module = WORDS[word]
    try:
        make_ready(requirements)
    except SetUpError as error:
        raise SystemExit(str(error)) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    os.execve(PYTHON, [str(PYTHON), *module, *rest], environment)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
