"""`bin/check` and `bin/test`: every check, then the tests, with pytest's own closing line last."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
CACHE = CLONE / ".cache"
BIN = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-cache"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
}


def say(sentence: str) -> None:
    """Show progress at once."""
    print(sentence, flush=True)


def environment() -> dict[str, str]:
    """The environment of the checks: nothing of a running community, everything they write under `.cache/`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COLLEGIUM_")}
    return kept | {
        "COLLEGIUM_DATA": str(CACHE / "data"),
        "DJANGO_SETTINGS_MODULE": "collegium.testing.settings",
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
        "RUFF_CACHE_DIR": str(CACHE / "ruff"),
    }


def check() -> list[str]:
    """Run the checks that need no database; the names of those that found something."""
    failed = []
    for name, (program, *words) in CHECKS.items():
        began = time.monotonic()
        done = subprocess.run(
            [str(BIN / program), *words],
            check=False,
            cwd=CLONE,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        say(f"{name:<12}{'ok' if done.returncode == 0 else 'FAILED'}  {time.monotonic() - began:.1f} s")
        if done.returncode:
            failed.append(name)
            say(done.stdout + done.stderr)
    return failed


def browser() -> str:
    """The path of a Chromium, installed when that can be done.

    Raises:
        SystemExit: there is none, and this user may not install one.
    """
    if found := _browser():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the browser journeys …")
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        with (CACHE / "apt.log").open("wb") as log:
            for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
                subprocess.run(
                    ["apt-get", "-q", *words], check=False, env=quiet, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
        if found := _browser():
            return found
        raise SystemExit(f"Chromium could not be installed; see {CACHE / 'apt.log'}.")
    raise SystemExit("The browser journeys need Chromium: install it (on Debian, as root: apt install chromium).")


def _browser() -> str:
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), "")


def run_tests(paths: list[str], chromium: str) -> int:
    """Run pytest over the paths, on two processes; its exit status."""
    more = {"CHROMIUM": chromium} if chromium else {}
    command = [str(BIN / "pytest"), "-n", "2", "--dist", "loadfile", "-q", "-r", "fER", *paths]
    done = subprocess.run(command, check=False, cwd=CLONE, env=environment() | more, stdin=subprocess.DEVNULL)
    return done.returncode


def main() -> None:
    """Do what the word says; the exit status is 0 when everything held."""
    word, *paths = sys.argv[1:]
    CACHE.mkdir(exist_ok=True)
    chromium = browser() if word == "test" else ""
    failed = check()
    if failed:
        say(f"FAILED: {', '.join(failed)}; the tests follow.")
    quick = ["collegium", "tests/house", "-m", "not slow"]
    status = run_tests(paths or (quick if word == "check" else []), chromium)
    raise SystemExit(status or (1 if failed else 0))


if __name__ == "__main__":
    main()
